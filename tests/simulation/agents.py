"""Agents: they make links, change their minds, take what is held, let it go, and give money back."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from core.database import Session
from core.errors import PaythreadError
from links.drafts import Amendment, LinkDraft
from links.links import get_link
from links.showing import TOKEN
from payments.approvals import ApprovalPolicy
from payments.money_after import (
    NotHeld,
    call_off,
    decide_refund,
    order_capture,
    order_refund,
    order_release,
)
from payments.orders import Order, get_order
from payments.payments import Payment, get_payment, lock_payment
from payments.reviews import decide
from payments.states import OrderState
from tests.simulation.ground import Merchant
from tests.simulation.house import House

if TYPE_CHECKING:
    from tests.simulation.world import Owed, World

# Major units are not what matters here: small sums make equal ones, and rounding, likely.
# The two large ones are for a person to look at, and too much.
_AMOUNTS: Final = (100, 999, 999, 999, 4999, 4999, 4999, 300_000, 12_000_000, 30_000_000)
_EVENINGS: Final = 12
Act = Callable[["Owed"], Awaitable[None]]
Place = Callable[[Session, Payment], Awaitable[Order | None]]


class Agent:
    """Whoever looks after one link."""

    def __init__(self, world: "World", merchant: Merchant) -> None:
        self._world = world
        self._merchant = merchant

    async def make(self, *, instead_of: "Owed | None" = None) -> "Owed | None":
        """A new link; None when no answer came, and nobody knows of it."""
        from tests.simulation.world import ConnectionLost, Owed

        world, rng, merchant = self._world, self._world.rng, self._merchant
        amount = instead_of.amount if instead_of else rng.choice(_AMOUNTS)
        in_parts = rng.random() < 0.2
        draft = LinkDraft(
            amount=amount,
            currency=merchant.currency,
            description="Water bill",
            expires_in=timedelta(seconds=rng.choice([60, 900, 3600, 10_800])),
            capture=rng.choice(["automatic", "automatic", "manual"]),
            minimum_amount=rng.randint(1, amount) if in_parts else None,
            usage="multi" if instead_of is None and rng.random() < 0.15 else "single",
            account=rng.choice(merchant.accounts).id if rng.random() < 0.1 else None,
            supersedes=instead_of.link if instead_of else None,
        )

        async def create(house: House) -> Owed:
            async with house.database.transaction() as session:
                made = await house.lifecycle.create(
                    session, merchant.agent, draft, now=world.steps.now
                )
            link = made.link
            async with house.database.snapshot() as session:
                token = await house.vault.open(session, link.sealed_token, purpose=TOKEN)
            assert token is not None
            return Owed(merchant, link.id, link.payment, token, amount, draft.minimum_amount)

        try:
            owed = await world.call(world.processes["service"], create)
        except ConnectionLost:
            return None
        world.links.append(owed)
        world.note(
            f"made {owed.link} for {owed.payment}: {amount} {draft.capture} {draft.usage},"
            f" at least {draft.minimum_amount}, instead of {draft.supersedes}"
        )
        world.visit(owed)
        return owed

    async def look_after(self, owed: "Owed") -> None:
        """Some acts, at any time."""
        from tests.simulation.world import ConnectionLost

        world, rng = self._world, self._world.rng
        for _ in range(rng.randint(0, 5)):
            await world.steps.pause(rng.choice([1.0, 20.0, 300.0, 3000.0]) * rng.random())
            act = rng.choice(self._fitting(owed))
            world.note(f"{act.__name__.strip('_')} {owed.link}")
            try:
                await act(owed)
            except ConnectionLost:
                world.note("no answer")
            except PaythreadError:
                continue

    def _fitting(self, owed: "Owed") -> tuple[Act, ...]:
        """What an agent would do as things stand; now and then, whatever comes to mind."""
        row = self._world.outside.execute(
            "SELECT sum(amount_captured) AS took, max(state = 'authorised') AS held"
            " FROM attempts WHERE link = ?",
            (owed.link,),
        ).fetchone()
        before = (self._amend, self._prolong, self._prolong, self._renew)
        holding = (self._capture, self._capture, self._let_go, self._review)
        after = (self._refund,)
        if self._world.rng.random() < 0.2:
            return (*before, *holding, *after, self._cancel)
        if row["took"]:
            return after
        return holding if row["held"] else before

    async def close_books(self, owed: "Owed") -> None:
        """At the end of the day what is still held is taken or let go."""
        from tests.simulation.world import ConnectionLost

        held = "SELECT id FROM attempts WHERE link = ? AND state = 'authorised'"
        for _ in range(_EVENINGS):
            if self._world.outside.execute(held, (owed.link,)).fetchone() is not None:
                acts = (self._capture, self._capture, self._let_go, self._review)
                try:
                    await self._world.rng.choice(acts)(owed)
                except (ConnectionLost, PaythreadError):
                    self._world.note("nothing to close")
            await self._world.steps.pause(1200)

    async def _renew(self, owed: "Owed") -> None:
        await self.make(instead_of=owed)

    async def _review(self, owed: "Owed") -> None:
        approve, supervisor = self._world.rng.random() < 0.6, self._merchant.supervisor

        async def place(session: Session, payment: Payment) -> Order | None:
            now = self._world.steps.now
            decision = await decide(
                session, payment.id, approve=approve, caller=supervisor, now=now
            )
            return decision.order

        await self._order(owed, place)

    async def _amend(self, owed: "Owed") -> None:
        await self._change(owed, Amendment(amount=self._world.rng.choice(_AMOUNTS)))

    async def _prolong(self, owed: "Owed") -> None:
        seconds = self._world.rng.choice([60, 900, 7200])
        expires_at = self._world.steps.now + timedelta(seconds=seconds + 5)
        await self._change(owed, Amendment(expires_at=expires_at))

    async def _change(self, owed: "Owed", change: Amendment) -> None:
        async def amend(house: House) -> None:
            async with house.database.transaction() as session:
                link = await get_link(session, self._merchant.agent, owed.link)
                await house.lifecycle.amend(
                    session, self._merchant.agent, link, change, now=self._world.steps.now
                )

        await self._world.call(self._world.processes["service"], amend)

    async def _cancel(self, owed: "Owed") -> None:
        async def cancel(house: House) -> None:
            async with house.database.transaction() as session:
                link = await get_link(session, self._merchant.agent, owed.link)
                await house.lifecycle.cancel(
                    session, self._merchant.agent, link, now=self._world.steps.now
                )

        await self._world.call(self._world.processes["service"], cancel)

    async def _capture(self, owed: "Owed") -> None:
        rng, actor = self._world.rng, self._merchant.agent.actor
        part = rng.random() < 0.3

        async def place(session: Session, payment: Payment) -> Order:
            held = payment.authorised.minor
            amount = rng.randint(1, held) if part and held else None
            return await order_capture(
                session, payment, amount, actor=actor, now=self._world.steps.now
            )

        await self._order(owed, place)

    async def _let_go(self, owed: "Owed") -> None:
        actor = self._merchant.agent.actor

        async def place(session: Session, payment: Payment) -> Order | None:
            now = self._world.steps.now
            try:
                return await order_release(session, payment, actor=actor, now=now)
            except NotHeld:
                await call_off(session, payment, actor=actor, now=now)
                return None

        await self._order(owed, place)

    async def _refund(self, owed: "Owed") -> None:
        rng, actor = self._world.rng, self._merchant.agent.actor
        part, above_limit = rng.random() < 0.6, rng.random() < 0.2

        async def place(session: Session, payment: Payment) -> Order:
            left = payment.captured.minor
            return await order_refund(
                session,
                payment,
                rng.randint(1, left) if part and left else None,
                reason="requested_by_customer",
                actor=actor,
                policy=ApprovalPolicy(refund_amount_units=0 if above_limit else None),
                now=self._world.steps.now,
            )

        order = await self._order(owed, place)
        if order is not None and order.state is OrderState.AWAITING_APPROVAL:
            await self._world.steps.pause(rng.uniform(1, 300))
            await self._decide(order, approve=rng.random() < 0.7)

    async def _decide(self, order: Order, *, approve: bool) -> None:
        world, actor = self._world, self._merchant.supervisor.actor

        async def act(house: House) -> Order:
            async with house.database.transaction() as session:
                await session.lock((await get_payment(session, order.payment)).link)
                payment = await lock_payment(session, order.payment)
                asked = await get_order(session, order.id)
                decided = await decide_refund(
                    session, payment, asked, approve=approve, actor=actor, now=world.steps.now
                )
            return await house.order_desk.carry_out(decided.id) if approve else decided

        await world.call(world.processes["service"], act)

    def _payment(self, owed: "Owed") -> str:
        """The link's own; or, where many pay with it, that of one of them."""
        rows = self._world.outside.execute(
            "SELECT id FROM payments WHERE link = ? ORDER BY created_at", (owed.link,)
        ).fetchall()
        ids: list[str] = [row["id"] for row in rows] or [owed.payment]
        return self._world.rng.choice(ids)

    async def _order(self, owed: "Owed", place: Place) -> Order | None:
        """As the door does it: the order is placed in one transaction, and carried out at once."""
        payment = self._payment(owed)

        async def act(house: House) -> Order | None:
            async with house.database.transaction() as session:
                await session.lock((await get_payment(session, payment)).link)
                order = await place(session, await lock_payment(session, payment))
            if order is None or order.state is not OrderState.REQUESTED:
                return order
            return await house.order_desk.carry_out(order.id)

        return await self._world.call(self._world.processes["service"], act)
