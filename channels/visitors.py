"""Who writes in the web chat: a browser that holds a secret of its own, and the thread that it may read."""

import sqlalchemy as sa

from core.database import UtcDateTime, metadata

visitors = sa.Table(
    "visitors",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("merchant", sa.String(40), nullable=False),
    sa.Column("account", sa.String(40), nullable=False),
    sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
    # What the visitor has seen: the newest message shown there.
    sa.Column("read_to", sa.String(40), nullable=True),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("seen_at", UtcDateTime, nullable=False),
)
