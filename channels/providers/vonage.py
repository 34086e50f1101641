"""SMS by Vonage's Messages API (v1), whose callbacks are signed: receipts and what customers write.

https://developer.vonage.com/en/api/messages. Vonage has no idempotency key and no way to look a message up while it
matters. `client_ref` carries our delivery, so that a callback settles what its answer left open.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Final, Self

import httpx2
from pydantic import AfterValidator, Field, StringConstraints

from channels import problems
from channels.port import (
    Accepted,
    Acknowledgement,
    CallbackForged,
    CallbackRequest,
    Inbound,
    NotSent,
    Outcome,
    Outgoing,
    Price,
    Receipt,
    Refused,
    Search,
    Uncertain,
    Unsupported,
)
from channels.providers import vonage_token
from channels.providers.config import ProviderConfig, read_config
from channels.providers.prices import price_of
from channels.providers.retry_after import retry_after_seconds
from channels.providers.vonage_codes import FACTS, THROTTLED, code_in, problem_of
from channels.states import DeliveryState
from core import strict_json
from core.clock import Clock, utc_now
from core.errors import PaythreadError

API: Final = "https://api.nexmo.com"
_ID_LENGTH_MAX: Final = 100


def _usable_key(pem: str) -> str:
    vonage_token.read_key(pem)
    return pem


class VonageConfig(ProviderConfig):
    """`{"application_id", "private_key", "signature_secret", "from", "base_url"?, …}`.

    `private_key` is the application's, in PEM. `previous_signature_secret` is still believed during a change.
    """

    application_id: Annotated[str, StringConstraints(pattern=r"^[0-9a-fA-F-]{36}$")]
    private_key: Annotated[str, StringConstraints(max_length=8192), AfterValidator(_usable_key)]
    signature_secret: Annotated[str, StringConstraints(min_length=16, max_length=256)]
    previous_signature_secret: (
        Annotated[str, StringConstraints(min_length=16, max_length=256)] | None
    ) = None
    sender: Annotated[str, StringConstraints(min_length=1, max_length=20)] = Field(alias="from")
    base_url: Annotated[str, StringConstraints(pattern=r"^https?://[^/?#@]+$")] = API
    timeout_seconds: int = Field(default=15, ge=1, le=25)


class VonageProvider:
    """One Vonage application, and the number or name it sends from."""

    acknowledgement: Acknowledgement = Acknowledgement(200)

    def __init__(self, config: VonageConfig, clock: Clock = utc_now) -> None:
        self._config = config
        self._clock = clock
        self._key = vonage_token.read_key(config.private_key)
        self._client = httpx2.AsyncClient(
            base_url=config.base_url,
            timeout=httpx2.Timeout(config.timeout_seconds, connect=min(5, config.timeout_seconds)),
            follow_redirects=False,
            trust_env=False,
        )

    @classmethod
    def from_config(cls, config: Mapping[str, Any]) -> Self:
        """Raises `AccountConfigInvalid`."""
        return cls(read_config(VonageConfig, config))

    async def send(self, outgoing: Outgoing) -> Outcome:
        """See `Provider.send`. Vonage's 202 means that it has the message, not that it went out."""
        message = {
            "channel": "sms",
            "message_type": "text",
            "to": outgoing.to.removeprefix("+"),
            "from": self._config.sender.removeprefix("+"),
            "text": outgoing.content.text,
            "client_ref": outgoing.delivery,
            "webhook_url": outgoing.callback_url,
            "webhook_version": "v1",
            # Letters beyond GSM-7 make it a Unicode message; nothing is replaced by a question mark.
            "sms": {"encoding_type": "auto"},
        }
        try:
            response = await self._client.post(
                "/v1/messages", json=message, headers=self._authorization()
            )
        except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout):
            return NotSent(problems.PROVIDER_UNREACHABLE)
        except httpx2.TransportError as error:
            return Uncertain(type(error).__name__)
        return _outcome(response)

    async def find(self, outgoing: Outgoing, *, since: datetime, known: frozenset[str]) -> Search:
        """Vonage's records come too late to ask, and a repetition would be a second message."""
        del outgoing, since, known
        return Unsupported(resend_is_safe=False)

    def parse_callback(self, request: CallbackRequest) -> list[Receipt | Inbound]:
        """A status or an incoming message. Raises `CallbackForged`."""
        secrets = [self._config.signature_secret]
        if self._config.previous_signature_secret is not None:
            secrets.append(self._config.previous_signature_secret)
        if not vonage_token.holds(
            request.headers.get("authorization", ""),
            signature_secrets=secrets,
            application=self._config.application_id,
            body=request.body,
            now=self._clock(),
        ):
            raise CallbackForged
        try:
            body = strict_json.parse(request.body)
        except PaythreadError:
            return []
        if not isinstance(body, dict) or body.get("channel", "sms") != "sms":
            return []
        uuid = body.get("message_uuid")
        if not isinstance(uuid, str) or not 0 < len(uuid) <= _ID_LENGTH_MAX:
            return []
        told = _receipt(uuid, body) if "status" in body else _inbound(uuid, body)
        return [] if told is None else [told]

    async def check(self) -> str | None:
        """Asks for a message that is refused for having no words: the application and its key are known."""
        try:
            response = await self._client.post(
                "/v1/messages", json={"channel": "sms"}, headers=self._authorization()
            )
        except httpx2.TransportError as error:
            return f"Vonage cannot be reached at {self._config.base_url}: {type(error).__name__}."
        if response.status_code in {401, 403, 404}:
            return "Vonage does not know this application_id with this private_key."
        if response.status_code not in {400, 422}:
            return f"Vonage answers with status {response.status_code}."
        return None

    async def close(self) -> None:
        """Closes the connections."""
        await self._client.aclose()

    def _authorization(self) -> dict[str, str]:
        token = vonage_token.request_token(
            self._key, application=self._config.application_id, now=self._clock()
        )
        return {"Authorization": f"Bearer {token}"}


def _outcome(response: httpx2.Response) -> Outcome:
    """What Vonage's answer to a new message means."""
    status = response.status_code
    try:
        answer = response.json()
    except ValueError:
        answer = None
    answer = answer if isinstance(answer, dict) else {}
    if 200 <= status < 300:
        uuid = answer.get("message_uuid")
        usable = isinstance(uuid, str) and 0 < len(uuid) <= _ID_LENGTH_MAX
        return Accepted(str(uuid)) if usable else Uncertain("answer_unreadable")
    code = code_in(answer)
    if status == 429 or code == THROTTLED:
        return NotSent(problems.RATE_LIMITED, retry_after_seconds(response.headers))
    if status >= 500:
        return Uncertain(str(status))
    if status in {400, 422}:
        return Refused(problem_of(answer) or problems.REFUSED, f"{status} {code}")
    return Refused(problems.CHANNEL_MISCONFIGURED, f"{status} {code}")


def _receipt(uuid: str, body: Mapping[str, Any]) -> Receipt | None:
    fact = FACTS.get(str(body["status"]))
    if fact is None:
        return None
    ours = body.get("client_ref")
    failed = fact is DeliveryState.FAILED
    return Receipt(
        fact=fact,
        delivery=ours if isinstance(ours, str) and len(ours) <= _ID_LENGTH_MAX else None,
        provider_id=uuid,
        code=problem_of(body.get("error")) if failed else None,
        price=_price(body.get("usage")),
    )


def _price(usage: Any) -> Price | None:
    """Vonage's `usage` tells what it takes for the whole message."""
    told = usage if isinstance(usage, dict) else {}
    return price_of(told.get("price"), told.get("currency"))


def _inbound(uuid: str, body: Mapping[str, Any]) -> Inbound | None:
    sender, recipient, text = body.get("from"), body.get("to"), body.get("text")
    if not isinstance(sender, str) or not 0 < len(sender) <= _ID_LENGTH_MAX:
        return None
    words = text if isinstance(text, str) else f"[{str(body.get('message_type'))[:20]}]"
    return Inbound(
        provider_id=uuid,
        sender=_number(sender),
        recipient=_number(recipient) if isinstance(recipient, str) else "",
        text=words,
    )


def _number(text: str) -> str:
    """E.164 of Vonage's digits; a short code or a name as it is."""
    is_number = text.isascii() and text.isdigit() and len(text) > 7
    return f"+{text}" if is_number else text
