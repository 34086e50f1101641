"""The one place that knows everyone: what exists, and who is handed what."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from agent_feed.hub import Hub
from agent_feed.reports.prices import MessagePrices
from agent_feed.webhooks.acts import CARRY, EndpointDesk
from agent_feed.webhooks.courier import Courier
from agent_feed.webhooks.scout import Scout
from app.figures import count_events
from app.gateways import GATEWAYS
from app.http.front import signed_headers
from app.opening import open_database, open_vault
from app.problems import problem_of
from app.schema import revision_of, standing
from app.settings import Settings, SettingsUnusable
from app.sso_provider import sso_provider
from app.worker import Handler
from channels.accounts import READ_MAILBOX
from channels.destinations import SmsPolicy
from channels.mailbox_reading import MailboxReader
from channels.outbox import Outbox
from channels.port import Factory as ChannelFactory
from channels.provider_pool import ProviderPool
from channels.providers.http import http_factory
from channels.providers.messenger import InstagramProvider, MessengerProvider
from channels.providers.page import PageProvider
from channels.providers.smtp import SmtpProvider
from channels.providers.telegram import TelegramProvider
from channels.providers.twilio import TwilioProvider
from channels.providers.vonage import VonageProvider
from channels.providers.webchat import WebChatProvider
from channels.providers.whatsapp import WhatsAppProvider
from channels.retained import VISITORS
from channels.staff_mail import StaffMail, can_send
from channels.stop_confirmation import StopPolicy
from channels.webchat.desk import ChatDesk
from compliance import letters, retention
from compliance.journal import Journal, Reader, anchor_rounds
from compliance.journal.aging import kinds as retained_by_the_journal
from compliance.journal.anchor_rounds import Anchoring
from compliance.letters import Letters
from compliance.password_changes import RESET, ResetDesk
from compliance.retention import DataKind, Retention, RetentionPolicy
from compliance.routes.gate import Gate
from compliance.second_factor import MfaPolicy
from compliance.sessions_ended import ENDED_SESSIONS
from compliance.sso.desk import SsoDesk
from compliance.sso.policy import SsoPolicy
from compliance.vault import Vault
from core import work
from core.clock import Clock, utc_now
from core.database import Database
from core.outbound.destinations import Destinations
from core.outbound.sender import Sender
from core.throttle import DEFAULT_LIMITS, Throttle
from core.wakeups import Wakeups, wakeups_for
from links import lifecycle, presence, qr, receipt_sending, stalling
from links import retained as retained_by_links
from links.brand import Brand
from links.checkout import Checkout
from links.customer_asks import TimePolicy
from links.customer_records import LinkRecords
from links.floor import alerts
from links.floor.alerts import AlertPolicy, Alerts
from links.lifecycle import Lifecycle
from links.page_settings import PageSettings, ReceiptSettings, SurveySettings
from links.pages.desk import PayDesk
from links.pay.asset_files import AssetFiles
from links.pay.rendering import PayPages
from links.receipt_sending import ReceiptSending
from links.routes.links import LinkDesk
from links.sending import Sending
from links.showing import Showing
from links.tokens import Tokens
from links.watch import monitor
from links.watch.monitor import Monitor
from payments import attempts, inbox, orders, reconciliation_rounds, reviews
from payments.accounts import Gateways
from payments.approvals import ApprovalPolicy
from payments.fraud import FraudPolicy
from payments.inbox import Inbox
from payments.order_desk import OrderDesk
from payments.reconciliation_runs import Reconciler
from payments.routes.payments import PaymentsDesk
from payments.sweep import Sweep

# What a merchant's admins may tune, by the room that reads it.
SETTINGS: Final = (
    *(FraudPolicy, ApprovalPolicy, StopPolicy, SmsPolicy),
    *(Brand, PageSettings, ReceiptSettings, TimePolicy, AlertPolicy),
    *(MessagePrices, SurveySettings, MfaPolicy, SsoPolicy, RetentionPolicy),
)
# A new channel provider is one file, and one line here.
CHANNEL_PROVIDERS: Final[Mapping[str, ChannelFactory]] = {
    "smtp": SmtpProvider.from_config,
    "telegram": TelegramProvider.from_config,
    "twilio": TwilioProvider.from_config,
    "whatsapp": WhatsAppProvider.from_config,
    "messenger": MessengerProvider.from_config,
    "instagram": InstagramProvider.from_config,
    "vonage": VonageProvider.from_config,
    "webchat": WebChatProvider.from_config,
    "page": PageProvider.from_config,
}


@dataclass(frozen=True, slots=True)
class House:
    """Everything of one running process. Close it when done."""

    settings: Settings
    clock: Clock
    database: Database
    vault: Vault
    journal: Journal
    reader: Reader
    gate: Gate
    gateways: Gateways
    providers: ProviderPool
    outbox: Outbox
    psp_inbox: Inbox
    payments_desk: PaymentsDesk
    hub: Hub
    wakeups: Wakeups | None
    link_desk: LinkDesk
    pay_desk: PayDesk
    monitor: Monitor
    endpoint_desk: EndpointDesk
    chat_desk: ChatDesk
    courier: Courier
    scout: Scout
    letters: Letters
    sso_desk: SsoDesk
    retention: Retention
    anchoring: Anchoring
    handlers: Mapping[str, Handler]
    webhook_handlers: Mapping[str, Handler]

    def drain(self) -> None:
        """Ends what would outlast every grace: live feeds, and visitors who wait for an answer."""
        self.hub.drain()
        self.chat_desk.drain()
        self.pay_desk.room.drain()

    async def close(self) -> None:
        """Lets go of connections, outermost first."""
        await self.courier.close()
        await self.sso_desk.close()
        await self.gateways.close()
        await self.providers.close()
        await self.database.close()


def retained(vault: Vault, records: LinkRecords) -> tuple[DataKind, ...]:
    """Every kind of data that a retention rule ends, the lowest room first."""
    return (
        ENDED_SESSIONS,
        *retained_by_the_journal(vault),
        VISITORS,
        *retained_by_links.kinds(vault, records),
    )


async def open_house(settings: Settings, *, clock: Clock = utc_now) -> House:
    """Builds everything. Raises `SettingsUnusable` unless the schema is up to date."""
    vault = open_vault(settings)
    database, journal = open_database(settings, vault)
    if standing(await revision_of(database)) == "older":
        await database.close()
        raise SettingsUnusable("The database's schema is not up to date: run `paythread migrate`.")
    tokens = await Tokens.load(database, vault, now=clock())
    gateways = Gateways(database, vault, GATEWAYS, clock)
    destinations = Destinations(settings.webhook_allowed_hosts)
    providers = ProviderPool({**CHANNEL_PROVIDERS, "http": http_factory(destinations)}, vault)
    outbox = Outbox(database, vault, providers, base_url=settings.base_url, clock=clock)
    psp_inbox = Inbox(database, vault, gateways, clock)
    order_desk = OrderDesk(database, gateways, clock)
    showing = Showing(vault, settings.base_url, settings.pay_url)
    sending = Sending(showing)
    links_life = Lifecycle(tokens, sending)
    wakeups = wakeups_for(database_url=settings.database, redis_url=settings.redis_url)
    hub = Hub(database, vault, clock, wakeups=wakeups)
    chat_desk = ChatDesk(settings.pay_url)
    journal.listeners.extend((hub.take, count_events, chat_desk.take))
    reader = Reader(vault)
    assets = AssetFiles.load()
    pay_desk = PayDesk(
        database=database,
        checkout=Checkout(database, vault, gateways, tokens, clock),
        sending=sending,
        tokens=tokens,
        pages=PayPages(assets),
        assets=assets,
        company=hub.company,
    )
    page_monitor = Monitor(
        database=database,
        desk=pay_desk,
        front_headers=signed_headers(secure=settings.secure),
        every=timedelta(hours=settings.page_check_hours),
        clock=clock,
    )
    journal.listeners.append(pay_desk.take)
    courier = Courier(database, vault, Sender(destinations), clock)
    rules = Retention(database, retained(vault, LinkRecords(links_life, showing)), clock)
    anchoring = Anchoring(
        database,
        vault,
        settings.destinations(clock),
        timedelta(minutes=settings.anchor_minutes),
        clock,
    )
    people_letters = Letters(settings.base_url, can_send, qr.svg)
    return House(
        settings=settings,
        clock=clock,
        database=database,
        vault=vault,
        journal=journal,
        reader=reader,
        gate=Gate(
            database=database,
            vault=vault,
            throttle=Throttle(DEFAULT_LIMITS, storage_url=settings.redis_url),
            clock=clock,
            origins=settings.origins,
            secure_cookies=settings.secure,
            problem=problem_of,
        ),
        gateways=gateways,
        providers=providers,
        outbox=outbox,
        psp_inbox=psp_inbox,
        payments_desk=PaymentsDesk(order_desk),
        hub=hub,
        wakeups=wakeups,
        link_desk=LinkDesk(links_life, showing, reader),
        pay_desk=pay_desk,
        monitor=page_monitor,
        endpoint_desk=EndpointDesk(vault, reader, destinations),
        chat_desk=chat_desk,
        courier=courier,
        scout=Scout(database, clock),
        letters=people_letters,
        sso_desk=SsoDesk(database, vault, sso_provider(settings), clock),
        retention=rules,
        anchoring=anchoring,
        webhook_handlers={
            CARRY: courier.carry,
            # Mail servers may be slow, too.
            READ_MAILBOX: MailboxReader(database, vault, providers, clock).read,
        },
        handlers=_handlers(
            database=database,
            clock=clock,
            outbox=outbox,
            psp_inbox=psp_inbox,
            sweep=Sweep(database, gateways, clock),
            order_desk=order_desk,
            reconciler=Reconciler(database, gateways, clock),
            links_life=links_life,
            reader=reader,
            receipts=ReceiptSending(showing),
        )
        | {monitor.ROUND: page_monitor.round, monitor.CHECK: page_monitor.handle}
        | {retention.ROUND: rules.round, retention.SWEEP: rules.handle}
        | {anchor_rounds.ROUND: anchoring.round}
        | {alerts.ROUND: Alerts(database, reader, clock).round}
        | {
            RESET: ResetDesk(database, vault, people_letters, clock).answer,
            letters.SEND: StaffMail(database, vault, providers, clock).send,
        },
    )


def _handlers(
    *,
    database: Database,
    clock: Clock,
    outbox: Outbox,
    psp_inbox: Inbox,
    sweep: Sweep,
    order_desk: OrderDesk,
    reconciler: Reconciler,
    links_life: Lifecycle,
    reader: Reader,
    receipts: ReceiptSending,
) -> dict[str, Handler]:
    async def expire(item: work.Work) -> None:
        async with database.transaction() as session:
            await links_life.expire(session, item, now=clock())

    async def time_review_out(item: work.Work) -> None:
        async with database.transaction() as session:
            await reviews.time_out(session, item, now=clock())

    async def check_stalling(item: work.Work) -> None:
        async with database.transaction() as session:
            await stalling.check(session, reader, item, now=clock())

    async def send_receipt(item: work.Work) -> None:
        async with database.transaction() as session:
            await receipts.send_by_itself(session, item, now=clock())

    async def check_presence(item: work.Work) -> None:
        async with database.transaction() as session:
            await presence.check(session, item, now=clock())

    return {
        "delivery.send": outbox.send,
        attempts.ASK: sweep.ask,
        orders.SEND: order_desk.handle,
        inbox.MATCH: psp_inbox.match,
        reconciliation_rounds.RECONCILE: reconciler.handle,
        reviews.TIMEOUT: time_review_out,
        lifecycle.EXPIRE: expire,
        presence.CHECK: check_presence,
        stalling.CHECK: check_stalling,
        receipt_sending.SEND: send_receipt,
    }
