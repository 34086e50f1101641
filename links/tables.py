"""The room's tables."""

import sqlalchemy as sa

from core.database import JsonText, UtcDateTime, metadata

# Most links need no approval, and then cost this index nothing.
_APPROVED_ONLY = sa.text("approval IS NOT NULL")

links = sa.Table(
    "links",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("merchant", sa.String(40), sa.ForeignKey("merchants.id"), nullable=False),
    sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
    sa.Column("token", sa.Text, nullable=False),  # sealed
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("payment", sa.String(40), sa.ForeignKey("payments.id"), nullable=False),
    sa.Column("customer", sa.String(40)),
    sa.Column("agent", sa.String(40)),
    sa.Column("usage", sa.String(8), nullable=False),
    sa.Column("locale", sa.String(16)),
    sa.Column("description", sa.Text, nullable=False),  # sealed
    sa.Column("reference", sa.String(200)),
    sa.Column("details", sa.Text, nullable=False),  # sealed JSON: metadata
    # What stands in for it, once a newer link for the same payment was made.
    sa.Column("superseded_by", sa.String(40)),
    # Above a limit a second person has to agree first: waiting, approved, rejected.
    sa.Column("approval", sa.String(12)),
    # The PSP account that the link's maker chose; None: by the merchant's routing.
    sa.Column("account", sa.String(40)),
    # Counts what the customer is shown: amount, description. A page that shows an older one cannot pay.
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("expires_at", UtcDateTime, nullable=False),
    # How often a customer took more time, and when one last asked for a new link.
    sa.Column("extensions", sa.Integer, nullable=False, server_default="0"),
    sa.Column("renewal_asked_at", UtcDateTime),
    sa.Column("step", sa.String(16), nullable=False),
    sa.Column("progress", JsonText, nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("updated_at", UtcDateTime, nullable=False),
    sa.Index("ix_links_merchant", "merchant", "id"),
    sa.Index("ix_links_agent", "merchant", "agent", "id"),
    sa.Index("ix_links_customer", "merchant", "customer", "id"),
    sa.Index("ix_links_reference_id", "merchant", "reference", "id"),
    sa.Index("ix_links_state", "merchant", "state", "id"),
    sa.Index(
        "ix_links_approval",
        "merchant",
        "approval",
        "id",
        sqlite_where=_APPROVED_ONLY,
        postgresql_where=_APPROVED_ONLY,
    ),
)

page_views = sa.Table(
    "page_views",
    metadata,
    sa.Column("page", sa.String(40), primary_key=True),
    sa.Column("link", sa.String(40), sa.ForeignKey("links.id"), nullable=False, index=True),
    sa.Column("device", sa.String(16)),
    sa.Column("fetched", sa.Boolean, nullable=False),
    sa.Column("opened", sa.Boolean, nullable=False),
    sa.Column("present", sa.Boolean, nullable=False),
    sa.Column("reports", sa.Integer, nullable=False),
    sa.Column("seen_at", UtcDateTime, nullable=False),
    sa.Column("leaving_at", UtcDateTime),
    # Whether this view shows the agents no more than opened, submitted and how it ended.
    sa.Column("coarse", sa.Boolean, nullable=False, server_default=sa.false()),
)

merchant_logos = sa.Table(
    "merchant_logos",
    metadata,
    sa.Column("merchant", sa.String(40), sa.ForeignKey("merchants.id"), primary_key=True),
    sa.Column("media_type", sa.String(24), nullable=False),
    sa.Column("image", sa.LargeBinary, nullable=False),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("width", sa.Integer, nullable=False),
    sa.Column("height", sa.Integer, nullable=False),
    sa.Column("updated_at", UtcDateTime, nullable=False),
    sa.Column("updated_by", sa.String(60), nullable=False),
)

# Payments whose customer has said how it was.
survey_answers = sa.Table(
    "survey_answers",
    metadata,
    sa.Column("payment", sa.String(40), primary_key=True),
    sa.Column("merchant", sa.String(40), nullable=False),
    sa.Column("link", sa.String(40), nullable=False),
    sa.Column("answered_at", UtcDateTime, nullable=False),
)

# Which messages are receipts, of which payment, and to whom they went.
receipt_messages = sa.Table(
    "receipt_messages",
    metadata,
    sa.Column("message", sa.String(40), primary_key=True),
    sa.Column("merchant", sa.String(40), nullable=False),
    sa.Column("payment", sa.String(40), nullable=False),
    sa.Column("address_hash", sa.String(64), nullable=False),
    # The event that one sent by itself follows; None where the customer asked.
    sa.Column("cause", sa.String(40)),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Index("ix_receipt_messages_payment", "payment"),
    sa.Index("ix_receipt_messages_address", "merchant", "address_hash", "created_at"),
)
