"""Twilio's side of the wire: /2010-04-01/Accounts/{AccountSid}/Messages.json and what hangs on it."""

from __future__ import annotations

import base64
import binascii
import hmac
import re
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from channels.simulator.addresses import phone_key
from channels.simulator.clock import now_ms
from channels.simulator.errors import BadRequest
from channels.simulator.exchange import Exchange
from channels.simulator.messages import Channel
from channels.simulator.networks.sms.refusals import Refused
from channels.simulator.networks.sms.resources import API_VERSION, list_resource, message_resource
from channels.simulator.networks.sms.sending import send
from channels.simulator.routes.bodies import read_form

PAGE_SIZE_DEFAULT = 50
PAGE_SIZE_MAX = 1000
PAGE_MAX = 1_000_000

_DATE_FILTERS = {"DateSent": "on", "DateSent<": "before", "DateSent>": "after"}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)

Handler = Callable[[Request], Awaitable[Response]]


class TwilioApi:
    """The handlers, with what they need."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._second = 0
        self._sends_this_second = 0

    def routes(self) -> list[Route]:
        base = f"/{API_VERSION}/Accounts/{{account}}/Messages"
        return [
            Route(
                f"{base}.json", self._guarded({"POST": self.create, "GET": self.list}), methods=_ANY
            ),
            Route(f"{base}/{{sid}}.json", self._guarded({"GET": self.fetch}), methods=_ANY),
        ]

    def _guarded(self, handlers: dict[str, Handler]) -> Handler:
        """Checks who calls, and answers every refusal in Twilio's shape."""

        async def handle(request: Request) -> Response:
            try:
                self._authenticate(request)
                handler = handlers.get("GET" if request.method == "HEAD" else request.method)
                if handler is None:
                    raise Refused(20004)
                return await handler(request)
            except Refused as refused:
                headers = (
                    {"WWW-Authenticate": 'Basic realm="Twilio API"'}
                    if refused.code == 20003
                    else {}
                )
                if refused.code == 20004:
                    headers["Allow"] = ", ".join(handlers)
                if refused.status == 429:
                    headers["Retry-After"] = "1"
                return JSONResponse(refused.body, status_code=refused.status, headers=headers)
            except BadRequest as bad:
                body = {
                    "code": 20001,
                    "message": bad.message,
                    "more_info": _MORE_INFO,
                    "status": bad.status,
                }
                return JSONResponse(body, status_code=bad.status)

        return handle

    async def create(self, request: Request) -> Response:
        self._count_send()
        exchange = self._exchange
        form = await read_form(request)
        await exchange.drag(Channel.SMS)
        if exchange.faults.strikes("fail", Channel.SMS):
            raise Refused(20500)
        if exchange.faults.strikes("reject", Channel.SMS):
            raise Refused(21612)
        message = send(exchange, form, now=now_ms())
        if exchange.faults.strikes("timeout_after", Channel.SMS):
            await exchange.fall_silent()
        return JSONResponse(
            message_resource(message, exchange.options.account_sid), status_code=201
        )

    async def fetch(self, request: Request) -> Response:
        message = self._exchange.store.get(request.path_params["sid"])
        if message is None or message.channel is not Channel.SMS or not _is_twilios(message.id):
            raise Refused(20404, what=f"/{API_VERSION}/Accounts/…/Messages/…")
        return JSONResponse(message_resource(message, self._exchange.options.account_sid))

    async def list(self, request: Request) -> Response:
        query = dict(request.query_params)
        size = _whole(query, "PageSize", default=PAGE_SIZE_DEFAULT, low=1, high=PAGE_SIZE_MAX)
        page = _whole(query, "Page", default=0, low=0, high=PAGE_MAX)
        if not re.fullmatch(r"(PA[A-Z]{2}[0-9a-f]{32})?", query.get("PageToken", "")):
            raise Refused(21481)
        filters = {name: query[name] for name in ("To", "From", *_DATE_FILTERS) if query.get(name)}
        found = self._exchange.store.page(
            Channel.SMS, _conditions(filters), limit=size + 1, offset=page * size
        )
        shown, account = found[:size], self._exchange.options.account_sid
        more = len(found) > size
        return JSONResponse(
            list_resource(shown, account, filters=filters, page=page, size=size, more=more)
        )

    def _authenticate(self, request: Request) -> None:
        options = self._exchange.options
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        try:
            user, _, password = base64.b64decode(given, validate=True).partition(b":")
        except (binascii.Error, ValueError):
            raise Refused(20003) from None
        right_user = hmac.compare_digest(user, options.account_sid.encode())
        right_password = hmac.compare_digest(password, options.auth_token.encode())
        right_account = request.path_params["account"] == options.account_sid
        if scheme.lower() != "basic" or not (right_user and right_password and right_account):
            raise Refused(20003)

    def _count_send(self) -> None:
        second = int(time.monotonic())
        if second != self._second:
            self._second, self._sends_this_second = second, 0
        self._sends_this_second += 1
        if self._sends_this_second > self._exchange.options.sms_per_second_max:
            raise Refused(20429)


_ANY = ["GET", "POST", "PUT", "PATCH", "DELETE"]
_MORE_INFO = "https://www.twilio.com/docs/errors/20001"


def _whole(query: dict[str, str], name: str, *, default: int, low: int, high: int) -> int:
    """A whole number from the query, kept within its bounds as Twilio does; nonsense is the default."""
    text = query.get(name, "")
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        return default
    return min(max(int(text), low), high)


def _is_twilios(message_id: str) -> bool:
    """Other APIs reach the same telephones; their messages are not in this account."""
    return message_id.startswith("SM")


def _conditions(filters: dict[str, str]) -> list[tuple[str, object]]:
    conditions: list[tuple[str, object]] = [("id LIKE ?", "SM%")]
    for name, value in filters.items():
        match _DATE_FILTERS.get(name, name):
            case "To":
                conditions.append(("recipient = ?", phone_key(value)))
            case "From":
                conditions.append(("upper(sender) = ?", phone_key(value)))
            case "on":
                start, end = _span(value)
                conditions += [("sent_at >= ?", start), ("sent_at < ?", end)]
            case "before":
                conditions.append(("sent_at < ?", _span(value)[1]))
            case "after":
                conditions.append(("sent_at >= ?", _span(value)[0]))
    return conditions


def _span(text: str) -> tuple[int, int]:
    """The day, or the second, that a date filter names, in milliseconds, GMT."""
    try:
        start = datetime.fromisoformat(text)
    except ValueError:
        raise Refused(20001, what="This date format") from None
    if start.tzinfo is None:
        start = start.replace(tzinfo=UTC)
    length = timedelta(days=1) if _DAY.fullmatch(text) else timedelta(seconds=1)
    start_ms = round(start.timestamp() * 1000)
    return start_ms, start_ms + round(length.total_seconds() * 1000)
