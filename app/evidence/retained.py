"""Each table with the rule that ends its rows, or why it is kept. A table that is not here fails the tests."""

from typing import Final

_LEDGER: Final = "kept: the books of money, which tax and commercial law ask for"
_WITH_CUSTOMER: Final = "with the customer: what is personal is sealed under their key"
_SET_UP: Final = "kept while it is set up; who changed it is in the journal"

# Tables that a kind of `app.wiring.retained` sweeps, as the setting that says when.
SWEPT: Final = {
    "sessions": "retention.sessions_days after the last use",
    "visitors": "retention.visitors_days after the last visit",
    "page_reports": "retention.page_reports_days after the last report",
    "messages": "words: retention.message_bodies_days, or with the customer; that it was sent is kept",
    "customers": "retention.customers_days without contact, or erased by hand: the key is destroyed",
    "addresses": "with the customer",
    "consents": "with the customer; a stop is kept by its keyed hash alone",
    "vault_keys": "kept; the key itself is destroyed with its customer, and that of a day's words by "
    "retention.message_bodies_days and retention.contact_words_days",
    "conversations": "address with the customer; the bare row is kept",
}

# What others delete, and where; and what is kept, and why.
OTHERWISE: Final = {
    "idempotency_answers": "24 hours: app.worker, every ten minutes",
    "access_tickets": "10 minutes to 72 hours: compliance.access_tickets, when the next is made",
    "feed_tickets": "30 seconds, or a minute to embed: agent_feed.tickets, when the next is made",
    "webhook_deliveries": "30 days after they ended: agent_feed.webhooks.courier",
    "webhook_tries": "with their delivery: agent_feed.webhooks.tries",
    "work": "when it is done: core.work",
    "journal_entries": "kept for good, all at hand; what is personal ends with the customer's key",
    "journal_heads": "kept: the end of the journal's chain",
    "journal_anchors": "kept: where the journal stood, to be compared with copies elsewhere",
    "journal_anchor_sends": "one row a destination and merchant: how far it has been told",
    "passkeys": "until their owner or an admin removes them: public keys alone",
    "passkey_challenges": "5 minutes: compliance.passkey_challenges, when the next is made",
    "sso_logins": "10 minutes: compliance.sso.logins, when the next is made",
    "sso_identities": "while the user has them: a keyed hash of issuer and subject",
    "payments": _LEDGER,
    "attempts": _LEDGER,
    "transactions": _LEDGER,
    "money_orders": _LEDGER,
    "disputes": _LEDGER,
    "reconciliations": _LEDGER,
    "payment_flags": _LEDGER,
    "links": _WITH_CUSTOMER,
    "deliveries": "kept: reports count them; holds no address and no words",
    "receipt_messages": _WITH_CUSTOMER,
    "survey_answers": "kept: holds no words; a comment is in the journal, sealed",
    "page_views": "kept: the funnel of a link; holds no address",
    "psp_events": "kept, so that a report counts once; the body goes when it is dealt with",
    "page_checks": "one row an account, replaced by each look",
    "account_paces": "one row an account",
    "mailboxes": "one row an account",
    "merchants": _SET_UP,
    "merchant_settings": _SET_UP,
    "merchant_logos": _SET_UP,
    "users": "kept: the journal names them",
    "api_keys": "kept: the journal names them; of the secret a hash alone",
    "custom_roles": _SET_UP,
    "gateway_accounts": _SET_UP,
    "channel_accounts": _SET_UP,
    "webhook_endpoints": _SET_UP,
    "message_templates": _SET_UP,
    "canned_replies": _SET_UP,
    "retention_reports": "one row a merchant, replaced by each run",
}

ENDS: Final = {**SWEPT, **OTHERWISE}
