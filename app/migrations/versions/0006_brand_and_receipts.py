"""What the pay page shows of a merchant, receipts that were sent, and how much of its progress a customer shows.

Revision: 0006, after 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "merchant_logos",
        sa.Column("merchant", sa.String(length=40), nullable=False),
        sa.Column("media_type", sa.String(length=24), nullable=False),
        sa.Column("image", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["merchant"], ["merchants.id"], name=op.f("fk_merchant_logos_merchant_merchants")
        ),
        sa.PrimaryKeyConstraint("merchant", name=op.f("pk_merchant_logos")),
    )
    op.create_table(
        "receipt_messages",
        sa.Column("message", sa.String(length=40), nullable=False),
        sa.Column("merchant", sa.String(length=40), nullable=False),
        sa.Column("payment", sa.String(length=40), nullable=False),
        sa.Column("address_hash", sa.String(length=64), nullable=False),
        sa.Column("cause", sa.String(length=40), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("message", name=op.f("pk_receipt_messages")),
    )
    op.create_index("ix_receipt_messages_payment", "receipt_messages", ["payment"])
    op.create_index(
        "ix_receipt_messages_address",
        "receipt_messages",
        ["merchant", "address_hash", "created_at"],
    )
    op.add_column("messages", sa.Column("purpose", sa.String(length=24), nullable=True))
    # Processes of the version before go on writing rows while an installation is upgraded.
    op.add_column(
        "page_views",
        sa.Column("coarse", sa.Boolean(), server_default=sa.false(), nullable=False),
    )


def downgrade() -> None:
    op.drop_column("page_views", "coarse")
    op.drop_column("messages", "purpose")
    op.drop_table("receipt_messages")
    op.drop_table("merchant_logos")
