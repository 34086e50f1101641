"""The Graph API's side of the wire: `/{version}/{node}/messages`, and `/{version}/{node}` to look a node up."""

from __future__ import annotations

import hmac
import re
from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from channels.simulator.clock import now_ms
from channels.simulator.errors import BadRequest
from channels.simulator.exchange import Exchange
from channels.simulator.messages import Channel
from channels.simulator.networks.meta.accounts import MetaAccount
from channels.simulator.networks.meta.messenger import MessengerNetwork
from channels.simulator.networks.meta.refusals import MetaRefused
from channels.simulator.networks.meta.whatsapp import WhatsAppNetwork
from channels.simulator.networks.port import Network
from channels.simulator.routes.bodies import read_object

_VERSION = re.compile(r"v[0-9]{1,3}\.[0-9]{1,2}")


class GraphApi:
    """The handlers, with what they need."""

    def __init__(self, exchange: Exchange, networks: Mapping[Channel, Network]) -> None:
        self._exchange = exchange
        self._networks = networks

    def routes(self) -> list[Route]:
        """Last of all: a version is told from other first folders by its handler."""
        return [
            Route("/{version}/{node}/messages", self.create, methods=["POST"]),
            Route("/{version}/{node}", self.show, methods=["GET"]),
        ]

    async def create(self, request: Request) -> Response:
        try:
            return JSONResponse(await self._create(request))
        except MetaRefused as refused:
            headers = {"Retry-After": "1"} if refused.status == 429 else None
            return JSONResponse(refused.body, status_code=refused.status, headers=headers)
        except BadRequest:
            return JSONResponse(MetaRefused(100).body, status_code=400)

    async def show(self, request: Request) -> Response:
        try:
            account = self._account(request, any_address=True)
        except MetaRefused as refused:
            return JSONResponse(refused.body, status_code=refused.status)
        node = request.path_params["node"]
        return JSONResponse({"id": node, "name": account.name or account.address})

    async def _create(self, request: Request) -> object:
        account = self._account(request)
        channel, faults = account.channel, self._exchange.faults
        network = self._networks[channel]
        assert isinstance(network, WhatsAppNetwork | MessengerNetwork)
        body = await read_object(request)
        await self._exchange.drag(channel)
        is_whatsapp = channel is Channel.WHATSAPP
        if faults.strikes("fail", channel):
            raise MetaRefused(130429 if is_whatsapp else 80006)
        if faults.strikes("reject", channel):
            raise MetaRefused(131026) if is_whatsapp else MetaRefused(551, 1545041)
        _, answer = network.send(body, now=now_ms())
        if faults.strikes("timeout_after", channel):
            await self._exchange.fall_silent()
        return answer

    def _account(self, request: Request, *, any_address: bool = False) -> MetaAccount:
        """Whose node it is, for whoever has its token. Raises MetaRefused."""
        version, node = request.path_params["version"], request.path_params["node"]
        if _VERSION.fullmatch(version) is None:
            raise HTTPException(404)
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        given = (
            given if scheme.lower() == "bearer" else request.query_params.get("access_token", "")
        )
        accounts = self._exchange.options.meta
        held = [a for a in accounts if hmac.compare_digest(given.encode(), a.token.encode())]
        if not held:
            raise MetaRefused(190)
        for account in held:
            if node == account.node or (any_address and node == account.address):
                return account
        raise MetaRefused(100, 33)
