"""Every table of every room, for migrations and tests: importing this fills the shared metadata."""

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
import compliance.journal
import compliance.merchant_settings
import compliance.merchants
import compliance.sessions
import compliance.users
import compliance.vault
import core.idempotency
import core.work
import links.tables
import links.watch.tables
import payments.reconciliations
import payments.tables
from core.database import metadata

__all__ = ["metadata"]

# Naming them tells readers and linters that the imports above are what this module is for.
_ROOMS = (agent_feed, channels, compliance, core, links, payments)
