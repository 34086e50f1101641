"""Refunds are found by where they stand.

Revision: 0010, after 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_REFUNDS = sa.text("kind = 'refund'")


def upgrade() -> None:
    op.create_index(
        "ix_money_orders_refunds",
        "money_orders",
        ["merchant", "state", "id"],
        sqlite_where=_REFUNDS,
        postgresql_where=_REFUNDS,
    )


def downgrade() -> None:
    op.drop_index(
        "ix_money_orders_refunds",
        table_name="money_orders",
        sqlite_where=_REFUNDS,
        postgresql_where=_REFUNDS,
    )
