"""The room's tables. Amounts are minor units of the currency beside them."""

import sqlalchemy as sa

from core.database import JsonText, UtcDateTime, metadata
from payments.states import LIVE

gateway_accounts = sa.Table(
    "gateway_accounts",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("merchant", sa.String(40), sa.ForeignKey("merchants.id"), nullable=False, index=True),
    sa.Column("provider", sa.String(24), nullable=False),
    sa.Column("config", sa.Text, nullable=False),  # sealed JSON
    sa.Column("active", sa.Boolean, nullable=False),
    # Which payments go here, and in what order accounts are tried: `payments.routing` reads it.
    sa.Column("priority", sa.Integer, nullable=False),
    sa.Column("routing", JsonText, nullable=False),
    sa.Column("updated_at", UtcDateTime, nullable=False),
)

payments = sa.Table(
    "payments",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("merchant", sa.String(40), sa.ForeignKey("merchants.id"), nullable=False),
    # What invited the payment, whose work it is and who owes it: ids of other rooms, kept for the journal.
    sa.Column("link", sa.String(40), nullable=False, index=True),
    sa.Column("agent", sa.String(40)),
    sa.Column("customer", sa.String(40)),
    sa.Column("currency", sa.String(3), nullable=False),
    sa.Column("amount_due", sa.BigInteger, nullable=False),
    # The least that the customer may pay at a time; None: all of it.
    sa.Column("amount_minimum", sa.BigInteger),
    # True for the debt that a multi-use link offers: each customer who takes it up owes a copy of it.
    sa.Column("offer", sa.Boolean, nullable=False),
    # Who took a multi-use link up: a hash of what their browser's tab knows.
    sa.Column("payer", sa.String(64)),
    sa.Column("amount_authorised", sa.BigInteger, nullable=False),
    sa.Column("amount_captured", sa.BigInteger, nullable=False),
    sa.Column("amount_refunded", sa.BigInteger, nullable=False),
    sa.Column("capture", sa.String(12), nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("refund_state", sa.String(12), nullable=False),
    sa.Column("dispute_state", sa.String(12), nullable=False),
    # False once the invitation has ended (expired, cancelled): money that still comes is late.
    sa.Column("invited", sa.Boolean, nullable=False),
    # The codes of its flags that nobody has cleared yet, for lists; `payment_flags` has the whole.
    sa.Column("flags", JsonText, nullable=False),
    sa.Column("paid_at", UtcDateTime),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("updated_at", UtcDateTime, nullable=False),
    sa.UniqueConstraint("link", "payer"),
    sa.Index("ix_payments_merchant", "merchant", "id"),
    sa.Index("ix_payments_customer", "merchant", "customer", "id"),
)

_LIVE_ONLY = sa.text("state IN ({})".format(", ".join(f"'{state}'" for state in sorted(LIVE))))
_WAITING_ONLY = sa.text("review = 'waiting'")
_REFUNDS_ONLY = sa.text("kind = 'refund'")

attempts = sa.Table(
    "attempts",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("merchant", sa.String(40), nullable=False),
    sa.Column("payment", sa.String(40), sa.ForeignKey("payments.id"), nullable=False, index=True),
    sa.Column("link", sa.String(40), nullable=False),
    sa.Column("account", sa.String(40), sa.ForeignKey("gateway_accounts.id"), nullable=False),
    sa.Column("reference", sa.String(255)),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("currency", sa.String(3), nullable=False),
    sa.Column("amount", sa.BigInteger, nullable=False),
    sa.Column("amount_captured", sa.BigInteger, nullable=False),
    sa.Column("amount_refunded", sa.BigInteger, nullable=False),
    # A held attempt is captured by order; an automatic one takes what was asked.
    sa.Column("capture", sa.String(12), nullable=False),
    # Where a person has to look before the money is taken: `payments.reviews` has the words.
    sa.Column("review", sa.String(12)),
    sa.Column("review_due_at", UtcDateTime),
    # A hash of the PSP's card token: the same submission sent again finds its own attempt.
    sa.Column("method_hash", sa.String(64), nullable=False),
    sa.Column("fingerprint", sa.String(64)),  # keyed hash
    sa.Column("card_brand", sa.String(24)),
    sa.Column("card_last4", sa.String(4)),
    sa.Column("card_country", sa.String(2)),
    sa.Column("origin", sa.String(64)),  # keyed hash of the customer's address
    sa.Column("device", sa.String(16)),
    # Keyed hashes (`payments.traces`): of the browser at its address, and of the card's bank range.
    sa.Column("device_key", sa.String(64)),
    sa.Column("bin_key", sa.String(64)),
    sa.Column("fraud", JsonText, nullable=False),
    sa.Column("fraud_completed", sa.Boolean, nullable=False),
    sa.Column("problem", sa.String(40)),
    # True when the PSP's intent may still be confirmed by somebody: it is cancelled before another try begins.
    sa.Column("loose", sa.Boolean, nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("updated_at", UtcDateTime, nullable=False),
    sa.UniqueConstraint("payment", "method_hash"),
    # The first law as a constraint: two live attempts of one payment cannot exist.
    sa.Index(
        "uq_attempts_live",
        "payment",
        unique=True,
        sqlite_where=_LIVE_ONLY,
        postgresql_where=_LIVE_ONLY,
    ),
    sa.Index("ix_attempts_reference", "account", "reference"),
    sa.Index("ix_attempts_fingerprint", "merchant", "fingerprint", "created_at"),
    sa.Index("ix_attempts_origin", "merchant", "origin", "created_at"),
    sa.Index("ix_attempts_link", "link", "created_at"),
    sa.Index("ix_attempts_device", "merchant", "device_key", "created_at"),
    sa.Index("ix_attempts_bin", "merchant", "bin_key", "created_at"),
    sa.Index("ix_attempts_merchant", "merchant", "created_at"),
    sa.Index(
        "ix_attempts_review",
        "merchant",
        "id",
        sqlite_where=_WAITING_ONLY,
        postgresql_where=_WAITING_ONLY,
    ),
)

# What we told a PSP to do with money of an attempt: to capture it, or to give it back.
money_orders = sa.Table(
    "money_orders",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("merchant", sa.String(40), nullable=False),
    sa.Column("payment", sa.String(40), sa.ForeignKey("payments.id"), nullable=False, index=True),
    sa.Column("attempt", sa.String(40), sa.ForeignKey("attempts.id"), nullable=False, index=True),
    sa.Column("account", sa.String(40), sa.ForeignKey("gateway_accounts.id"), nullable=False),
    sa.Column("kind", sa.String(12), nullable=False),  # capture | release | refund
    sa.Column("state", sa.String(20), nullable=False),
    sa.Column("currency", sa.String(3), nullable=False),
    sa.Column("amount", sa.BigInteger, nullable=False),
    sa.Column("reference", sa.String(255)),
    sa.Column("reason", sa.String(40)),
    sa.Column("problem", sa.String(200)),
    sa.Column("ordered_by", sa.String(60), nullable=False),  # an actor, as the journal writes it
    sa.Column("approved_by", sa.String(60)),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("updated_at", UtcDateTime, nullable=False),
    sa.Index("ix_money_orders_reference", "account", "reference"),
    sa.Index(
        "ix_money_orders_refunds",
        "merchant",
        "state",
        "id",
        sqlite_where=_REFUNDS_ONLY,
        postgresql_where=_REFUNDS_ONLY,
    ),
)

disputes = sa.Table(
    "disputes",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("merchant", sa.String(40), nullable=False),
    sa.Column("payment", sa.String(40), sa.ForeignKey("payments.id"), nullable=False, index=True),
    sa.Column("attempt", sa.String(40), sa.ForeignKey("attempts.id"), nullable=False),
    sa.Column("account", sa.String(40), nullable=False),
    sa.Column("reference", sa.String(255), nullable=False),
    sa.Column("state", sa.String(12), nullable=False),
    sa.Column("currency", sa.String(3), nullable=False),
    sa.Column("amount", sa.BigInteger, nullable=False),
    sa.Column("reason", sa.String(80)),
    sa.Column("withdrawn", sa.Boolean, nullable=False),
    sa.Column("respond_by", UtcDateTime),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("updated_at", UtcDateTime, nullable=False),
    sa.UniqueConstraint("account", "reference"),
)

# Facts that a person must look at: overpaid, amount_mismatch, paid_late, second_reference, second_live.
payment_flags = sa.Table(
    "payment_flags",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("merchant", sa.String(40), nullable=False),
    sa.Column("payment", sa.String(40), sa.ForeignKey("payments.id"), nullable=False),
    sa.Column("code", sa.String(24), nullable=False),
    # What it is about, so that each surprise is told once: an attempt, or a reference of the PSP.
    sa.Column("subject", sa.String(255), nullable=False),
    sa.Column("attempt", sa.String(40)),
    sa.Column("raised_at", UtcDateTime, nullable=False),
    sa.Column("cleared_at", UtcDateTime),
    sa.Column("cleared_by", sa.String(60)),
    sa.Column("note", sa.String(500)),
    sa.UniqueConstraint("payment", "code", "subject"),
)

transactions = sa.Table(
    "transactions",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("merchant", sa.String(40), nullable=False),
    sa.Column("payment", sa.String(40), nullable=False, index=True),
    sa.Column("attempt", sa.String(40)),
    sa.Column("account", sa.String(40), nullable=False),
    sa.Column("kind", sa.String(12), nullable=False),  # charge | capture | refund | dispute
    sa.Column("reference", sa.String(255), nullable=False),
    sa.Column("currency", sa.String(3), nullable=False),
    # Signed: what came to the merchant is positive, what went from them negative.
    sa.Column("amount", sa.BigInteger, nullable=False),
    sa.Column("occurred_at", UtcDateTime, nullable=False),
    # One movement of money is one row, however often it is reported.
    sa.UniqueConstraint("account", "kind", "reference"),
    sa.Index("ix_transactions_merchant", "merchant", "id"),
    sa.Index("ix_transactions_account", "account", "occurred_at"),
    sa.Index("ix_transactions_kind", "merchant", "kind", "id"),
    sa.Index("ix_transactions_currency", "merchant", "currency", "id"),
    sa.Index("ix_transactions_listed", "merchant", "account", "id"),
)

psp_events = sa.Table(
    "psp_events",
    metadata,
    sa.Column("account", sa.String(40), primary_key=True),
    sa.Column("event", sa.String(255), primary_key=True),
    sa.Column("merchant", sa.String(40), nullable=False),
    sa.Column("type", sa.String(80), nullable=False),
    sa.Column("state", sa.String(12), nullable=False),  # waiting | done | unmatched
    sa.Column("body", sa.Text),  # sealed, while it waits
    sa.Column("received_at", UtcDateTime, nullable=False),
)
