"""One entry: its columns, its shape before it is written, and its hash."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final

import sqlalchemy as sa

from compliance.journal.events import EVENT_TYPES
from core.clock import rfc3339
from core.database import JsonText, UtcDateTime, metadata
from core.database.schema import canonical_json

GENESIS: Final = "0" * 64
# In place of an agent: a thread that nobody has, so that any agent may take it. Shown to the world as null.
NOBODY: Final = "nobody"

journal_entries = sa.Table(
    "journal_entries",
    metadata,
    sa.Column("merchant", sa.String(40), primary_key=True),
    sa.Column("position", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("id", sa.String(40), nullable=False, unique=True),
    sa.Column("type", sa.String(48), nullable=False),
    sa.Column("occurred_at", UtcDateTime, nullable=False),
    sa.Column("link", sa.String(40)),
    sa.Column("payment", sa.String(40)),
    sa.Column("attempt", sa.String(40)),
    sa.Column("customer", sa.String(40)),
    sa.Column("conversation", sa.String(40)),
    sa.Column("agent", sa.String(40)),
    sa.Column("channel", sa.String(24)),
    sa.Column("actor", sa.String(80), nullable=False),
    sa.Column("origin", sa.String(64)),
    sa.Column("data", JsonText, nullable=False),
    sa.Column("sealed", sa.Text),
    sa.Column("previous_hash", sa.String(64), nullable=False),
    sa.Column("hash", sa.String(64), nullable=False),
    sa.Index("ix_journal_entries_link", "merchant", "link", "position"),
    sa.Index("ix_journal_entries_customer", "merchant", "customer", "position"),
    # Whether an agent has served a customer, and how, without reading all that others did.
    sa.Index("ix_journal_entries_served", "merchant", "customer", "agent", "position"),
    sa.Index("ix_journal_entries_agent", "merchant", "agent", "position"),
    sa.Index("ix_journal_entries_type", "merchant", "type", "position"),
)

journal_heads = sa.Table(
    "journal_heads",
    metadata,
    sa.Column("merchant", sa.String(40), primary_key=True),
    sa.Column("position", sa.BigInteger, nullable=False),
    sa.Column("hash", sa.String(64), nullable=False),
    # Names this run of positions; a restored backup gets another, so that a reader's cursor is not trusted.
    sa.Column("epoch", sa.String(32), nullable=False),
)

# What the hash covers, beside the hash of the entry before.
HASHED_COLUMNS: Final = (
    "merchant",
    "position",
    "id",
    "type",
    "link",
    "payment",
    "attempt",
    "customer",
    "conversation",
    "agent",
    "channel",
    "actor",
    "origin",
    "data",
    "sealed",
)


class Ages(StrEnum):
    """What a private part is made of, where a rule of the merchant's ends it: its key is destroyed by the day."""

    MESSAGES = "message_words"
    CONTACTS = "contact_words"

    def subject_of(self, moment: datetime) -> str:
        """Whose key seals it: a subject of the vault for each day (UTC) and merchant."""
        return f"{self.value}.{moment.astimezone(UTC).date().isoformat()}"


@dataclass(frozen=True, slots=True)
class Recallable:
    """A private part that may have to be taken back: words that a later message turns into a card number.

    It is sealed under the key of `subject` within the customer's. Once that key is destroyed, the entry reads as
    `instead`, and the chain still verifies.
    """

    subject: str
    instead: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A fact about to be recorded. `data` holds no personal data; `private` is sealed under the customer's key.

    `actor` is who did it: `user:usr_…`, `key:key_…`, `customer`, `psp:gwa_…`, `channel:cha_…` or `system`;
    `origin` the address it came from, where there is one (PCI DSS 10.2.2). `agent` is whose work it belongs to, or
    `NOBODY`, whose every agent sees; None is nobody's business but the merchant's.
    """

    type: str
    merchant: str
    occurred_at: datetime
    actor: str
    data: Mapping[str, Any] = field(default_factory=dict)
    private: Mapping[str, Any] | None = None
    recallable: Recallable | None = None
    # Which rule ends the private part, beside the erasure of the customer.
    ages: Ages | None = None
    origin: str | None = None
    link: str | None = None
    payment: str | None = None
    attempt: str | None = None
    customer: str | None = None
    conversation: str | None = None
    agent: str | None = None
    channel: str | None = None
    # Where the entry is looked up again by an id that says the same (`Reader.find`).
    id: str | None = None

    def __post_init__(self) -> None:
        assert self.type in EVENT_TYPES, self.type
        assert self.recallable is None or self.private is not None, "nothing to take back"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as read: who may see it can be told from its columns alone."""

    position: int
    id: str
    type: str
    occurred_at: datetime
    merchant: str
    link: str | None
    payment: str | None
    attempt: str | None
    customer: str | None
    conversation: str | None
    agent: str | None
    channel: str | None
    actor: str
    data: dict[str, Any]

    def as_event(self) -> dict[str, Any]:
        """The event object of the contract, the same on the API, the feed and webhooks."""
        return {
            "id": self.id,
            "position": self.position,
            "type": self.type,
            "occurred_at": rfc3339(self.occurred_at),
            "merchant": self.merchant,
            "link": self.link,
            "payment": self.payment,
            "attempt": self.attempt,
            "customer": self.customer,
            "conversation": self.conversation,
            "agent": None if self.agent == NOBODY else self.agent,
            "channel": self.channel,
            "actor": self.actor,
            "data": self.data,
        }


def entry_of(row: Mapping[str, Any] | sa.RowMapping, *, data: dict[str, Any]) -> Entry:
    """The entry of a row; `data` is the row's own with what was sealed beside it."""
    return Entry(
        position=row["position"],
        id=row["id"],
        type=row["type"],
        occurred_at=row["occurred_at"],
        merchant=row["merchant"],
        link=row["link"],
        payment=row["payment"],
        attempt=row["attempt"],
        customer=row["customer"],
        conversation=row["conversation"],
        agent=row["agent"],
        channel=row["channel"],
        actor=row["actor"],
        data=data,
    )


def entry_hash(row: Mapping[str, Any] | sa.RowMapping, previous_hash: str, *, secret: bytes) -> str:
    """HMAC-SHA-256 (hex) over the entry and the hash of the one before.

    Keyed, so that somebody who can write to the database, but has no master key, cannot recompute the chain.
    """
    covered = {column: row[column] for column in HASHED_COLUMNS}
    covered["occurred_at"] = rfc3339(row["occurred_at"])
    covered["previous"] = previous_hash
    return hmac.new(secret, canonical_json(covered).encode(), hashlib.sha256).hexdigest()
