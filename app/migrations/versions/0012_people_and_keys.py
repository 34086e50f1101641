"""People run by their merchant: second factors, past passwords, tickets; API keys with scopes and an end.

Revision: 0012, after 0011
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_OF_USERS: tuple[tuple[str, Any], ...] = (
    ("signed_in_at", _MOMENT),
    ("password_changed_at", _MOMENT),
    ("past_passwords", sa.Text()),
    ("totp_secret", sa.Text()),
    ("totp_since", _MOMENT),
    ("totp_step", sa.BigInteger()),
    ("recovery_codes", sa.Text()),
)
_OF_KEYS: tuple[tuple[str, Any], ...] = (
    ("scopes", sa.Text()),
    ("networks", sa.Text()),
    ("expires_at", _MOMENT),
    ("created_by", sa.String(60)),
    ("used_at", _MOMENT),
    ("used_from", sa.String(64)),
)


def upgrade() -> None:
    for name, kind in _OF_USERS:
        op.add_column("users", sa.Column(name, kind, nullable=True))
    op.add_column(
        "users",
        sa.Column("password_must_change", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    # Nobody's password is old, and nobody has been away for long, because we did not count before.
    op.execute(
        "UPDATE users SET signed_in_at = CURRENT_TIMESTAMP, password_changed_at = CURRENT_TIMESTAMP"
    )
    for name, kind in _OF_KEYS:
        op.add_column("api_keys", sa.Column(name, kind, nullable=True))
    op.add_column("sessions", sa.Column("device", sa.String(60), nullable=True))
    op.create_table(
        "access_tickets",
        sa.Column("ticket_hash", sa.String(64), nullable=False),
        sa.Column("purpose", sa.String(16), nullable=False),
        sa.Column("user", sa.String(40), nullable=False),
        sa.Column("merchant", sa.String(40), nullable=False),
        sa.Column("step", sa.String(16)),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["user"], ["users.id"], name="fk_access_tickets_user_users"),
        sa.PrimaryKeyConstraint("ticket_hash", name="pk_access_tickets"),
    )
    op.create_index("ix_access_tickets_user", "access_tickets", ["user"])
    op.create_index("ix_access_tickets_expires_at", "access_tickets", ["expires_at"])


def downgrade() -> None:
    op.drop_table("access_tickets")
    op.drop_column("sessions", "device")
    for name, _ in _OF_KEYS:
        op.drop_column("api_keys", name)
    op.drop_column("users", "password_must_change")
    for name, _ in _OF_USERS:
        op.drop_column("users", name)
