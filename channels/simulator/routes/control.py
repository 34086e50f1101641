"""The control API: what tests, scripts and the page use. A public contract."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from channels.simulator.addresses import ADDRESS_CHARS_MAX
from channels.simulator.clock import now_ms, rfc3339
from channels.simulator.errors import Invalid, NotPossible, NotThere
from channels.simulator.exchange import Exchange, address_key
from channels.simulator.faults import FaultSet
from channels.simulator.messages import Channel, ChannelName, Status
from channels.simulator.networks.port import Network, Written
from channels.simulator.routes.bodies import read_model
from channels.simulator.routes.views import message_view

LIMIT_DEFAULT = 50
LIMIT_MAX = 200


def _printable(text: str) -> str:
    if "\x00" in text or not text.strip():
        raise ValueError("must not be empty or hold NUL")
    return text


Text = Annotated[str, Field(max_length=10_000), AfterValidator(_printable)]
Address = Annotated[str, Field(max_length=ADDRESS_CHARS_MAX), AfterValidator(_printable)]


class NewMessage(BaseModel):
    """The customer writes to the merchant."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    channel: ChannelName
    sender: Address = Field(alias="from")
    recipient: Address = Field(alias="to")
    text: Text
    subject: Annotated[str, Field(max_length=998)] = ""
    answers: Annotated[str, Field(max_length=64)] = ""


class Receipt(BaseModel):
    """The carrier reports on a message."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    id: Annotated[str, Field(min_length=1, max_length=64)]
    status: Literal["delivered", "read", "failed"]


class Control:
    """The handlers, with what they need."""

    def __init__(self, exchange: Exchange, networks: Mapping[Channel, Network]) -> None:
        self._exchange = exchange
        self._networks = networks

    def routes(self) -> list[Route]:
        return [
            Route("/api/messages", self.list_messages, methods=["GET"]),
            Route("/api/messages", self.write_message, methods=["POST"]),
            Route("/api/receipts", self.report, methods=["POST"]),
            Route("/api/faults", self.show_faults, methods=["GET"]),
            Route("/api/faults", self.merge_faults, methods=["POST"]),
            Route("/api/faults", self.clear_faults, methods=["DELETE"]),
            Route("/api/addresses", self.list_addresses, methods=["GET"]),
            Route("/api/smtp-ca.pem", self.certificate, methods=["GET"]),
            Route("/healthz", self.health, methods=["GET"]),
        ]

    async def list_messages(self, request: Request) -> Response:
        query = _query(request, {"to", "channel", "limit"})
        channel = _channel(query.get("channel"))
        to = query.get("to")
        key = None if to is None else _key(to, channel)
        found = self._exchange.store.arrived(
            customer_key=key, channel=channel, limit=_limit(query.get("limit"))
        )
        return JSONResponse([message_view(message) for message in found])

    async def write_message(self, request: Request) -> Response:
        asked = await read_model(request, NewMessage)
        written = Written(
            sender=asked.sender,
            recipient=asked.recipient,
            text=asked.text,
            subject=asked.subject,
            answers=asked.answers,
        )
        network = self._networks.get(Channel(asked.channel))
        if network is None:
            raise NotPossible("This network is not set up in this run.", field="channel")
        message = network.write(written, now=now_ms())
        return JSONResponse(message_view(message), status_code=201)

    async def report(self, request: Request) -> Response:
        asked = await read_model(request, Receipt)
        message = self._exchange.store.get(asked.id)
        if message is None:
            raise NotThere("There is no message with this id.", field="id")
        reported = self._networks[message.channel].report(
            message, Status(asked.status), now=now_ms()
        )
        return JSONResponse(message_view(reported))

    async def show_faults(self, request: Request) -> Response:
        del request
        return JSONResponse(self._exchange.faults.now.model_dump())

    async def merge_faults(self, request: Request) -> Response:
        change = await read_model(request, FaultSet)
        merged = self._exchange.faults.merge(change)
        self._exchange.changes.announce()
        return JSONResponse(merged.model_dump())

    async def clear_faults(self, request: Request) -> Response:
        del request
        cleared = self._exchange.faults.clear()
        self._exchange.changes.announce()
        return JSONResponse(cleared.model_dump())

    async def list_addresses(self, request: Request) -> Response:
        query = _query(request, {"limit"})
        found = self._exchange.store.customers(limit=_limit(query.get("limit")))
        return JSONResponse(
            [customer | {"last_at": rfc3339(customer["last_at"])} for customer in found]
        )

    async def certificate(self, request: Request) -> Response:
        del request
        pem = self._exchange.options.certificate_path.read_text()
        return PlainTextResponse(pem, media_type="application/x-pem-file")

    async def health(self, request: Request) -> Response:
        del request
        return JSONResponse({"status": "ok"})


def _query(request: Request, known: set[str]) -> dict[str, str]:
    """The query's values; a name that is unknown or given twice is refused, not ignored."""
    pairs = request.query_params.multi_items()
    values = dict(pairs)
    if len(values) != len(pairs):
        raise Invalid("A query parameter was given twice.")
    if not values.keys() <= known:
        raise Invalid(f"The known query parameters are: {', '.join(sorted(known))}.")
    return values


def _channel(value: str | None) -> Channel | None:
    if value is None:
        return None
    try:
        return Channel(value)
    except ValueError:
        names = ", ".join(channel.value for channel in Channel)
        raise Invalid(f"The channel must be one of: {names}.", field="channel") from None


def _limit(value: str | None) -> int:
    if value is None:
        return LIMIT_DEFAULT
    if not (
        value.isascii() and value.isdigit() and len(value) <= 4 and 1 <= int(value) <= LIMIT_MAX
    ):
        raise Invalid(f"The limit must be a whole number from 1 to {LIMIT_MAX}.", field="limit")
    return int(value)


def _key(address: str, channel: Channel | None) -> str:
    if not address.strip() or len(address) > ADDRESS_CHARS_MAX or "\x00" in address:
        raise Invalid("This is not an address.", field="to")
    if channel is None:
        channel = Channel.EMAIL if "@" in address else Channel.SMS
    return address_key(channel, address)


def error_body(message: str, field: str | None = None) -> dict[str, Any]:
    """The shape of every error that the control API answers."""
    return {"error": {"message": message} | ({"field": field} if field else {})}
