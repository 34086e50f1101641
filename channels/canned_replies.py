"""Answers that a merchant's people keep ready: one text a language, with fixed placeholders."""

import sqlalchemy as sa

from core.database import UtcDateTime, metadata

canned_replies = sa.Table(
    "canned_replies",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("merchant", sa.String(40), nullable=False),
    sa.Column("title", sa.String(80), nullable=False),
    # {"en": "…", "es": "…"}
    sa.Column("texts", sa.Text, nullable=False),
    sa.Column("updated_by", sa.String(80), nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("updated_at", UtcDateTime, nullable=False),
    sa.UniqueConstraint("merchant", "title"),
)
