"""Single sign-on: sign-ins that are at the provider, and which user an account there is.

Revision: 0014, after 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "sso_logins",
        sa.Column("state_hash", sa.String(64), nullable=False),
        sa.Column("browser_hash", sa.String(64), nullable=False),
        sa.Column("merchant", sa.String(40), nullable=False),
        sa.Column("return_to", sa.String(210), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["merchant"], ["merchants.id"], name="fk_sso_logins_merchant_merchants"
        ),
        sa.PrimaryKeyConstraint("state_hash", name="pk_sso_logins"),
    )
    op.create_index("ix_sso_logins_expires_at", "sso_logins", ["expires_at"])
    op.create_table(
        "sso_identities",
        sa.Column("subject_hash", sa.String(64), nullable=False),
        sa.Column("merchant", sa.String(40), nullable=False),
        sa.Column("user", sa.String(40), nullable=False),
        sa.Column("issuer", sa.String(500), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["user"], ["users.id"], name="fk_sso_identities_user_users"),
        sa.PrimaryKeyConstraint("subject_hash", name="pk_sso_identities"),
        sa.UniqueConstraint("user", name="uq_sso_identities_user"),
    )


def downgrade() -> None:
    op.drop_table("sso_identities")
    op.drop_table("sso_logins")
