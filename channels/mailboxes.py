"""How far each mailbox has been read: customers' answers by email, where no provider hands them over."""

from datetime import datetime

import sqlalchemy as sa

from channels.port import MailboxPlace
from core.database import Session, UtcDateTime, metadata, upsert

mailboxes = sa.Table(
    "mailboxes",
    metadata,
    sa.Column("account", sa.String(40), primary_key=True),
    # RFC 3501, 2.3.1.1: a UID means nothing under another UIDVALIDITY.
    sa.Column("uid_validity", sa.BigInteger, nullable=False),
    sa.Column("uid_last", sa.BigInteger, nullable=False),
    sa.Column("looked_at", UtcDateTime, nullable=False),
)


async def find_place(session: Session, account: str) -> tuple[MailboxPlace, datetime] | None:
    """How far the account's mailbox was read, and when that was kept."""
    row = await session.one_or_none(sa.select(mailboxes).where(mailboxes.c.account == account))
    if row is None:
        return None
    return MailboxPlace(row["uid_validity"], row["uid_last"]), row["looked_at"]


async def keep_place(session: Session, account: str, place: MailboxPlace, *, now: datetime) -> None:
    """From there on, the next time. Under one UIDVALIDITY the place never goes back."""
    fresh = upsert(session, mailboxes).values(
        account=account,
        uid_validity=place.uid_validity,
        uid_last=place.uid_last,
        looked_at=now,
    )
    behind = sa.or_(
        mailboxes.c.uid_validity != fresh.excluded.uid_validity,
        mailboxes.c.uid_last <= fresh.excluded.uid_last,
    )
    again = {name: fresh.excluded[name] for name in ("uid_validity", "uid_last", "looked_at")}
    await session.execute(
        fresh.on_conflict_do_update(index_elements=["account"], set_=again, where=behind)
    )
