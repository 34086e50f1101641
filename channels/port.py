"""The provider port: what a channel adapter promises, and the words it answers in.

An adapter speaks one provider's wire protocol and knows nothing of the database. Whatever happens on the
wire is an outcome, never an exception: the difference between "certainly not sent" and "perhaps sent" decides
whether a customer gets a message twice.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol, runtime_checkable

from channels.states import DeliveryState
from core.errors import Kind, PaythreadError


class CallbackForged(PaythreadError):
    """A callback whose sender did not prove to be the provider. Nothing of it is kept."""

    code = "callback_forged"
    kind = Kind.FORBIDDEN

    def __init__(self) -> None:
        super().__init__("The callback's signature does not hold.")


class AccountConfigInvalid(PaythreadError):
    """The settings of a channel account are incomplete or wrong; `detail` names them, not their values."""

    code = "channel_config_invalid"


@dataclass(frozen=True, slots=True)
class Button:
    """A link that a channel may show as a button or a card; `text` says the same without one."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Template:
    """What a message is for, and what is filled in, for networks that want words they approved before.

    `purpose` is ours (`payment_link`); which of its templates a network knows it by is in the account's settings.
    """

    purpose: str
    locale: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Content:
    """What a message says. `subject` and `html` are for channels that have them."""

    text: str
    subject: str | None = None
    html: str | None = None
    button: Button | None = None
    template: Template | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One delivery, ready for the wire. `delivery` is the key that it can be recognised by later."""

    delivery: str
    to: str
    sender_name: str
    content: Content
    at: datetime
    callback_url: str
    # False once the network carries approved templates alone (the catalogue's `window`).
    window_open: bool = True
    # The provider's id of what this answers, for channels that show threads.
    reply_to: str | None = None
    unsubscribe_url: str | None = None


@dataclass(frozen=True, slots=True)
class Accepted:
    """The provider took it, and calls it `provider_id`."""

    provider_id: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The provider will never take it. `code` is one of `channels.problems`; `detail` is for the log."""

    code: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class NotSent:
    """Certainly not sent; worth another try, not before `retry_after_seconds`."""

    code: str
    retry_after_seconds: int | None = None


@dataclass(frozen=True, slots=True)
class Uncertain:
    """It may have been sent: the connection ended between the question and the answer."""

    code: str


Outcome = Accepted | Refused | NotSent | Uncertain


@dataclass(frozen=True, slots=True)
class Unsupported:
    """The provider cannot be asked. `resend_is_safe`: it, or the recipient's side, recognises a repetition."""

    resend_is_safe: bool


@dataclass(frozen=True, slots=True)
class Absent:
    """The provider was asked, and never took it."""


Search = Accepted | Absent | Uncertain | Unsupported


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackRequest:
    """What came to our callback address. `url` is the public one, with its query; header names in lower case."""

    url: str
    method: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Price:
    """What a provider says that a message cost, in millionths of the currency's unit."""

    micros: int
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The network's report about one delivery, named by our id, by the provider's, or by both.

    Some networks report a moment instead: all that was sent to `address` up to `until`.
    """

    fact: DeliveryState
    delivery: str | None = None
    provider_id: str | None = None
    code: str | None = None
    address: str | None = None
    until: datetime | None = None
    price: Price | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbound:
    """What a customer wrote. `choice` is what the network itself understood of stop and start words."""

    provider_id: str
    sender: str
    recipient: str
    text: str
    subject: str | None = None
    choice: Literal["stop", "start"] | None = None
    # What the network says the sender is called: never proof of who it is.
    sender_name: str | None = None
    # Names of files that came along; the files themselves are not kept.
    attachments: tuple[str, ...] = ()
    # The provider's id of what this corrects, where it is an edit of earlier words.
    edits: str | None = None
    # Nobody vouches for the sender: anybody may have written it under that address.
    unverified: bool = False
    # A machine answered: kept, and nothing follows from it.
    automatic: bool = False
    # Deliveries of ours that it says it answers, nearest first.
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MailboxPlace:
    """How far a mailbox was read: a UID means nothing under another UIDVALIDITY (RFC 3501, 2.3.1.1)."""

    uid_validity: int
    uid_last: int


@dataclass(frozen=True, slots=True)
class MailRead:
    """One mail and what it tells, if anything. `place` is how far the mailbox is read once that is kept."""

    place: MailboxPlace
    tells: Receipt | Inbound | None


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """How the provider wants its callbacks answered."""

    status: int = 204
    content_type: str | None = None
    body: bytes = b""


class Provider(Protocol):
    """One account at one provider. Calls are bounded in time by the adapter."""

    acknowledgement: Acknowledgement

    async def send(self, outgoing: Outgoing) -> Outcome:
        """Gives the message to the provider, once."""
        ...

    async def find(self, outgoing: Outgoing, *, since: datetime, known: frozenset[str]) -> Search:
        """Whether the provider took it at or after `since`.

        `known` are the ids of other deliveries to this address, which this one cannot be.
        """
        ...

    def parse_callback(self, request: CallbackRequest) -> list[Receipt | Inbound]:
        """What a callback tells, in order. Raises `CallbackForged` before believing a word of it."""
        ...

    async def check(self) -> str | None:
        """For `paythread doctor`: what is wrong, in a sentence, or None."""
        ...

    async def close(self) -> None:
        """Gives up connections. The provider may not be used afterwards."""
        ...


@runtime_checkable
class Handshaking(Protocol):
    """A provider that asks for proof by GET that the callback address is ours (Meta's `hub.challenge`)."""

    def handshake(self, request: CallbackRequest) -> Acknowledgement:
        """The answer. Raises `CallbackForged`."""
        ...


class MailboxUnusable(PaythreadError):
    """The mailbox does not answer, or does not let us in; `detail` says which, without any secret."""

    code = "mailbox_unusable"
    kind = Kind.UNAVAILABLE


@runtime_checkable
class MailReading(Protocol):
    """A provider whose answers lie in a mailbox until somebody looks."""

    @property
    def mailbox_poll_seconds(self) -> int | None:
        """How long to wait between two looks; None where the account has no mailbox."""
        ...

    async def read_mailbox(
        self, place: MailboxPlace | None, *, since: datetime
    ) -> tuple[MailboxPlace, Sequence[MailRead]]:
        """What lies after that place, oldest first, as much as one look takes; and where it stands now.

        Without a place, or under another UIDVALIDITY, from the day `since` on. Raises `MailboxUnusable`.
        """
        ...


Factory = Callable[[Mapping[str, Any]], Provider]
