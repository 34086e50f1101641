"""Indexes for the lists that grew slower with the table. Only indexes, so older code runs beside it.

Revision: 0003, after 0002
"""

from typing import Any

import sqlalchemy as sa
from alembic import context, op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_APPROVED_ONLY = sa.text("approval IS NOT NULL")

INDEXES: tuple[tuple[str, str, list[str], dict[str, Any]], ...] = (
    (
        "ix_journal_entries_served",
        "journal_entries",
        ["merchant", "customer", "agent", "position"],
        {},
    ),
    ("ix_links_state", "links", ["merchant", "state", "id"], {}),
    ("ix_links_reference_id", "links", ["merchant", "reference", "id"], {}),
    (
        "ix_links_approval",
        "links",
        ["merchant", "approval", "id"],
        {"sqlite_where": _APPROVED_ONLY, "postgresql_where": _APPROVED_ONLY},
    ),
    ("ix_transactions_kind", "transactions", ["merchant", "kind", "id"], {}),
    ("ix_transactions_currency", "transactions", ["merchant", "currency", "id"], {}),
    ("ix_transactions_listed", "transactions", ["merchant", "account", "id"], {}),
)
# `ix_links_reference_id` does its work too.
REPLACED: tuple[tuple[str, str, list[str], dict[str, Any]], ...] = (
    ("ix_links_reference", "links", ["merchant", "reference"], {}),
)


def upgrade() -> None:
    _exchange(make=INDEXES, drop=REPLACED)


def downgrade() -> None:
    _exchange(make=REPLACED, drop=INDEXES)


def _exchange(
    *,
    make: tuple[tuple[str, str, list[str], dict[str, Any]], ...],
    drop: tuple[tuple[str, str, list[str], dict[str, Any]], ...],
) -> None:
    if not context.config.attributes.get("concurrently"):
        for name, table, columns, options in make:
            op.create_index(name, table, columns, unique=False, **options)
        for name, table, _, _ in drop:
            op.drop_index(name, table_name=table)
        return
    # Appends go on meanwhile. What an earlier run left half made is made anew.
    with op.get_context().autocommit_block():
        for name, table, columns, options in make:
            op.drop_index(name, table_name=table, if_exists=True, postgresql_concurrently=True)
            op.create_index(
                name, table, columns, unique=False, postgresql_concurrently=True, **options
            )
        for name, table, _, _ in drop:
            op.drop_index(name, table_name=table, if_exists=True, postgresql_concurrently=True)
