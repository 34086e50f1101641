"""What the last run of the retention rules deleted, by merchant.

Revision: 0016, after 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "retention_reports",
        sa.Column("merchant", sa.String(40), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rows", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["merchant"], ["merchants.id"], name="fk_retention_reports_merchant_merchants"
        ),
        sa.PrimaryKeyConstraint("merchant", name="pk_retention_reports"),
    )


def downgrade() -> None:
    op.drop_table("retention_reports")
