"""How far each thread was read.

Revision: 0009, after 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("conversations", sa.Column("read_to", sa.String(40), nullable=True))
    # What was said before there were marks is nobody's to catch up with.
    op.execute(
        "UPDATE conversations SET read_to ="
        " (SELECT max(messages.id) FROM messages WHERE messages.conversation = conversations.id)"
    )


def downgrade() -> None:
    with op.batch_alter_table("conversations") as table:
        table.drop_column("read_to")
