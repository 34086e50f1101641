"""What the pay page was seen to run, and what browsers reported that they stopped."""

import sqlalchemy as sa

from core.database import JsonText, UtcDateTime, metadata

# One PSP account, one check: its page is the merchant's with this PSP's script.
page_checks = sa.Table(
    "page_checks",
    metadata,
    sa.Column("account", sa.String(40), sa.ForeignKey("gateway_accounts.id"), primary_key=True),
    sa.Column("merchant", sa.String(40), sa.ForeignKey("merchants.id"), nullable=False, index=True),
    # The address of the page that is looked at is kept nowhere: it is derived from the account.
    sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("checked_at", UtcDateTime),
    sa.Column("tried_at", UtcDateTime),
    # What differed from our own rendering when it was last looked at; what an admin has accepted of that.
    sa.Column("found", JsonText, nullable=False),
    sa.Column("accepted", JsonText, nullable=False),
    sa.Column("accepted_by", sa.String(80)),
    sa.Column("accepted_at", UtcDateTime),
    # Our own rendering of that time: during an upgrade other processes still serve it.
    sa.Column("expected", JsonText, nullable=False),
    # The PSP's script, whose body is the PSP's to change: address, hash, length, since when.
    sa.Column("psp_scripts", JsonText, nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
)

page_reports = sa.Table(
    "page_reports",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("merchant", sa.String(40), sa.ForeignKey("merchants.id"), nullable=False),
    sa.Column("directive", sa.String(40), nullable=False),
    sa.Column("blocked", sa.String(200), nullable=False),  # an origin, or `inline`, `eval`, …
    sa.Column("enforced", sa.Boolean, nullable=False),
    sa.Column("example", sa.String(300), nullable=False),  # origin and path of the first one
    sa.Column("source", sa.String(300)),  # the file that asked for it
    sa.Column("count", sa.BigInteger, nullable=False),
    sa.Column("first_at", UtcDateTime, nullable=False),
    sa.Column("last_at", UtcDateTime, nullable=False),
    sa.Column("told_at", UtcDateTime, nullable=False),
    sa.UniqueConstraint("merchant", "directive", "blocked", "enforced"),
    sa.Index("ix_page_reports_merchant", "merchant", "id"),
)
