"""How far each destination has been told of a journal's anchors.

Revision: 0019, after 0018
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "journal_anchor_sends",
        sa.Column("destination", sa.String(200), nullable=False),
        sa.Column("merchant", sa.String(40), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("destination", "merchant", name="pk_journal_anchor_sends"),
    )


def downgrade() -> None:
    op.drop_table("journal_anchor_sends")
