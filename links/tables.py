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
)
