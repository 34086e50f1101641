"""The words that a merchant has put in the place of ours, by purpose, channel and language."""

import sqlalchemy as sa

from core.database import UtcDateTime, metadata

message_templates = sa.Table(
    "message_templates",
    metadata,
    sa.Column("merchant", sa.String(40), primary_key=True),
    sa.Column("purpose", sa.String(24), primary_key=True),
    sa.Column("channel", sa.String(24), primary_key=True),
    sa.Column("locale", sa.String(16), primary_key=True),
    sa.Column("subject", sa.Text, nullable=True),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("updated_by", sa.String(80), nullable=False),
    sa.Column("updated_at", UtcDateTime, nullable=False),
)
