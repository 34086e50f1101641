"""Customers: several tabs, double clicks, cards that are refused, challenges, old pages, and people who just leave."""

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Final, TypeVar

from core.errors import NotFound
from links.amounts import AmountNotAllowed
from links.checkout_results import Result
from links.links import link_by_token
from links.page_reports import Report, ReportKind, take
from links.submissions import AmountChanged, Browser, PageSubmission, PspChanged
from payments.errors import GatewayUnavailable, MethodUnusable, NothingDue
from tests.simulation.house import House
from tests.simulation.intents import AT_ITS_PAGE, Card, First

if TYPE_CHECKING:
    from tests.simulation.world import Owed, World

T = TypeVar("T")
_TRIES_MAX: Final = 3
_CODES: Final = ("insufficient_funds", "generic_decline", "lost_or_stolen")


class Tab:
    """One page of one link in one browser."""

    def __init__(self, world: "World", owed: "Owed", number: int) -> None:
        self._world = world
        self._owed = owed
        self._page = f"pg_{owed.link[4:]}"[:-2] + f"{number:02}"
        self._number = number
        self._revision = 1
        self._amount: int | None = None
        self._payer = f"payer-{number:02}-of-a-link-for-many"
        self._choose_account()

    async def live(self) -> None:
        """From opening the page to leaving it, whatever happens."""
        from tests.simulation.world import ConnectionLost

        rng, hit = self._world.rng, self._world.faults.hit
        try:
            await self._load()
            await self._touch()
            for _ in range(rng.randint(1, _TRIES_MAX)):
                if await self._try() or hit("customer.leaves"):
                    return
                await self._world.steps.pause(rng.uniform(1, 60))
        except (ConnectionLost, NothingDue, NotFound):
            self._world.note("leaves")

    async def _load(self) -> None:
        async def show(house: House) -> int:
            async with house.database.snapshot() as session:
                tokens = house.checkout.tokens
                link = await link_by_token(session, tokens.lookup_hash(self._owed.token))
            return link.revision

        self._revision = await self._call(show)
        least, most = self._owed.least, self._owed.amount
        if least is not None and self._world.rng.random() < 0.8:
            self._amount = self._world.rng.randint(least, most)

    async def _touch(self) -> None:
        kinds: list[ReportKind] = ["opened", "field_focused", "field_invalid", "help_requested"]
        for kind in kinds:
            if self._world.rng.random() < 0.12:
                await self._report(kind)

    async def _report(self, kind: ReportKind) -> None:
        if kind == "opened":
            self._world.touched.add(self._owed.link)

        async def tell(house: House) -> None:
            async with house.database.transaction() as session:
                tokens = house.checkout.tokens
                link = await link_by_token(session, tokens.lookup_hash(self._owed.token))
                told = Report(page=self._page, kind=kind, device="mobile", field="number")
                await take(session, link, told, now=self._world.steps.now)

        await self._call(tell)

    async def _try(self) -> bool:
        """One card. Whether there is nothing left to do here."""
        world = self._world
        method = self._new_card()
        double = world.faults.hit("customer.double_click")
        if double:
            world.steps.start(f"click of tab {self._number}", self._again(method))
        try:
            result = await self._submit(method)
        except AmountChanged:
            await self._load()
            return False
        except PspChanged:
            self._choose_account()
            return False
        except AmountNotAllowed:
            self._amount = None
            return False
        except (GatewayUnavailable, MethodUnusable):
            return False
        world.note(f"sees {result.status} ({result.attempt})")
        return await self._after(result)

    async def _after(self, result: Result) -> bool:
        world, rng = self._world, self._world.rng
        match result.status:
            case "paid" | "authorised" | "processing" | "review":
                # Of a part, the rest may follow.
                return self._amount is None or rng.random() < 0.5
            case "challenge":
                return await self._at_bank(result)
            case "waiting" | "elsewhere":
                await world.steps.pause(rng.uniform(2, 90))
                if result.status == "waiting" and rng.random() < 0.7:
                    return await self._resume(result.attempt)
                return False
            case _:
                return False

    async def _at_bank(self, result: Result) -> bool:
        """The bank's page, which talks to the PSP alone; then back to ours, perhaps."""
        world, rng, hit = self._world, self._world.rng, self._world.faults.hit
        if result.client_secret is None:
            return False
        # Another account may have taken its place: the reference says whose page this is.
        reference = result.client_secret.removeprefix("secret of ")
        self._psp = next(p for p in world.psps.values() if reference in p.intents)
        await world.steps.pause(rng.uniform(3, 200))
        if hit("customer.gives_up"):
            return await self._abandon(result.attempt)
        if hit("customer.leaves"):
            # The page stays open somewhere, and somebody may still say yes in it.
            await world.steps.pause(rng.uniform(60, 1500))
        if self._psp.deaf:
            return await self._hand_on(result.attempt)
        if self._psp.intents[reference].card is AT_ITS_PAGE:
            self._psp.pay_at_page(reference, self._psp.cards[self._new_card()])
        else:
            yes = not hit("bank.declines", detail="challenge")
            self._psp.answer_challenge(reference, yes=yes)
        if rng.random() < 0.2:
            return True
        done = await self._resume(result.attempt)
        if not done and hit("customer.old_page"):
            await world.steps.pause(rng.uniform(1, 120))
            self._psp.confirm_again(reference, self._psp.cards[self._new_card()])
        return done

    async def _hand_on(self, attempt: str) -> bool:
        """The bank's word goes through our own page, perhaps twice."""
        bank = "no" if self._world.faults.hit("bank.declines", detail="challenge") else "yes"
        if self._world.faults.hit("customer.double_click"):
            self._world.steps.start("second hand", self._resume_quietly(attempt, {"bank": bank}))
        return await self._resume(attempt, {"bank": bank})

    async def _resume_quietly(self, attempt: str, details: Mapping[str, str]) -> None:
        from tests.simulation.world import ConnectionLost

        try:
            await self._resume(attempt, details)
        except (ConnectionLost, NotFound):
            self._world.note("no answer")

    async def _resume(self, attempt: str, details: Mapping[str, str] | None = None) -> bool:
        token, payer = self._owed.token, self._payer
        result = await self._call(
            lambda house: house.checkout.resume(token, attempt, payer=payer, details=details)
        )
        self._world.note(f"sees {result.status} ({result.attempt})")
        return result.status in {"paid", "authorised"}

    async def _abandon(self, attempt: str) -> bool:
        self._world.note(f"gives up {attempt}")
        token, payer = self._owed.token, self._payer
        result = await self._call(lambda house: house.checkout.abandon(token, attempt, payer=payer))
        return result.status in {"paid", "authorised"}

    async def _submit(self, method: str) -> Result:
        """The click; once more with the same card if no answer came."""
        from tests.simulation.world import ConnectionLost

        while True:
            try:
                return await self._call(lambda house: house.checkout.submit(self._form(method)))
            except ConnectionLost:
                if not self._world.faults.hit("customer.repeats"):
                    raise
                await self._world.steps.pause(self._world.rng.uniform(0.5, 30))

    async def _again(self, method: str) -> None:
        from tests.simulation.world import ConnectionLost

        try:
            await self._call(lambda house: house.checkout.submit(self._form(method)))
        except (
            ConnectionLost,
            NothingDue,
            AmountChanged,
            AmountNotAllowed,
            PspChanged,
            GatewayUnavailable,
            MethodUnusable,
        ) as lost:
            self._world.note(f"second click: {type(lost).__name__}")

    async def _call(self, act: Callable[[House], Awaitable[T]]) -> T:
        return await self._world.call(self._world.processes["service"], act)

    def _form(self, method: str) -> PageSubmission:
        return PageSubmission(
            token=self._owed.token,
            method=method,
            revision=self._revision,
            browser=Browser(f"203.0.113.{self._number}"),
            device="mobile",
            account=self._account.id,
            url=f"https://pay.north.test/p/{self._owed.token}",
            amount=self._amount,
            payer=self._payer,
        )

    def _choose_account(self) -> None:
        accounts = self._owed.merchant.accounts
        self._account = self._world.rng.choice((accounts[0], *accounts))
        self._psp = self._world.psps[self._account.psp]

    def _new_card(self) -> str:
        cards, hit, rng = self._psp.cards, self._world.faults.hit, self._world.rng
        method = f"pm_{self._psp.name}_{len(cards)}"
        first: First = "ok"
        if hit("bank.declines", detail="at_once"):
            first = "decline"
        elif hit("bank.challenges"):
            first = "challenge"
        elif hit("bank.processes"):
            first = "process"
        then: First = "process" if hit("bank.processes") else "ok"
        cards[method] = Card(method, first, then, rng.choice(_CODES))
        return method
