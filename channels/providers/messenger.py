"""Messenger and Instagram by Meta's Send API, with web_url buttons, receipts and what customers write.

https://developers.facebook.com/docs/messenger-platform/reference/send-api. Customers are page-scoped ids, which
only the network gives out. Free text is taken for 24 hours after the customer's own words, and nothing after:
message tags are for other purposes than asking for money.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, Self

from channels import problems
from channels.port import (
    Accepted,
    Acknowledgement,
    CallbackRequest,
    Content,
    Inbound,
    Outcome,
    Outgoing,
    Receipt,
    Refused,
    Search,
    Uncertain,
    Unsupported,
)
from channels.providers import meta_callbacks
from channels.providers.config import read_config
from channels.providers.messenger_callbacks import reports_in
from channels.providers.meta_callbacks import id_of
from channels.providers.meta_graph import Graph, GraphConfig, NodeId

# Send API, "message.text"; Instagram counts bytes, and half as many.
MESSENGER_TEXT_LENGTH_MAX: Final = 2000
INSTAGRAM_TEXT_BYTES_MAX: Final = 1000
# Button template, "text" and "title".
BUTTON_TEXT_LENGTH_MAX: Final = 640
BUTTON_LABEL_LENGTH_MAX: Final = 20


class MessengerConfig(GraphConfig):
    """`{"page_id", "access_token", "app_secret", "verify_token", …}`; the token is the page's own."""

    page_id: NodeId


class InstagramConfig(MessengerConfig):
    """The same, and `instagram_id`: the professional account that the page is linked to."""

    instagram_id: NodeId


class MessengerProvider:
    """One Facebook page."""

    acknowledgement: Acknowledgement = meta_callbacks.TAKEN
    _about = "page"

    def __init__(self, config: MessengerConfig) -> None:
        self._config = config
        self._graph = Graph(config)

    @classmethod
    def from_config(cls, config: Mapping[str, Any]) -> Self:
        """Raises `AccountConfigInvalid`."""
        return cls(read_config(MessengerConfig, config))

    @property
    def _listens_to(self) -> str:
        """The account that customers write to, as callbacks name it."""
        return self._config.page_id

    async def send(self, outgoing: Outgoing) -> Outcome:
        """See `Provider.send`."""
        if not outgoing.window_open:
            return Refused(problems.WINDOW_CLOSED, "no window")
        if not self._fits(outgoing.content.text):
            return Refused(problems.INVALID_CONTENT, "text too long")
        payload = {
            "recipient": {"id": outgoing.to},
            "messaging_type": "RESPONSE",
            "message": {**_message(outgoing.content), **self._mark(outgoing.delivery)},
        }
        return await self._graph.post_message(self._config.page_id, payload, _taken)

    async def find(self, outgoing: Outgoing, *, since: datetime, known: frozenset[str]) -> Search:
        """What was sent cannot be told apart from what somebody typed in the page's own inbox."""
        return Unsupported(resend_is_safe=False)

    def parse_callback(self, request: CallbackRequest) -> list[Receipt | Inbound]:
        """Receipts and messages of this account. Raises `CallbackForged`."""
        found = meta_callbacks.entries(self._config, request, about=self._about)
        return reports_in(found, account_id=self._listens_to)

    def handshake(self, request: CallbackRequest) -> Acknowledgement:
        """See `Handshaking`."""
        return meta_callbacks.handshake(self._config, request)

    async def check(self) -> str | None:
        """Reads the account's own name: the token fits, and the account is ours."""
        return await self._graph.trouble(self._config.page_id, fields="name", what="Facebook page")

    async def close(self) -> None:
        """Closes the connections."""
        await self._graph.close()

    def _fits(self, text: str) -> bool:
        return len(text) <= MESSENGER_TEXT_LENGTH_MAX

    def _mark(self, delivery: str) -> dict[str, str]:
        """Comes back in the message's echo, which so settles an answer that was lost."""
        return {"metadata": delivery}


class InstagramProvider(MessengerProvider):
    """One Instagram professional account, by the page that it is linked to."""

    _about = "instagram"

    def __init__(self, config: InstagramConfig) -> None:
        super().__init__(config)
        self._instagram_id = config.instagram_id

    @classmethod
    def from_config(cls, config: Mapping[str, Any]) -> Self:
        """Raises `AccountConfigInvalid`."""
        return cls(read_config(InstagramConfig, config))

    @property
    def _listens_to(self) -> str:
        return self._instagram_id

    async def check(self) -> str | None:
        """Both the page and the Instagram account have to be there."""
        trouble = await super().check()
        return trouble or await self._graph.trouble(
            self._instagram_id, fields="username", what="Instagram account"
        )

    def _fits(self, text: str) -> bool:
        return len(text.encode()) <= INSTAGRAM_TEXT_BYTES_MAX

    def _mark(self, delivery: str) -> dict[str, str]:
        return {}  # Instagram's echoes carry none


def _message(content: Content) -> dict[str, Any]:
    if content.button is None or len(content.text) > BUTTON_TEXT_LENGTH_MAX:
        return {"text": content.text}
    label = content.button.label[:BUTTON_LABEL_LENGTH_MAX].strip()
    button = {"type": "web_url", "url": content.button.url, "title": label}
    payload = {"template_type": "button", "text": content.text, "buttons": [button]}
    return {"attachment": {"type": "template", "payload": payload}}


def _taken(answer: Mapping[str, Any]) -> Outcome:
    found = id_of(answer, "message_id")
    return Accepted(found) if found else Uncertain("answer_unreadable")
