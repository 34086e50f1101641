"""Words in the journal that a rule ends: entries stay and the chain verifies, the key of each day's words goes.

What customers and agents wrote is sealed under a key of its day and kind, within the customer's (`Ages`). After the
key's end it reads as the words of somebody who was erased.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Final

import sqlalchemy as sa

from compliance.journal.entry import Ages
from compliance.retention import DataKind, Past
from compliance.vault import Vault, vault_keys
from core.database import Session

_BATCH: Final = 100


@dataclass(frozen=True, slots=True)
class _Days:
    """The keys of one kind of words."""

    ages: Ages
    vault: Vault

    async def look(self, session: Session, merchant: str, before: datetime, now: datetime) -> Past:
        days = await session.all(self._past(merchant, before).order_by(vault_keys.c.subject))
        if not days:
            return Past(0, None)
        oldest = days[0]["subject"].rpartition(".")[2]
        return Past(len(days), datetime.combine(datetime.fromisoformat(oldest), time(), UTC))

    async def sweep(self, session: Session, merchant: str, before: datetime, now: datetime) -> int:
        days = await session.all(self._past(merchant, before).limit(_BATCH))
        for day in days:
            await self.vault.destroy(session, merchant, day["subject"], now=now)
        return len(days)

    def _past(self, merchant: str, before: datetime) -> sa.Select[tuple[str]]:
        """A day is past once all of it is."""
        subject = vault_keys.c.subject
        return sa.select(subject).where(
            vault_keys.c.merchant == merchant,
            subject.startswith(f"{self.ages.value}.", autoescape=True),
            subject < self.ages.subject_of(before),
            vault_keys.c.wrapped.is_not(None),
        )


def kinds(vault: Vault) -> tuple[DataKind, ...]:
    """The words that the journal holds."""
    messages, contacts = _Days(Ages.MESSAGES, vault), _Days(Ages.CONTACTS, vault)
    return (
        DataKind(
            name=Ages.MESSAGES.value,
            what="days of messages' words and addresses in the journal; that they were sent is kept",
            tables=("vault_keys",),
            field="message_bodies_days",
            look=messages.look,
            sweep=messages.sweep,
        ),
        DataKind(
            name=Ages.CONTACTS.value,
            what="days of notes, survey comments and contacts in the journal; that they happened is kept",
            tables=("vault_keys",),
            field="contact_words_days",
            look=contacts.look,
            sweep=contacts.sweep,
        ),
    )
