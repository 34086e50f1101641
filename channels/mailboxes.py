"""How far each mailbox has been read: customers' answers by email, where no provider hands them over."""

import sqlalchemy as sa

from core.database import UtcDateTime, metadata

mailboxes = sa.Table(
    "mailboxes",
    metadata,
    sa.Column("account", sa.String(40), primary_key=True),
    # RFC 3501, 2.3.1.1: a UID means nothing under another UIDVALIDITY.
    sa.Column("uid_validity", sa.BigInteger, nullable=False),
    sa.Column("uid_last", sa.BigInteger, nullable=False),
    sa.Column("looked_at", UtcDateTime, nullable=False),
)
