"""Every table of every room, for migrations and tests: importing this fills the shared metadata."""

from typing import Final

import agent_feed.tickets
import agent_feed.webhooks.deliveries
import agent_feed.webhooks.endpoints
import agent_feed.webhooks.tries
import channels.accounts
import channels.canned_replies
import channels.consents
import channels.conversations
import channels.customer_store
import channels.deliveries
import channels.mailboxes
import channels.message_store
import channels.message_templates
import channels.pace
import channels.visitors
import compliance.access_tickets
import compliance.api_keys
import compliance.custom_roles
import compliance.journal.anchor_rounds
import compliance.journal.anchors
import compliance.journal.entry
import compliance.merchant_settings
import compliance.merchants
import compliance.passkey_challenges
import compliance.passkeys
import compliance.retention
import compliance.sessions
import compliance.sso.identities
import compliance.sso.logins
import compliance.users
import compliance.vault
import core.idempotency
import core.work
import links.tables
import links.watch.tables
import payments.reconciliations
import payments.tables
from core.database import metadata

__all__ = ["MODULES", "metadata"]

# By room, the lowest first: where a table's name is found twice, the lower room has declared it.
MODULES: Final = (
    core.idempotency,
    core.work,
    compliance.access_tickets,
    compliance.api_keys,
    compliance.custom_roles,
    compliance.journal.anchor_rounds,
    compliance.journal.anchors,
    compliance.journal.entry,
    compliance.merchant_settings,
    compliance.merchants,
    compliance.passkey_challenges,
    compliance.passkeys,
    compliance.retention,
    compliance.sessions,
    compliance.sso.identities,
    compliance.sso.logins,
    compliance.users,
    compliance.vault,
    channels.accounts,
    channels.canned_replies,
    channels.consents,
    channels.conversations,
    channels.customer_store,
    channels.deliveries,
    channels.mailboxes,
    channels.message_store,
    channels.message_templates,
    channels.pace,
    channels.visitors,
    payments.reconciliations,
    payments.tables,
    agent_feed.tickets,
    agent_feed.webhooks.deliveries,
    agent_feed.webhooks.endpoints,
    agent_feed.webhooks.tries,
    links.tables,
    links.watch.tables,
)
