"""Indexes for the columns of 0004. Only indexes, so they can be made while messages go on.

Revision: 0005, after 0004
"""

from alembic import context, op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

INDEXES: tuple[tuple[str, str, list[str]], ...] = (
    ("ix_customers_merged_into", "customers", ["merged_into"]),
    ("ix_conversations_listed", "conversations", ["merchant", "state", "last_message_at"]),
)


def upgrade() -> None:
    if not context.config.attributes.get("concurrently"):
        for name, table, columns in INDEXES:
            op.create_index(name, table, columns, unique=False)
        return
    # What an earlier run left half made is made anew.
    with op.get_context().autocommit_block():
        for name, table, columns in INDEXES:
            op.drop_index(name, table_name=table, if_exists=True, postgresql_concurrently=True)
            op.create_index(name, table, columns, unique=False, postgresql_concurrently=True)


def downgrade() -> None:
    for name, table, _ in INDEXES:
        op.drop_index(name, table_name=table)
