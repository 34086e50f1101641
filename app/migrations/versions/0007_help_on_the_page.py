"""Help on the pay page: how often a customer took more time, and when one asked for a new link.

Revision: 0007, after 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "links", sa.Column("extensions", sa.Integer(), nullable=False, server_default="0")
    )
    op.add_column("links", sa.Column("renewal_asked_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("links", "renewal_asked_at")
    op.drop_column("links", "extensions")
