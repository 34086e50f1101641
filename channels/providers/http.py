"""A channel of an integrator's own: a chatbot, or a messenger without an adapter (`docs/channels.md`).

Each message is one POST to the integrator's URL, signed by Standard Webhooks. Its `webhook-id` is the delivery, so a
repetition can be recognised and is safe. What the integrator reports and what its customers write comes back to our
callback address, signed the same way with the same secret.
"""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Final, Self

from pydantic import AfterValidator, Field, StringConstraints

from channels import problems
from channels.port import (
    Accepted,
    AccountConfigInvalid,
    Acknowledgement,
    CallbackForged,
    CallbackRequest,
    Factory,
    Inbound,
    NotSent,
    Outcome,
    Outgoing,
    Receipt,
    Refused,
    Search,
    Uncertain,
    Unsupported,
)
from channels.providers.config import ProviderConfig, read_config
from channels.providers.http_reports import report_in
from channels.providers.retry_after import retry_after_seconds
from core import strict_json
from core.clock import Clock, rfc3339, utc_now
from core.database.schema import canonical_json
from core.errors import InvalidField, PaythreadError
from core.outbound import problems as calls
from core.outbound import signing
from core.outbound.destinations import URL_LENGTH_MAX, Destinations
from core.outbound.sender import Answer, Sender

# What an integrator may say of a message that it refuses.
REFUSALS: Final = frozenset(
    {
        problems.INVALID_ADDRESS,
        problems.INVALID_CONTENT,
        problems.RECIPIENT_OPTED_OUT,
        problems.UNREACHABLE,
        problems.BLOCKED,
        problems.FILTERED,
        problems.REFUSED,
    }
)
# Nobody will answer there, however often we try.
_HOPELESS: Final = frozenset({calls.URL_REFUSED, calls.ADDRESS_REFUSED})


def _usable(text: str) -> str:
    if not signing.is_secret(text):
        raise ValueError("must be whsec_ and 24 to 64 bytes in base64")
    return text


_Secret = Annotated[str, StringConstraints(max_length=200), AfterValidator(_usable)]


class HttpConfig(ProviderConfig):
    """`{"url", "secret", "from"?, …}`. With `previous_secret`, both sign and both are believed."""

    url: Annotated[str, StringConstraints(min_length=1, max_length=URL_LENGTH_MAX)]
    secret: _Secret
    previous_secret: _Secret | None = None
    sender: Annotated[str, StringConstraints(min_length=1, max_length=128)] | None = Field(
        default=None, alias="from"
    )
    timeout_seconds: int = Field(default=15, ge=1, le=25)


class HttpProvider:
    """One integrator's URL."""

    acknowledgement: Acknowledgement = Acknowledgement(204)

    def __init__(self, config: HttpConfig, destinations: Destinations, clock: Clock) -> None:
        self._config = config
        self._clock = clock
        self._sender = Sender(destinations, deadline_seconds=config.timeout_seconds)
        self._secrets = [config.secret]
        if config.previous_secret is not None:
            self._secrets.append(config.previous_secret)

    @classmethod
    def from_config(
        cls, config: Mapping[str, Any], destinations: Destinations, clock: Clock = utc_now
    ) -> Self:
        """Raises `AccountConfigInvalid`, also for a URL that nothing may be sent to."""
        read = read_config(HttpConfig, config)
        try:
            destinations.target(read.url)
        except InvalidField as error:
            raise AccountConfigInvalid(
                f"The channel's settings are wrong: url: {error.detail}."
            ) from None
        return cls(read, destinations, clock)

    async def send(self, outgoing: Outgoing) -> Outcome:
        """See `Provider.send`. Any 2xx means that the integrator has it."""
        button = outgoing.content.button
        answer = await self._post(
            outgoing.delivery,
            {
                "type": "message",
                "delivery": outgoing.delivery,
                "to": outgoing.to,
                "text": outgoing.content.text,
                "button": None if button is None else {"label": button.label, "url": button.url},
                "reply_to": outgoing.reply_to,
                "sender_name": outgoing.sender_name,
                "at": rfc3339(outgoing.at),
            },
        )
        return _outcome(answer, outgoing.delivery)

    async def find(self, outgoing: Outgoing, *, since: datetime, known: frozenset[str]) -> Search:
        """The integrator recognises a repetition by its `webhook-id`."""
        del outgoing, since, known
        return Unsupported(resend_is_safe=True)

    def parse_callback(self, request: CallbackRequest) -> list[Receipt | Inbound]:
        """A message or a receipt. Raises `CallbackForged`, then `InvalidField` for what is neither."""
        now = self._clock()
        if not signing.holds(self._secrets, request.headers, request.body, now=now):
            raise CallbackForged
        return [report_in(strict_json.parse(request.body), recipient=self._config.sender or "")]

    async def check(self) -> str | None:
        """Sends a signed `ping`, which the integrator answers with any 2xx."""
        answer = await self._post(f"ping-{secrets.token_hex(8)}", {"type": "ping"})
        if answer.accepted:
            return None
        said = answer.problem if answer.status is None else f"status {answer.status}"
        return f"The channel's URL does not answer a ping: {said}."

    async def close(self) -> None:
        """Closes the connections."""
        await self._sender.close()

    async def _post(self, message: str, body: Mapping[str, Any]) -> Answer:
        encoded = canonical_json(dict(body)).encode()
        headers = signing.signed_headers(
            self._secrets, message=message, at=self._clock(), body=encoded
        )
        return await self._sender.send(self._config.url, headers=headers, body=encoded)


def http_factory(destinations: Destinations) -> Factory:
    """The factory of these providers, which call nowhere but where `destinations` allows."""

    def make(config: Mapping[str, Any]) -> HttpProvider:
        return HttpProvider.from_config(config, destinations)

    return make


def _outcome(answer: Answer, delivery: str) -> Outcome:  # noqa: PLR0911 - one a meaning
    """What the integrator's answer to a message means."""
    if answer.accepted:
        return Accepted(delivery)
    status = answer.status
    if status is None:
        if answer.problem in _HOPELESS:
            return Refused(problems.CHANNEL_MISCONFIGURED, answer.problem or "")
        if not answer.asked:
            return NotSent(problems.PROVIDER_UNREACHABLE)
        return Uncertain(answer.problem or "no_answer")
    if status in {429, 503}:
        return NotSent(problems.RATE_LIMITED, retry_after_seconds(answer.headers))
    if status >= 500 or status == 408:
        return Uncertain(str(status))
    if status in {400, 409, 410, 413, 422}:
        return Refused(_code_in(answer.body), str(status))
    return Refused(problems.CHANNEL_MISCONFIGURED, str(status))


def _code_in(body: bytes) -> str:
    """The code in `{"code": …}`, where it is one that an integrator may say."""
    try:
        said = strict_json.parse(body)
    except PaythreadError:
        return problems.REFUSED
    code = said.get("code") if isinstance(said, dict) else None
    return code if isinstance(code, str) and code in REFUSALS else problems.REFUSED
