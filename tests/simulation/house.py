"""One process of ours: the product's own objects, wired as the application wires them, on the shared file."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from channels.conversation_owners import attributed
from compliance.journal import Journal, Reader
from compliance.vault import Vault
from core import work
from core.clock import Clock
from links import lifecycle, presence, receipt_sending, stalling
from links.checkout import Checkout
from links.lifecycle import Lifecycle
from links.projection import project
from links.receipt_sending import ReceiptSending
from links.sending import Sending
from links.showing import Showing
from links.tokens import Tokens
from payments import attempts, inbox, orders, reviews
from payments.accounts import GatewayFactory, Gateways
from payments.inbox import Inbox
from payments.order_desk import OrderDesk
from payments.sweep import Sweep
from tests.simulation.boundaries import SteppedDatabase
from tests.simulation.ground import MASTER

Handler = Callable[[work.Work], Awaitable[None]]
_URL = "https://pay.north.test"


@dataclass(frozen=True)
class House:
    """Everything of one running process."""

    database: SteppedDatabase
    vault: Vault
    reader: Reader
    lifecycle: Lifecycle
    checkout: Checkout
    inbox: Inbox
    order_desk: OrderDesk
    handlers: Mapping[str, Handler]


async def open_house(database: SteppedDatabase, factory: GatewayFactory, clock: Clock) -> House:
    """What starts when a process starts: nothing is remembered but what is in the file."""
    vault = Vault(MASTER)
    journal = Journal(vault)
    journal.projections.append(project)
    journal.attributions.append(attributed)
    database.before_commit[:] = [journal.flush, database.about_to_commit]
    tokens = await Tokens.load(database, vault, now=clock())
    gateways = Gateways(database, vault, {"far": factory}, clock)
    psp_inbox = Inbox(database, vault, gateways, clock)
    order_desk = OrderDesk(database, gateways, clock)
    life = Lifecycle(tokens, Sending(Showing(vault, _URL, _URL)))

    async def expire(item: work.Work) -> None:
        async with database.transaction() as session:
            await life.expire(session, item, now=clock())

    async def check_presence(item: work.Work) -> None:
        async with database.transaction() as session:
            await presence.check(session, item, now=clock())

    async def check_stalling(item: work.Work) -> None:
        async with database.transaction() as session:
            await stalling.check(session, Reader(vault), item, now=clock())

    async def send_receipt(item: work.Work) -> None:
        async with database.transaction() as session:
            receipts = ReceiptSending(Showing(vault, _URL, _URL))
            await receipts.send_by_itself(session, item, now=clock())

    async def time_out_review(item: work.Work) -> None:
        async with database.transaction() as session:
            await reviews.time_out(session, item, now=clock())

    return House(
        database=database,
        vault=vault,
        reader=Reader(vault),
        lifecycle=life,
        checkout=Checkout(database, vault, gateways, tokens, clock),
        inbox=psp_inbox,
        order_desk=order_desk,
        handlers={
            attempts.ASK: Sweep(database, gateways, clock).ask,
            orders.SEND: order_desk.handle,
            inbox.MATCH: psp_inbox.match,
            lifecycle.EXPIRE: expire,
            presence.CHECK: check_presence,
            stalling.CHECK: check_stalling,
            receipt_sending.SEND: send_receipt,
            reviews.TIMEOUT: time_out_review,
        },
    )
