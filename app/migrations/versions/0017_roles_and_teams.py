"""Roles that merchants make themselves, out of named permissions.

Revision: 0017, after 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "custom_roles",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("merchant", sa.String(40), nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("base", sa.String(16), nullable=False),
        sa.Column("permissions", sa.Text(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("updated_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["merchant"], ["merchants.id"], name="fk_custom_roles_merchant_merchants"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_custom_roles"),
        sa.UniqueConstraint("merchant", "name", name="uq_custom_roles_merchant_name"),
    )
    op.add_column("users", sa.Column("custom_role", sa.String(40), nullable=True))


def downgrade() -> None:
    op.drop_column("users", "custom_role")
    op.drop_table("custom_roles")
