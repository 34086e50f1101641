"""The service as one ASGI application: every door, behind the front."""

from functools import partial
from typing import Final

from fastapi import FastAPI
from starlette.types import ASGIApp

import agent_feed.routes.embed
import agent_feed.routes.events
import agent_feed.routes.feed
import agent_feed.routes.guidance
import agent_feed.routes.journal
import agent_feed.routes.reports
import agent_feed.routes.webhook_deliveries
import agent_feed.routes.webhook_endpoints
import agent_feed.socket
import channels.routes.canned_replies
import channels.routes.channels
import channels.routes.conversation_acts
import channels.routes.conversations
import channels.routes.customer_consents
import channels.routes.customer_merging
import channels.routes.customer_privacy
import channels.routes.customers
import channels.routes.interactions
import channels.routes.message_templates
import channels.routes.unsubscribe
import channels.routes.webchat
import channels.routes.webhooks
import compliance.routes.access
import compliance.routes.api_keys
import compliance.routes.own_account
import compliance.routes.passkeys
import compliance.routes.people
import compliance.routes.retention
import compliance.routes.roles
import compliance.routes.session_list
import compliance.routes.settings
import compliance.routes.sso
import compliance.routes.teams
import links.pages.brand
import links.pages.brand_preview
import links.pages.chat
import links.pages.csp_reports
import links.pages.page
import links.pages.receipts
import links.pages.reports
import links.pages.surveys
import links.routes.accounts
import links.routes.brand
import links.routes.floor
import links.routes.links
import links.routes.page_watch
import links.routes.previews
import links.routes.supervising
import payments.routes.payments
import payments.routes.reconciliations
import payments.routes.refunds
import payments.routes.reviews
import payments.routes.transactions
import payments.routes.webhooks
from app import problems
from app.figures import Figures
from app.http import console, embedding, health, security_txt
from app.http.allowed_methods import AllowedMethods
from app.http.description import describe
from app.http.front import Front
from app.readiness import Readiness
from app.wiring import SETTINGS, House
from compliance.merchant_settings import SettingsBook
from compliance.passkey_proofs import RelyingParty
from links.accounts import Trials
from links.customer_links import links_of_customer
from links.customer_records import LinkRecords

DESCRIPTION = """
Secure payment links over every channel, with a live feed of each step the customer takes.

Amounts are integers of minor units; times are RFC 3339 in UTC; errors are RFC 9457 problem details; every POST
takes an `Idempotency-Key`, and those that move money or send a message require one. `GET /v1/feed` upgrades to a
WebSocket with the subprotocol `paythread.feed.v1`; beside the events it tells whether a customer is on the page,
typing or idle, and tells whoever watches a link who else does.
"""

# Every door there is.
ROUTERS: Final = (
    compliance.routes.access.router,
    compliance.routes.settings.router,
    compliance.routes.retention.router,
    links.routes.links.router,
    links.routes.previews.router,
    links.routes.page_watch.router,
    links.routes.brand.router,
    links.pages.brand_preview.router,
    links.routes.accounts.router,
    payments.routes.payments.router,
    payments.routes.reviews.router,
    payments.routes.transactions.router,
    payments.routes.reconciliations.router,
    payments.routes.webhooks.router,
    channels.routes.customers.router,
    channels.routes.customer_merging.router,
    channels.routes.customer_consents.router,
    channels.routes.customer_privacy.router,
    channels.routes.channels.router,
    channels.routes.conversations.router,
    channels.routes.conversation_acts.router,
    channels.routes.canned_replies.router,
    channels.routes.interactions.router,
    channels.routes.webhooks.router,
    channels.routes.message_templates.router,
    channels.routes.webchat.router,
    channels.routes.unsubscribe.router,
    agent_feed.routes.events.router,
    agent_feed.routes.journal.router,
    agent_feed.routes.feed.router,
    agent_feed.routes.reports.router,
    agent_feed.routes.webhook_endpoints.router,
    agent_feed.routes.webhook_deliveries.router,
    agent_feed.socket.router,
    links.pages.csp_reports.router,
    links.pages.brand.router,
    links.pages.page.router,
    links.pages.reports.router,
    links.pages.receipts.router,
    links.pages.chat.router,
    payments.routes.refunds.router,
    agent_feed.routes.guidance.router,
    links.routes.supervising.router,
    links.routes.floor.router,
    links.pages.surveys.router,
    agent_feed.routes.embed.router,
    embedding.router,
    compliance.routes.session_list.router,
    compliance.routes.own_account.router,
    compliance.routes.passkeys.router,
    compliance.routes.people.router,
    compliance.routes.roles.router,
    compliance.routes.teams.router,
    compliance.routes.api_keys.router,
    compliance.routes.sso.router,
    health.router,
    security_txt.router,
    console.router,
)


def create_app(house: House, readiness: Readiness | None = None) -> ASGIApp:
    """The application over an open house. `readiness` is what `/readyz` answers, if somebody else changes it."""
    app = FastAPI(
        title="Paythread",
        version="1",
        description=DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
        redirect_slashes=False,
    )
    app.state.gate = house.gate
    app.state.hub = house.hub
    app.state.psp_inbox = house.psp_inbox
    app.state.settings_book = SettingsBook(SETTINGS)
    app.state.payments_desk = house.payments_desk
    app.state.link_desk = house.link_desk
    app.state.pay_desk = house.pay_desk
    app.state.page_monitor = house.monitor
    app.state.providers = house.providers
    app.state.endpoint_desk = house.endpoint_desk
    app.state.chat_desk = house.chat_desk
    app.state.channel_base_url = house.settings.base_url
    _watch(app, house, readiness or readiness_of(house))
    app.state.customer_links = links_of_customer(house.link_desk.showing)
    app.state.customer_records = LinkRecords(house.link_desk.lifecycle, house.link_desk.showing)
    app.state.embed_origins = house.settings.embed_origins
    app.state.training_url = house.settings.training_url
    app.state.letters = house.letters
    app.state.account_trials = Trials(house.database, house.gateways, house.providers)
    app.state.security_contact = house.settings.security_contact
    app.state.clock = house.clock
    app.state.sso_desk = house.sso_desk
    app.state.relying_party = RelyingParty.at(house.settings.base_url)
    app.state.retention = house.retention
    problems.install(app, AllowedMethods(ROUTERS).at)
    for router in ROUTERS:
        app.include_router(router)
    app.openapi = partial(describe, app, ROUTERS)  # type: ignore[method-assign]
    return Front(app, hosts=house.settings.hosts, secure=house.settings.secure)


def create_watch(house: House, readiness: Readiness) -> ASGIApp:
    """Health and metrics alone, at a port of their own that only those inside reach."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False)
    _watch(app, house, readiness)
    app.state.metrics_public = True
    problems.install(app)
    app.include_router(health.router)
    return Front(app, hosts=house.settings.hosts, secure=house.settings.secure)


def readiness_of(house: House) -> Readiness:
    """What this process depends on."""
    redis = house.settings.redis_url is not None
    return Readiness(house.database, house.wakeups, redis=redis)


def _watch(app: FastAPI, house: House, readiness: Readiness) -> None:
    """Gives the health routes what they tell."""
    app.state.readiness = readiness
    app.state.metrics_public = house.settings.metrics_public
    app.state.figures = Figures(
        house.database,
        house.clock,
        hub=house.hub,
        wakeups=house.wakeups,
        readiness=readiness,
        anchored_at=[each.name for each in house.anchoring.destinations],
    )
