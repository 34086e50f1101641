"""The customers' table. `customer_store` reads what is sealed in it, `customer_groups` who was merged into whom."""

from typing import Final

import sqlalchemy as sa

from core.database import UtcDateTime, metadata

# What an erased row holds in place of its details: the form of a sealed text, under a key that never was.
ERASED: Final = "v1.erased."

customers = sa.Table(
    "customers",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("merchant", sa.String(40), nullable=False),
    sa.Column("external_id_hash", sa.String(64), nullable=True),
    sa.Column("sealed", sa.Text, nullable=False),
    # The customer whom this one was found to be; nothing else is rewritten, so it can be undone.
    sa.Column("merged_into", sa.String(40), nullable=True, index=True),
    # The channel that an agent chose to write on; else it is learned.
    sa.Column("preferred_channel", sa.String(24), nullable=True),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("updated_at", UtcDateTime, nullable=False),
    sa.UniqueConstraint("merchant", "external_id_hash"),
    sa.Index("ix_customers_merchant", "merchant", "id"),
)
