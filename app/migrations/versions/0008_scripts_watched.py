"""What the pay page was seen to run, and what browsers reported.

Revision: 0008, after 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "page_checks",
        sa.Column("account", sa.String(40), nullable=False),
        sa.Column("merchant", sa.String(40), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("checked_at", _MOMENT),
        sa.Column("tried_at", _MOMENT),
        sa.Column("found", sa.Text(), nullable=False),
        sa.Column("accepted", sa.Text(), nullable=False),
        sa.Column("accepted_by", sa.String(80)),
        sa.Column("accepted_at", _MOMENT),
        sa.Column("expected", sa.Text(), nullable=False),
        sa.Column("psp_scripts", sa.Text(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["account"], ["gateway_accounts.id"], name="fk_page_checks_account_gateway_accounts"
        ),
        sa.ForeignKeyConstraint(
            ["merchant"], ["merchants.id"], name="fk_page_checks_merchant_merchants"
        ),
        sa.PrimaryKeyConstraint("account", name="pk_page_checks"),
        sa.UniqueConstraint("token_hash", name="uq_page_checks_token_hash"),
    )
    op.create_index("ix_page_checks_merchant", "page_checks", ["merchant"])
    op.create_table(
        "page_reports",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("merchant", sa.String(40), nullable=False),
        sa.Column("directive", sa.String(40), nullable=False),
        sa.Column("blocked", sa.String(200), nullable=False),
        sa.Column("enforced", sa.Boolean(), nullable=False),
        sa.Column("example", sa.String(300), nullable=False),
        sa.Column("source", sa.String(300)),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("first_at", _MOMENT, nullable=False),
        sa.Column("last_at", _MOMENT, nullable=False),
        sa.Column("told_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["merchant"], ["merchants.id"], name="fk_page_reports_merchant_merchants"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_page_reports"),
        sa.UniqueConstraint(
            "merchant",
            "directive",
            "blocked",
            "enforced",
            name="uq_page_reports_merchant_directive_blocked_enforced",
        ),
    )
    op.create_index("ix_page_reports_merchant", "page_reports", ["merchant", "id"])


def downgrade() -> None:
    op.drop_table("page_reports")
    op.drop_table("page_checks")
