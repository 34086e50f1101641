"""Customers that merge, conversations that close, canned replies, templates, mailboxes, web chat.

Only adds tables, and columns that older code leaves alone.

Revision: 0004, after 0003
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def _columns() -> list[tuple[str, sa.Column[Any]]]:
    """Made anew each time: a column belongs to one table of one run."""

    def text(name: str, length: int, default: str | None = None) -> sa.Column[Any]:
        return sa.Column(
            name, sa.String(length=length), nullable=default is None, server_default=default
        )

    return [
        ("customers", text("merged_into", 40)),
        ("customers", text("preferred_channel", 24)),
        ("conversations", text("account", 40)),
        ("conversations", text("state", 8, "open")),
        ("conversations", text("served_by", 8, "person")),
        ("conversations", sa.Column("closed_at", _MOMENT, nullable=True)),
        ("conversations", sa.Column("last_inbound_at", _MOMENT, nullable=True)),
        ("messages", sa.Column("superseded_at", _MOMENT, nullable=True)),
        (
            "channel_accounts",
            sa.Column("priority", sa.Integer(), nullable=False, server_default="0"),
        ),
    ]


def upgrade() -> None:
    for table, column in _columns():
        op.add_column(table, column)
    op.create_table(
        "canned_replies",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("merchant", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("texts", sa.Text(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("updated_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_canned_replies")),
        sa.UniqueConstraint("merchant", "title", name=op.f("uq_canned_replies_merchant_title")),
    )
    op.create_table(
        "message_templates",
        sa.Column("merchant", sa.String(length=40), nullable=False),
        sa.Column("purpose", sa.String(length=24), nullable=False),
        sa.Column("channel", sa.String(length=24), nullable=False),
        sa.Column("locale", sa.String(length=16), nullable=False),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.Column("updated_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint(
            "merchant", "purpose", "channel", "locale", name=op.f("pk_message_templates")
        ),
    )
    op.create_table(
        "account_paces",
        sa.Column("account", sa.String(length=40), nullable=False),
        sa.Column("free_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("account", name=op.f("pk_account_paces")),
    )
    op.create_table(
        "mailboxes",
        sa.Column("account", sa.String(length=40), nullable=False),
        sa.Column("uid_validity", sa.BigInteger(), nullable=False),
        sa.Column("uid_last", sa.BigInteger(), nullable=False),
        sa.Column("looked_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("account", name=op.f("pk_mailboxes")),
    )
    op.create_table(
        "visitors",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("merchant", sa.String(length=40), nullable=False),
        sa.Column("account", sa.String(length=40), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("read_to", sa.String(length=40), nullable=True),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("seen_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visitors")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_visitors_token_hash")),
    )


def downgrade() -> None:
    for table in ("visitors", "mailboxes", "account_paces", "message_templates", "canned_replies"):
        op.drop_table(table)
    for table, column in reversed(_columns()):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column(column.name)
