"""SMS by Twilio's Messages API (2010-04-01), with signed callbacks for receipts and for what customers write.

https://www.twilio.com/docs/messaging/api/message-resource. Twilio has no idempotency key here. What its
answer leaves open is settled by looking the message up, or by the callback, whose URL carries our delivery.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Annotated, Any, Final, Self
from urllib.parse import parse_qs, parse_qsl, urlsplit

import httpx2
from pydantic import Field, StringConstraints, model_validator

from channels import problems
from channels.port import (
    Absent,
    Accepted,
    Acknowledgement,
    CallbackForged,
    CallbackRequest,
    Inbound,
    NotSent,
    Outcome,
    Outgoing,
    Receipt,
    Refused,
    Search,
    Uncertain,
)
from channels.providers import twilio_signature
from channels.providers.config import ProviderConfig, read_config
from channels.providers.retry_after import retry_after_seconds
from channels.providers.twilio_codes import FACTS, problem_of
from channels.states import DeliveryState

API: Final = "https://api.twilio.com"
_PARAMETERS_MAX: Final = 200
_LISTED_MAX: Final = 50
# Twilio's times have whole seconds, and its clock is not ours.
_CLOCKS_DIFFER: Final = timedelta(seconds=30)

_NonEmpty = Annotated[str, StringConstraints(min_length=1, max_length=254)]


class TwilioConfig(ProviderConfig):
    """`{"account_sid", "auth_token", "from" or "messaging_service_sid", "base_url"?, …}`.

    `previous_auth_token` is still believed in callbacks while a new one is being rolled out.
    """

    account_sid: Annotated[str, StringConstraints(pattern=r"^AC[0-9a-zA-Z]{1,64}$")]
    auth_token: _NonEmpty
    previous_auth_token: _NonEmpty | None = None
    sender: _NonEmpty | None = Field(default=None, alias="from")
    messaging_service_sid: _NonEmpty | None = None
    base_url: Annotated[str, StringConstraints(pattern=r"^https?://[^/?#@]+$")] = API
    timeout_seconds: int = Field(default=15, ge=1, le=25)

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if (self.sender is None) == (self.messaging_service_sid is None):
            raise ValueError("give from or messaging_service_sid")
        return self


class TwilioProvider:
    """One Twilio account (or subaccount), and the number or service it sends from."""

    acknowledgement: Acknowledgement = Acknowledgement(
        200, "text/xml", b'<?xml version="1.0" encoding="UTF-8"?><Response/>'
    )

    def __init__(self, config: TwilioConfig) -> None:
        self._config = config
        self._account = f"/2010-04-01/Accounts/{config.account_sid}"
        self._client = httpx2.AsyncClient(
            base_url=config.base_url,
            auth=(config.account_sid, config.auth_token),
            timeout=httpx2.Timeout(config.timeout_seconds, connect=min(5, config.timeout_seconds)),
            follow_redirects=False,
            trust_env=False,
        )

    @classmethod
    def from_config(cls, config: Mapping[str, Any]) -> Self:
        """Raises `AccountConfigInvalid`."""
        return cls(read_config(TwilioConfig, config))

    async def send(self, outgoing: Outgoing) -> Outcome:
        """See `Provider.send`. Twilio's 201 means that it has the message, not that it went out."""
        form = {
            "To": outgoing.to,
            "Body": outgoing.content.text,
            "StatusCallback": outgoing.callback_url,
        }
        if self._config.sender is not None:
            form["From"] = self._config.sender
        else:
            form["MessagingServiceSid"] = self._config.messaging_service_sid or ""
        try:
            response = await self._client.post(f"{self._account}/Messages.json", data=form)
        except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout):
            return NotSent(problems.PROVIDER_UNREACHABLE)
        except httpx2.TransportError as error:
            return Uncertain(type(error).__name__)
        return _outcome(response)

    async def find(self, outgoing: Outgoing, *, since: datetime, known: frozenset[str]) -> Search:
        """Looks through the newest messages to this address for one with the same words.

        Not by Twilio's `DateSent`: a message that waits in its queue has none yet.
        """
        try:
            response = await self._client.get(
                f"{self._account}/Messages.json",
                params={"To": outgoing.to, "PageSize": str(_LISTED_MAX)},
            )
            listed = response.json()["messages"] if response.status_code == 200 else None
        except (httpx2.TransportError, ValueError, KeyError, TypeError) as error:
            return Uncertain(type(error).__name__)
        if not isinstance(listed, list):
            return Uncertain(str(response.status_code))
        for message in listed:
            if _is_it(message, outgoing, since=since - _CLOCKS_DIFFER, known=known):
                return Accepted(message["sid"])
        return Absent()

    def parse_callback(self, request: CallbackRequest) -> list[Receipt | Inbound]:
        """A status callback or an incoming message. Raises `CallbackForged`."""
        parameters = self._verified(request)
        sid = parameters.get("MessageSid") or parameters.get("SmsSid", "")
        status = parameters.get("MessageStatus") or parameters.get("SmsStatus", "")
        if not sid:
            return []
        if status in FACTS:
            delivery = parse_qs(urlsplit(request.url).query).get("delivery", [None])[0]
            fact = FACTS[status]
            code = problem_of(parameters.get("ErrorCode"))
            return [Receipt(fact=fact, delivery=delivery, provider_id=sid, code=code)]
        if status in {"", "received"} and "From" in parameters:
            return [_inbound(sid, parameters)]
        return []

    async def check(self) -> str | None:
        """Asks Twilio for one message of the account: the key fits, and messages may be read."""
        try:
            response = await self._client.get(
                f"{self._account}/Messages.json", params={"PageSize": "1"}
            )
        except httpx2.TransportError as error:
            return f"Twilio cannot be reached at {self._config.base_url}: {type(error).__name__}."
        if response.status_code in {401, 403, 404}:
            return "Twilio does not know this account_sid with this auth_token."
        if response.status_code != 200:
            return f"Twilio answers with status {response.status_code}."
        return None

    async def close(self) -> None:
        """Closes the connections."""
        await self._client.aclose()

    def _verified(self, request: CallbackRequest) -> dict[str, str]:
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        is_form = kind != "application/json"
        pairs = _form(request.body) if is_form else []
        tokens = [self._config.auth_token]
        if self._config.previous_auth_token is not None:
            tokens.append(self._config.previous_auth_token)
        if not twilio_signature.holds(
            request.headers.get("x-twilio-signature"),
            auth_tokens=tokens,
            url=request.url,
            parameters=pairs,
            body=request.body,
            is_form=is_form,
        ):
            raise CallbackForged
        return dict(pairs)


def _outcome(response: httpx2.Response) -> Outcome:
    """What Twilio's answer to a new message means."""
    status = response.status_code
    try:
        answer = response.json()
    except ValueError:
        answer = None
    answer = answer if isinstance(answer, dict) else {}
    if 200 <= status < 300:
        return _taken(answer)
    if status == 429:
        return NotSent(problems.RATE_LIMITED, retry_after_seconds(response.headers))
    if status >= 500:
        return Uncertain(str(status))
    code = answer.get("code")
    if status == 400:
        return Refused(problem_of(code) or problems.REFUSED, str(code))
    return Refused(problems.CHANNEL_MISCONFIGURED, f"{status} {code}")


def _form(body: bytes) -> list[tuple[str, str]]:
    """The form's parameters, blank ones too: they are signed. What is no form was not sent by Twilio."""
    try:
        return parse_qsl(
            body.decode("utf-8"),
            keep_blank_values=True,
            encoding="utf-8",
            errors="strict",
            max_num_fields=_PARAMETERS_MAX,
        )
    except ValueError:
        raise CallbackForged from None


def _taken(answer: Mapping[str, Any]) -> Outcome:
    sid, code = answer.get("sid"), answer.get("error_code")
    if not isinstance(sid, str) or not sid:
        return Uncertain("answer_unreadable")
    if FACTS.get(str(answer.get("status"))) is DeliveryState.FAILED:
        return Refused(problem_of(code) or problems.REFUSED, str(code))
    return Accepted(sid)


def _is_it(message: Any, outgoing: Outgoing, *, since: datetime, known: frozenset[str]) -> bool:
    """Whether a listed message is the one that we do not know the fate of."""
    if not isinstance(message, dict) or not isinstance(message.get("sid"), str):
        return False
    if message["sid"] in known or str(message.get("direction", "")).startswith("inbound"):
        return False
    try:
        created = parsedate_to_datetime(str(message.get("date_created")))
    except ValueError:
        return False
    # A trial account puts a sentence of its own in front.
    same = str(message.get("body", "")).endswith(outgoing.content.text)
    return created >= since and message.get("to") == outgoing.to and same


def _inbound(sid: str, parameters: Mapping[str, str]) -> Inbound:
    choices = {"STOP": "stop", "START": "start"}
    pieces: Sequence[str] = [parameters.get("Body", "")]
    count = parameters.get("NumMedia", "0")
    if count.isascii() and count.isdigit() and int(count) > 0:
        pieces = [*pieces, f"[{int(count)} attachment(s) not shown]"]
    choice = choices.get(parameters.get("OptOutType", "").upper())
    return Inbound(
        provider_id=sid,
        sender=parameters["From"],
        recipient=parameters.get("To", ""),
        text="\n".join(piece for piece in pieces if piece),
        choice=choice,  # type: ignore[arg-type]  # one of the two values above
    )
