"""The first schema.

Revision: 0001, after None
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "addresses",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("merchant", sa.String(length=40), nullable=False),
        sa.Column("customer", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_addresses")),
        sa.UniqueConstraint(
            "merchant",
            "kind",
            "hash",
            "customer",
            name=op.f("uq_addresses_merchant_kind_hash_customer"),
        ),
    )
    with op.batch_alter_table("addresses", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_addresses_customer"), ["customer"], unique=False)

    op.create_table(
        "channel_accounts",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("merchant", sa.String(length=40), nullable=False),
        sa.Column("channel", sa.String(length=24), nullable=False),
        sa.Column("provider", sa.String(length=24), nullable=False),
        sa.Column("sender", sa.String(length=254), nullable=True),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channel_accounts")),
    )
    with op.batch_alter_table("channel_accounts", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_channel_accounts_merchant"), ["merchant"], unique=False
        )

    op.create_table(
        "consents",
        sa.Column("merchant", sa.String(length=40), nullable=False),
        sa.Column("channel", sa.String(length=24), nullable=False),
        sa.Column("address_hash", sa.String(length=64), nullable=False),
        sa.Column("customer", sa.String(length=40), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("changed_by", sa.String(length=80), nullable=False),
        sa.Column("how", sa.String(length=40), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("merchant", "channel", "address_hash", name=op.f("pk_consents")),
    )
    with op.batch_alter_table("consents", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consents_customer"), ["customer"], unique=False)

    op.create_table(
        "conversations",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("merchant", sa.String(length=40), nullable=False),
        sa.Column("channel", sa.String(length=24), nullable=False),
        sa.Column("address_hash", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("customer", sa.String(length=40), nullable=True),
        sa.Column("agent", sa.String(length=40), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_message_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversations")),
        sa.UniqueConstraint(
            "merchant",
            "channel",
            "address_hash",
            name=op.f("uq_conversations_merchant_channel_address_hash"),
        ),
    )
    with op.batch_alter_table("conversations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_conversations_customer"), ["customer"], unique=False)

    op.create_table(
        "customers",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("merchant", sa.String(length=40), nullable=False),
        sa.Column("external_id_hash", sa.String(length=64), nullable=True),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customers")),
        sa.UniqueConstraint(
            "merchant", "external_id_hash", name=op.f("uq_customers_merchant_external_id_hash")
        ),
    )
    with op.batch_alter_table("customers", schema=None) as batch_op:
        batch_op.create_index("ix_customers_merchant", ["merchant", "id"], unique=False)

    op.create_table(
        "deliveries",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("merchant", sa.String(length=40), nullable=False),
        sa.Column("message", sa.String(length=40), nullable=False),
        sa.Column("conversation", sa.String(length=40), nullable=False),
        sa.Column("link", sa.String(length=40), nullable=True),
        sa.Column("account", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("provider_id", sa.String(length=128), nullable=True),
        sa.Column("problem", sa.String(length=40), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint(
            "account", "provider_id", name=op.f("uq_deliveries_account_provider_id")
        ),
    )
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.create_index("ix_deliveries_conversation", ["conversation", "state"], unique=False)
        batch_op.create_index("ix_deliveries_link", ["merchant", "link", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_deliveries_message"), ["message"], unique=False)

    op.create_table(
        "feed_tickets",
        sa.Column("ticket_hash", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("caller", sa.String(length=40), nullable=False),
        sa.Column("session", sa.String(length=40), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("ticket_hash", name=op.f("pk_feed_tickets")),
    )
    with op.batch_alter_table("feed_tickets", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_feed_tickets_expires_at"), ["expires_at"], unique=False
        )

    op.create_table(
        "idempotency_answers",
        sa.Column("scope", sa.String(length=120), nullable=False),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("body_hash", sa.String(length=64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("scope", "key", name=op.f("pk_idempotency_answers")),
    )
    with op.batch_alter_table("idempotency_answers", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_idempotency_answers_created_at"), ["created_at"], unique=False
        )

    op.create_table(
        "journal_entries",
        sa.Column("merchant", sa.String(length=40), nullable=False),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("type", sa.String(length=48), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("link", sa.String(length=40), nullable=True),
        sa.Column("payment", sa.String(length=40), nullable=True),
        sa.Column("attempt", sa.String(length=40), nullable=True),
        sa.Column("customer", sa.String(length=40), nullable=True),
        sa.Column("conversation", sa.String(length=40), nullable=True),
        sa.Column("agent", sa.String(length=40), nullable=True),
        sa.Column("channel", sa.String(length=24), nullable=True),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("origin", sa.String(length=64), nullable=True),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=True),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("merchant", "position", name=op.f("pk_journal_entries")),
        sa.UniqueConstraint("id", name=op.f("uq_journal_entries_id")),
    )
    with op.batch_alter_table("journal_entries", schema=None) as batch_op:
        batch_op.create_index(
            "ix_journal_entries_agent", ["merchant", "agent", "position"], unique=False
        )
        batch_op.create_index(
            "ix_journal_entries_customer", ["merchant", "customer", "position"], unique=False
        )
        batch_op.create_index(
            "ix_journal_entries_link", ["merchant", "link", "position"], unique=False
        )
        batch_op.create_index(
            "ix_journal_entries_type", ["merchant", "type", "position"], unique=False
        )

    op.create_table(
        "journal_heads",
        sa.Column("merchant", sa.String(length=40), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("epoch", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("merchant", name=op.f("pk_journal_heads")),
    )
    op.create_table(
        "merchants",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("locale", sa.String(length=16), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merchants")),
    )
    op.create_table(
        "messages",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("merchant", sa.String(length=40), nullable=False),
        sa.Column("conversation", sa.String(length=40), nullable=False),
        sa.Column("customer", sa.String(length=40), nullable=True),
        sa.Column("link", sa.String(length=40), nullable=True),
        sa.Column("agent", sa.String(length=40), nullable=True),
        sa.Column("channel", sa.String(length=24), nullable=False),
        sa.Column("direction", sa.String(length=3), nullable=False),
        sa.Column("account", sa.String(length=40), nullable=True),
        sa.Column("provider_id", sa.String(length=128), nullable=True),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
        sa.UniqueConstraint("account", "provider_id", name=op.f("uq_messages_account_provider_id")),
    )
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.create_index("ix_messages_conversation", ["conversation", "id"], unique=False)
        batch_op.create_index("ix_messages_customer", ["merchant", "customer", "id"], unique=False)
        batch_op.create_index("ix_messages_link", ["merchant", "link"], unique=False)

    op.create_table(
        "psp_events",
        sa.Column("account", sa.String(length=40), nullable=False),
        sa.Column("event", sa.String(length=255), nullable=False),
        sa.Column("merchant", sa.String(length=40), nullable=False),
        sa.Column("type", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("account", "event", name=op.f("pk_psp_events")),
    )
    op.create_table(
        "transactions",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("merchant", sa.String(length=40), nullable=False),
        sa.Column("payment", sa.String(length=40), nullable=False),
        sa.Column("attempt", sa.String(length=40), nullable=True),
        sa.Column("account", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("reference", sa.String(length=255), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transactions")),
        sa.UniqueConstraint(
            "account", "kind", "reference", name=op.f("uq_transactions_account_kind_reference")
        ),
    )
    with op.batch_alter_table("transactions", schema=None) as batch_op:
        batch_op.create_index("ix_transactions_account", ["account", "occurred_at"], unique=False)
        batch_op.create_index("ix_transactions_merchant", ["merchant", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_transactions_payment"), ["payment"], unique=False)

    op.create_table(
        "vault_keys",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("merchant", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("master_key_id", sa.String(length=16), nullable=False),
        sa.Column("wrapped", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("destroyed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vault_keys")),
        sa.UniqueConstraint("merchant", "subject", name=op.f("uq_vault_keys_merchant_subject")),
    )
    op.create_table(
        "work",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease", sa.String(length=32), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work")),
        sa.UniqueConstraint("kind", "subject", name=op.f("uq_work_kind_subject")),
    )
    with op.batch_alter_table("work", schema=None) as batch_op:
        batch_op.create_index("ix_work_due_at", ["due_at"], unique=False)

    op.create_table(
        "api_keys",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("merchant", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["merchant"], ["merchants.id"], name=op.f("fk_api_keys_merchant")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_keys")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_api_keys_key_hash")),
    )
    with op.batch_alter_table("api_keys", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_api_keys_merchant"), ["merchant"], unique=False)

    op.create_table(
        "gateway_accounts",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("merchant", sa.String(length=40), nullable=False),
        sa.Column("provider", sa.String(length=24), nullable=False),
        sa.Column("config", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("routing", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["merchant"], ["merchants.id"], name=op.f("fk_gateway_accounts_merchant")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gateway_accounts")),
    )
    with op.batch_alter_table("gateway_accounts", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_gateway_accounts_merchant"), ["merchant"], unique=False
        )

    op.create_table(
        "merchant_settings",
        sa.Column("merchant", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["merchant"], ["merchants.id"], name=op.f("fk_merchant_settings_merchant")
        ),
        sa.PrimaryKeyConstraint("merchant", "name", name=op.f("pk_merchant_settings")),
    )
    op.create_table(
        "payments",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("merchant", sa.String(length=40), nullable=False),
        sa.Column("link", sa.String(length=40), nullable=False),
        sa.Column("agent", sa.String(length=40), nullable=True),
        sa.Column("customer", sa.String(length=40), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("amount_due", sa.BigInteger(), nullable=False),
        sa.Column("amount_minimum", sa.BigInteger(), nullable=True),
        sa.Column("offer", sa.Boolean(), nullable=False),
        sa.Column("payer", sa.String(length=64), nullable=True),
        sa.Column("amount_authorised", sa.BigInteger(), nullable=False),
        sa.Column("amount_captured", sa.BigInteger(), nullable=False),
        sa.Column("amount_refunded", sa.BigInteger(), nullable=False),
        sa.Column("capture", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("refund_state", sa.String(length=12), nullable=False),
        sa.Column("dispute_state", sa.String(length=12), nullable=False),
        sa.Column("invited", sa.Boolean(), nullable=False),
        sa.Column("flags", sa.Text(), nullable=False),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["merchant"], ["merchants.id"], name=op.f("fk_payments_merchant")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payments")),
        sa.UniqueConstraint("link", "payer", name=op.f("uq_payments_link_payer")),
    )
    with op.batch_alter_table("payments", schema=None) as batch_op:
        batch_op.create_index("ix_payments_customer", ["merchant", "customer", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_payments_link"), ["link"], unique=False)
        batch_op.create_index("ix_payments_merchant", ["merchant", "id"], unique=False)

    op.create_table(
        "users",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("merchant", sa.String(length=40), nullable=False),
        sa.Column("email_hash", sa.String(length=64), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("team", sa.String(length=40), nullable=True),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["merchant"], ["merchants.id"], name=op.f("fk_users_merchant")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("email_hash", name=op.f("uq_users_email_hash")),
    )
    with op.batch_alter_table("users", schema=None) as batch_op:
        batch_op.create_index("ix_users_merchant_team", ["merchant", "team"], unique=False)

    op.create_table(
        "attempts",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("merchant", sa.String(length=40), nullable=False),
        sa.Column("payment", sa.String(length=40), nullable=False),
        sa.Column("link", sa.String(length=40), nullable=False),
        sa.Column("account", sa.String(length=40), nullable=False),
        sa.Column("reference", sa.String(length=255), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("amount_captured", sa.BigInteger(), nullable=False),
        sa.Column("amount_refunded", sa.BigInteger(), nullable=False),
        sa.Column("capture", sa.String(length=12), nullable=False),
        sa.Column("review", sa.String(length=12), nullable=True),
        sa.Column("review_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("method_hash", sa.String(length=64), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=True),
        sa.Column("card_brand", sa.String(length=24), nullable=True),
        sa.Column("card_last4", sa.String(length=4), nullable=True),
        sa.Column("card_country", sa.String(length=2), nullable=True),
        sa.Column("origin", sa.String(length=64), nullable=True),
        sa.Column("device", sa.String(length=16), nullable=True),
        sa.Column("device_key", sa.String(length=64), nullable=True),
        sa.Column("bin_key", sa.String(length=64), nullable=True),
        sa.Column("fraud", sa.Text(), nullable=False),
        sa.Column("fraud_completed", sa.Boolean(), nullable=False),
        sa.Column("problem", sa.String(length=40), nullable=True),
        sa.Column("loose", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account"], ["gateway_accounts.id"], name=op.f("fk_attempts_account")
        ),
        sa.ForeignKeyConstraint(["payment"], ["payments.id"], name=op.f("fk_attempts_payment")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempts")),
        sa.UniqueConstraint("payment", "method_hash", name=op.f("uq_attempts_payment_method_hash")),
    )
    with op.batch_alter_table("attempts", schema=None) as batch_op:
        batch_op.create_index(
            "ix_attempts_bin", ["merchant", "bin_key", "created_at"], unique=False
        )
        batch_op.create_index(
            "ix_attempts_device", ["merchant", "device_key", "created_at"], unique=False
        )
        batch_op.create_index(
            "ix_attempts_fingerprint", ["merchant", "fingerprint", "created_at"], unique=False
        )
        batch_op.create_index("ix_attempts_link", ["link", "created_at"], unique=False)
        batch_op.create_index("ix_attempts_merchant", ["merchant", "created_at"], unique=False)
        batch_op.create_index(
            "ix_attempts_origin", ["merchant", "origin", "created_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_attempts_payment"), ["payment"], unique=False)
        batch_op.create_index("ix_attempts_reference", ["account", "reference"], unique=False)
        batch_op.create_index(
            "ix_attempts_review",
            ["merchant", "id"],
            unique=False,
            sqlite_where=sa.text("review = 'waiting'"),
            postgresql_where=sa.text("review = 'waiting'"),
        )
        batch_op.create_index(
            "uq_attempts_live",
            ["payment"],
            unique=True,
            sqlite_where=sa.text(
                "state IN ('authorised', 'challenged', 'processing', 'started', 'unknown')"
            ),
            postgresql_where=sa.text(
                "state IN ('authorised', 'challenged', 'processing', 'started', 'unknown')"
            ),
        )

    op.create_table(
        "links",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("merchant", sa.String(length=40), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("payment", sa.String(length=40), nullable=False),
        sa.Column("customer", sa.String(length=40), nullable=True),
        sa.Column("agent", sa.String(length=40), nullable=True),
        sa.Column("usage", sa.String(length=8), nullable=False),
        sa.Column("locale", sa.String(length=16), nullable=True),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("reference", sa.String(length=200), nullable=True),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("superseded_by", sa.String(length=40), nullable=True),
        sa.Column("approval", sa.String(length=12), nullable=True),
        sa.Column("account", sa.String(length=40), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("step", sa.String(length=16), nullable=False),
        sa.Column("progress", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["merchant"], ["merchants.id"], name=op.f("fk_links_merchant")),
        sa.ForeignKeyConstraint(["payment"], ["payments.id"], name=op.f("fk_links_payment")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_links")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_links_token_hash")),
    )
    with op.batch_alter_table("links", schema=None) as batch_op:
        batch_op.create_index("ix_links_agent", ["merchant", "agent", "id"], unique=False)
        batch_op.create_index("ix_links_customer", ["merchant", "customer", "id"], unique=False)
        batch_op.create_index("ix_links_merchant", ["merchant", "id"], unique=False)
        batch_op.create_index("ix_links_reference", ["merchant", "reference"], unique=False)

    op.create_table(
        "payment_flags",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("merchant", sa.String(length=40), nullable=False),
        sa.Column("payment", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=24), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("attempt", sa.String(length=40), nullable=True),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cleared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cleared_by", sa.String(length=60), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=True),
        sa.ForeignKeyConstraint(
            ["payment"], ["payments.id"], name=op.f("fk_payment_flags_payment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_flags")),
        sa.UniqueConstraint(
            "payment", "code", "subject", name=op.f("uq_payment_flags_payment_code_subject")
        ),
    )
    op.create_table(
        "reconciliations",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("merchant", sa.String(length=40), nullable=False),
        sa.Column("account", sa.String(length=40), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.Column("sums", sa.Text(), nullable=False),
        sa.Column("differences", sa.Text(), nullable=False),
        sa.Column("differences_count", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account"], ["gateway_accounts.id"], name=op.f("fk_reconciliations_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reconciliations")),
        sa.UniqueConstraint("account", "day", name=op.f("uq_reconciliations_account_day")),
    )
    with op.batch_alter_table("reconciliations", schema=None) as batch_op:
        batch_op.create_index(
            "ix_reconciliations_merchant", ["merchant", "day", "id"], unique=False
        )

    op.create_table(
        "sessions",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("user", sa.String(length=40), nullable=False),
        sa.Column("merchant", sa.String(length=40), nullable=False),
        sa.Column("origin", sa.String(length=64), nullable=True),
        sa.Column("origin_hash", sa.String(length=64), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user"], ["users.id"], name=op.f("fk_sessions_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sessions_token_hash")),
    )
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.create_index(
            "ix_sessions_origin", ["user", "origin_hash", "seen_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_sessions_user"), ["user"], unique=False)

    op.create_table(
        "disputes",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("merchant", sa.String(length=40), nullable=False),
        sa.Column("payment", sa.String(length=40), nullable=False),
        sa.Column("attempt", sa.String(length=40), nullable=False),
        sa.Column("account", sa.String(length=40), nullable=False),
        sa.Column("reference", sa.String(length=255), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=80), nullable=True),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("respond_by", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["attempt"], ["attempts.id"], name=op.f("fk_disputes_attempt")),
        sa.ForeignKeyConstraint(["payment"], ["payments.id"], name=op.f("fk_disputes_payment")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disputes")),
        sa.UniqueConstraint("account", "reference", name=op.f("uq_disputes_account_reference")),
    )
    with op.batch_alter_table("disputes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_disputes_payment"), ["payment"], unique=False)

    op.create_table(
        "money_orders",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("merchant", sa.String(length=40), nullable=False),
        sa.Column("payment", sa.String(length=40), nullable=False),
        sa.Column("attempt", sa.String(length=40), nullable=False),
        sa.Column("account", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("reference", sa.String(length=255), nullable=True),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("problem", sa.String(length=200), nullable=True),
        sa.Column("ordered_by", sa.String(length=60), nullable=False),
        sa.Column("approved_by", sa.String(length=60), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account"], ["gateway_accounts.id"], name=op.f("fk_money_orders_account")
        ),
        sa.ForeignKeyConstraint(["attempt"], ["attempts.id"], name=op.f("fk_money_orders_attempt")),
        sa.ForeignKeyConstraint(["payment"], ["payments.id"], name=op.f("fk_money_orders_payment")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_money_orders")),
    )
    with op.batch_alter_table("money_orders", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_money_orders_attempt"), ["attempt"], unique=False)
        batch_op.create_index(batch_op.f("ix_money_orders_payment"), ["payment"], unique=False)
        batch_op.create_index("ix_money_orders_reference", ["account", "reference"], unique=False)

    op.create_table(
        "page_views",
        sa.Column("page", sa.String(length=40), nullable=False),
        sa.Column("link", sa.String(length=40), nullable=False),
        sa.Column("device", sa.String(length=16), nullable=True),
        sa.Column("fetched", sa.Boolean(), nullable=False),
        sa.Column("opened", sa.Boolean(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("leaving_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["link"], ["links.id"], name=op.f("fk_page_views_link")),
        sa.PrimaryKeyConstraint("page", name=op.f("pk_page_views")),
    )
    with op.batch_alter_table("page_views", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_page_views_link"), ["link"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("page_views", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_page_views_link"))

    op.drop_table("page_views")
    with op.batch_alter_table("money_orders", schema=None) as batch_op:
        batch_op.drop_index("ix_money_orders_reference")
        batch_op.drop_index(batch_op.f("ix_money_orders_payment"))
        batch_op.drop_index(batch_op.f("ix_money_orders_attempt"))

    op.drop_table("money_orders")
    with op.batch_alter_table("disputes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_disputes_payment"))

    op.drop_table("disputes")
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sessions_user"))
        batch_op.drop_index("ix_sessions_origin")

    op.drop_table("sessions")
    with op.batch_alter_table("reconciliations", schema=None) as batch_op:
        batch_op.drop_index("ix_reconciliations_merchant")

    op.drop_table("reconciliations")
    op.drop_table("payment_flags")
    with op.batch_alter_table("links", schema=None) as batch_op:
        batch_op.drop_index("ix_links_reference")
        batch_op.drop_index("ix_links_merchant")
        batch_op.drop_index("ix_links_customer")
        batch_op.drop_index("ix_links_agent")

    op.drop_table("links")
    with op.batch_alter_table("attempts", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_attempts_live",
            sqlite_where=sa.text(
                "state IN ('authorised', 'challenged', 'processing', 'started', 'unknown')"
            ),
            postgresql_where=sa.text(
                "state IN ('authorised', 'challenged', 'processing', 'started', 'unknown')"
            ),
        )
        batch_op.drop_index(
            "ix_attempts_review",
            sqlite_where=sa.text("review = 'waiting'"),
            postgresql_where=sa.text("review = 'waiting'"),
        )
        batch_op.drop_index("ix_attempts_reference")
        batch_op.drop_index(batch_op.f("ix_attempts_payment"))
        batch_op.drop_index("ix_attempts_origin")
        batch_op.drop_index("ix_attempts_merchant")
        batch_op.drop_index("ix_attempts_link")
        batch_op.drop_index("ix_attempts_fingerprint")
        batch_op.drop_index("ix_attempts_device")
        batch_op.drop_index("ix_attempts_bin")

    op.drop_table("attempts")
    with op.batch_alter_table("users", schema=None) as batch_op:
        batch_op.drop_index("ix_users_merchant_team")

    op.drop_table("users")
    with op.batch_alter_table("payments", schema=None) as batch_op:
        batch_op.drop_index("ix_payments_merchant")
        batch_op.drop_index(batch_op.f("ix_payments_link"))
        batch_op.drop_index("ix_payments_customer")

    op.drop_table("payments")
    op.drop_table("merchant_settings")
    with op.batch_alter_table("gateway_accounts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_gateway_accounts_merchant"))

    op.drop_table("gateway_accounts")
    with op.batch_alter_table("api_keys", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_api_keys_merchant"))

    op.drop_table("api_keys")
    with op.batch_alter_table("work", schema=None) as batch_op:
        batch_op.drop_index("ix_work_due_at")

    op.drop_table("work")
    op.drop_table("vault_keys")
    with op.batch_alter_table("transactions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_transactions_payment"))
        batch_op.drop_index("ix_transactions_merchant")
        batch_op.drop_index("ix_transactions_account")

    op.drop_table("transactions")
    op.drop_table("psp_events")
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.drop_index("ix_messages_link")
        batch_op.drop_index("ix_messages_customer")
        batch_op.drop_index("ix_messages_conversation")

    op.drop_table("messages")
    op.drop_table("merchants")
    op.drop_table("journal_heads")
    with op.batch_alter_table("journal_entries", schema=None) as batch_op:
        batch_op.drop_index("ix_journal_entries_type")
        batch_op.drop_index("ix_journal_entries_link")
        batch_op.drop_index("ix_journal_entries_customer")
        batch_op.drop_index("ix_journal_entries_agent")

    op.drop_table("journal_entries")
    with op.batch_alter_table("idempotency_answers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_idempotency_answers_created_at"))

    op.drop_table("idempotency_answers")
    with op.batch_alter_table("feed_tickets", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_feed_tickets_expires_at"))

    op.drop_table("feed_tickets")
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deliveries_message"))
        batch_op.drop_index("ix_deliveries_link")
        batch_op.drop_index("ix_deliveries_conversation")

    op.drop_table("deliveries")
    with op.batch_alter_table("customers", schema=None) as batch_op:
        batch_op.drop_index("ix_customers_merchant")

    op.drop_table("customers")
    with op.batch_alter_table("conversations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_conversations_customer"))

    op.drop_table("conversations")
    with op.batch_alter_table("consents", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_consents_customer"))

    op.drop_table("consents")
    with op.batch_alter_table("channel_accounts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_channel_accounts_merchant"))

    op.drop_table("channel_accounts")
    with op.batch_alter_table("addresses", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_addresses_customer"))

    op.drop_table("addresses")
