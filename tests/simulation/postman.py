"""Delivers the PSP's webhooks: late, twice, in any order, again and again until they are acknowledged."""

import json
from typing import TYPE_CHECKING, Final

from payments.errors import GatewayUnavailable, WebhookForged
from tests.simulation.bank import Bank
from tests.simulation.boundaries import WEBHOOK
from tests.simulation.far_gateway import FORGED, SIGNATURE
from tests.simulation.ground import Account
from tests.simulation.intents import About, Intent, Refund, Tell
from tests.simulation.psp import Psp
from tests.simulation.reports import report

if TYPE_CHECKING:
    from tests.simulation.world import World

_TRY_AGAIN_SECONDS: Final = (3, 20, 120, 600, 1800, 3600)


class Postman:
    """One for all PSPs. `strangers` are the events that are about nothing of ours."""

    def __init__(self, world: "World") -> None:
        self._world = world
        self.strangers: set[str] = set()
        self._numbers = 0

    def teller(self, psp: Psp) -> Tell:
        """What a PSP calls when something has changed."""
        accounts = [account for each in self._world.merchants for account in each.accounts]
        account = next(each for each in accounts if each.psp == psp.name)
        other = next(each for each in reversed(accounts) if each.psp != psp.name)
        bank = Bank(self._world, psp)
        psp.mood = bank

        def tell(intent: Intent, kind: str, about: About) -> None:
            world, hit = self._world, self._world.faults.hit
            state = about.state if about else intent.state
            name = about.reference if about else intent.reference
            world.note(f"PSP: {kind} {name} is {state} (attempt {intent.attempt})")
            bank.follow(intent, about)
            if psp.deaf and about is None and intent.state == "challenged":
                return  # a challenge is no news to this one
            event = self._number(psp)
            told = report(event, intent, kind, about, thin=account.thin)
            if not (account.thin or account.deaf) and hit("webhook.names_no_attempt"):
                told["attempt"] = None
            if _covered(intent, about) and not psp.deaf and hit("webhook.lost_forever"):
                return
            body = json.dumps(told).encode()
            copies = 2 if hit("webhook.duplicated") else 1
            for _ in range(copies):
                world.steps.start(WEBHOOK, self._deliver(account, event, body))
            if hit("webhook.misrouted"):
                self._stray(other, told)
            if hit("webhook.foreign"):
                self._stray(account, told | {"reference": "pi_foreign", "attempt": None})
            if hit("webhook.forged"):
                world.steps.start("forger", self._forge(account, body))

        return tell

    async def _deliver(self, account: Account, event: str, body: bytes) -> None:
        world, rng = self._world, self._world.rng
        if world.faults.hit("webhook.delayed"):
            await world.steps.pause(rng.uniform(5, 3600))
        elif not world.faults.hit("webhook.early"):
            await world.steps.pause(rng.uniform(0.3, 5))
        tries = 0
        while not await self._tried(account, event, body):
            seconds = _TRY_AGAIN_SECONDS[min(tries, len(_TRY_AGAIN_SECONDS) - 1)]
            await world.steps.pause(seconds * rng.uniform(0.5, 1.5))
            tries += 1

    async def _tried(self, account: Account, event: str, body: bytes) -> bool:
        from tests.simulation.world import ConnectionLost

        world = self._world
        if world.faults.hit("webhook.try_lost"):
            return False
        headers = {SIGNATURE: account.psp}
        try:
            await world.call(
                world.processes["service"],
                lambda house: house.inbox.receive(account.id, headers, body),
            )
        except (ConnectionLost, GatewayUnavailable):
            return False
        except WebhookForged:
            # Only what is about nothing of this PSP may be turned away.
            assert event in self.strangers, f"{event} was turned away"
        world.note(f"{event} is acknowledged")
        return True

    def _stray(self, account: Account, told: dict[str, object]) -> None:
        event = f"{told['id']}_stray_{account.psp}"
        self.strangers.add(event)
        body = json.dumps(told | {"id": event}).encode()
        self._world.steps.start("stray webhook", self._deliver(account, event, body))

    async def _forge(self, account: Account, body: bytes) -> None:
        from tests.simulation.world import ConnectionLost

        world = self._world
        try:
            await world.call(
                world.processes["service"],
                lambda house: house.inbox.receive(account.id, {SIGNATURE: FORGED}, body),
            )
        except (ConnectionLost, WebhookForged):
            return
        raise AssertionError("a forged report was taken")

    def _number(self, psp: Psp) -> str:
        self._numbers += 1
        return f"evt_{psp.name}_{self._numbers}"


def _covered(intent: Intent, about: About) -> bool:
    """Whether we find it out without a report: PSPs tell for days, but not for ever."""
    if about is None:
        return intent.surprise is None
    return isinstance(about, Refund) and about.order is not None and about.state != "failed"
