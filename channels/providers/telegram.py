"""Telegram by its Bot API (https://core.telegram.org/bots/api): messages out, updates in by webhook.

A bot writes to whoever wrote to it first; the address is the chat's id. Telegram knows no idempotency key and no way
to ask what was sent, and gives no receipts: a lost answer stays uncertain. The bot's token is part of every URL, so no
URL and no text of a transport error goes anywhere from here.
"""

import hmac
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Final, Self
from urllib.parse import urlsplit

import httpx2
from pydantic import Field, StringConstraints

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
    Receipt,
    Refused,
    Search,
    Uncertain,
    Unsupported,
)
from channels.providers import telegram_updates
from channels.providers.config import ProviderConfig, read_config
from channels.providers.retry_after import RETRY_AFTER_SECONDS_MAX
from core import strict_json
from core.errors import PaythreadError

API: Final = "https://api.telegram.org"
# What of a bot's life we are told: https://core.telegram.org/bots/api#update
UPDATES: Final = ("message", "edited_message", "my_chat_member")
_CALLBACKS: Final = "/webhooks/channels/"

# What Telegram says in words alone: its error codes are HTTP's (https://core.telegram.org/bots/api#making-requests).
_REFUSALS: Final = (
    ("bot was blocked by the user", problems.RECIPIENT_OPTED_OUT),
    ("user is deactivated", problems.INVALID_ADDRESS),
    ("chat not found", problems.INVALID_ADDRESS),
    ("peer_id_invalid", problems.INVALID_ADDRESS),
    ("can't initiate conversation", problems.UNREACHABLE),
    ("can't send messages to bots", problems.INVALID_ADDRESS),
    ("message is too long", problems.INVALID_CONTENT),
    ("message text is empty", problems.INVALID_CONTENT),
    ("button_url_invalid", problems.INVALID_CONTENT),
    ("wrong http url", problems.INVALID_CONTENT),
)


class TelegramConfig(ProviderConfig):
    """`{"bot_token", "webhook_secret", "from"?, "base_url"?, …}`. `from` is the bot's name, like `@acme_bot`.

    `previous_webhook_secret` is still believed while a new one is being rolled out.
    """

    bot_token: Annotated[str, StringConstraints(pattern=r"^[0-9]{1,20}:[A-Za-z0-9_-]{20,100}$")]
    webhook_secret: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{16,256}$")]
    previous_webhook_secret: (
        Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{16,256}$")] | None
    ) = None
    sender: Annotated[str, StringConstraints(pattern=r"^@?[A-Za-z0-9_]{1,64}$")] | None = Field(
        default=None, alias="from"
    )
    base_url: Annotated[str, StringConstraints(pattern=r"^https?://[^/?#@]+$")] = API
    timeout_seconds: int = Field(default=15, ge=1, le=25)


class TelegramProvider:
    """One bot."""

    acknowledgement: Acknowledgement = Acknowledgement(200)

    def __init__(self, config: TelegramConfig) -> None:
        self._config = config
        self._client = httpx2.AsyncClient(
            base_url=f"{config.base_url}/bot{config.bot_token}/",
            timeout=httpx2.Timeout(config.timeout_seconds, connect=min(5, config.timeout_seconds)),
            follow_redirects=False,
            trust_env=False,
        )

    @classmethod
    def from_config(cls, config: Mapping[str, Any]) -> Self:
        """Raises `AccountConfigInvalid`."""
        return cls(read_config(TelegramConfig, config))

    async def send(self, outgoing: Outgoing) -> Outcome:
        """See `Provider.send`. A preview is never asked for: Telegram would open the customer's link to make one."""
        message: dict[str, Any] = {
            "chat_id": outgoing.to,
            "text": outgoing.content.text,
            "link_preview_options": {"is_disabled": True},
        }
        button = outgoing.content.button
        if button is not None:
            message["reply_markup"] = {
                "inline_keyboard": [[{"text": button.label, "url": button.url}]]
            }
        answered = telegram_updates.number_in(outgoing.reply_to, chat=outgoing.to)
        if answered is not None:
            message["reply_parameters"] = {
                "message_id": answered,
                "allow_sending_without_reply": True,
            }
        try:
            response = await self._client.post("sendMessage", json=message)
        except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout):
            return NotSent(problems.PROVIDER_UNREACHABLE)
        except httpx2.TransportError as error:
            return Uncertain(type(error).__name__)
        return _outcome(response, outgoing.to)

    async def find(self, outgoing: Outgoing, *, since: datetime, known: frozenset[str]) -> Search:
        """A bot cannot read what it wrote, and a repetition would be a second message."""
        del outgoing, since, known
        return Unsupported(resend_is_safe=False)

    def parse_callback(self, request: CallbackRequest) -> list[Receipt | Inbound]:
        """One update. Raises `CallbackForged`. What is signed and no update we know tells nothing."""
        given = request.headers.get("x-telegram-bot-api-secret-token", "").encode()
        secrets = [self._config.webhook_secret]
        if self._config.previous_webhook_secret is not None:
            secrets.append(self._config.previous_webhook_secret)
        # Every one is compared, as bytes: what a header holds need not be ASCII.
        matches = [hmac.compare_digest(secret.encode(), given) for secret in secrets]
        if not any(matches):
            raise CallbackForged
        try:
            update = strict_json.parse(request.body)
        except PaythreadError:
            # Telegram would repeat it for a day, and it would be no better then.
            return []
        told = telegram_updates.inbound_of(update, recipient=self._config.sender or self._bot)
        return [] if told is None else [told]

    async def check(self) -> str | None:
        """Asks Telegram who the bot is, and where its updates go."""
        try:
            me = await self._client.post("getMe")
            webhook = await self._client.post("getWebhookInfo")
        except httpx2.TransportError as error:
            return f"Telegram cannot be reached at {self._config.base_url}: {type(error).__name__}."
        if me.status_code in {401, 403, 404}:
            return "Telegram does not know this bot_token."
        if me.status_code != 200 or webhook.status_code != 200:
            return f"Telegram answers with status {max(me.status_code, webhook.status_code)}."
        return _trouble_with(_result(webhook))

    async def connect(self, url: str) -> str | None:
        """Tells Telegram to send updates to our callback address, with the secret; what is wrong, or None.

        https://core.telegram.org/bots/api#setwebhook
        """
        webhook = {
            "url": url,
            "secret_token": self._config.webhook_secret,
            "allowed_updates": list(UPDATES),
        }
        try:
            response = await self._client.post("setWebhook", json=webhook)
        except httpx2.TransportError as error:
            return f"Telegram cannot be reached at {self._config.base_url}: {type(error).__name__}."
        if response.status_code in {401, 403, 404}:
            return "Telegram does not know this bot_token."
        if response.status_code != 200 or _answer(response).get("result") is not True:
            # Its own words may repeat the address, which is ours; of other things it knows nothing.
            said = str(_answer(response).get("description", response.status_code))[:200]
            return f"Telegram does not take {url}: {said}."
        return None

    async def close(self) -> None:
        """Closes the connections."""
        await self._client.aclose()

    @property
    def _bot(self) -> str:
        return self._config.bot_token.partition(":")[0]


def _outcome(response: httpx2.Response, chat: str) -> Outcome:  # noqa: PLR0911 - one a meaning
    """What Telegram's answer to a new message means."""
    status = response.status_code
    if 200 <= status < 300:
        number = _result(response).get("message_id")
        if type(number) is not int:
            return Uncertain("answer_unreadable")
        return Accepted(telegram_updates.message_id(chat, number))
    answer = _answer(response)
    if status == 429:
        return NotSent(problems.RATE_LIMITED, _retry_after_seconds(answer))
    if status >= 500:
        return Uncertain(str(status))
    if status not in {400, 403}:
        return Refused(problems.CHANNEL_MISCONFIGURED, str(status))
    said = str(answer.get("description", "")).casefold()
    for words, code in _REFUSALS:
        if words in said:
            return Refused(code, f"{status} {words}")
    # Not Telegram's own words: they may repeat what was sent.
    return Refused(problems.REFUSED, str(status))


def _trouble_with(webhook: Mapping[str, Any]) -> str | None:
    """What is wrong with where updates go (https://core.telegram.org/bots/api#webhookinfo)."""
    url = webhook.get("url")
    if not isinstance(url, str) or not url:
        return (
            "The bot has no webhook, so what customers write does not arrive:"
            " run `paythread telegram connect` (setWebhook)."
        )
    parts = urlsplit(url)
    if not parts.path.startswith(_CALLBACKS):
        host = re.sub(r"[^A-Za-z0-9.:-]", "?", parts.netloc)[:100]
        return f"The bot's webhook is another one ({host}), so what customers write goes there."
    if webhook.get("last_error_message") and webhook.get("pending_update_count"):
        waiting = webhook["pending_update_count"]
        return f"Telegram could not deliver its last update to our webhook; {waiting} are waiting."
    return None


def _retry_after_seconds(answer: Mapping[str, Any]) -> int | None:
    parameters = answer.get("parameters")
    seconds = parameters.get("retry_after") if isinstance(parameters, dict) else None
    return min(max(seconds, 1), RETRY_AFTER_SECONDS_MAX) if type(seconds) is int else None


def _result(response: httpx2.Response) -> Mapping[str, Any]:
    result = _answer(response).get("result")
    return result if isinstance(result, dict) else {}


def _answer(response: httpx2.Response) -> Mapping[str, Any]:
    try:
        answer = response.json()
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}
