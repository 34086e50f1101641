"""How fast an account may send: no faster than its provider takes, over all processes together."""

import sqlalchemy as sa

from core.database import UtcDateTime, metadata

account_paces = sa.Table(
    "account_paces",
    metadata,
    sa.Column("account", sa.String(40), primary_key=True),
    # When the account is free for its next message.
    sa.Column("free_at", UtcDateTime, nullable=False),
)
