"""What happens at the PSP without us: slow banks, holds that lapse, people at its dashboard, disputes."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.simulation.intents import (
    About,
    Card,
    Dispute,
    DisputeState,
    Intent,
    Missed,
    Mood,
    Refund,
    RefundState,
    Refusal,
)
from tests.simulation.psp import Psp

if TYPE_CHECKING:
    from tests.simulation.world import World

_HOUR = 3600.0


class Bank(Mood):
    """Follows every change at one PSP, and plans what comes of it."""

    def __init__(self, world: "World", psp: Psp) -> None:
        self._world = world
        self._psp = psp

    def amount_taken(self, intent: Intent) -> int:
        if self._world.faults.hit("surprise.wrong_amount"):
            intent.surprise = "wrong_amount"
            return max(1, intent.amount + self._world.rng.choice([-1, 1]))
        return intent.amount

    def refund_starts(self) -> RefundState | None:
        faults = self._world.faults
        if faults.hit("psp.refund_refused"):
            return None
        return "pending" if faults.hit("psp.refund_pending") else "succeeded"

    def capture_later(self, intent: Intent, amount: int, reference: str) -> None:
        self._later(1, _HOUR, "PSP", lambda: self._capture(intent, amount, reference))

    def refund_later(self, intent: Intent, amount: int, order: str, reference: str) -> None:
        self._later(1, _HOUR, "PSP", lambda: self._refund(intent, amount, order, reference))

    def follow(self, intent: Intent, about: About) -> None:
        """Something has changed; what will come of it by itself?"""
        if isinstance(about, Refund):
            self._follow_refund(intent, about)
        elif isinstance(about, Dispute):
            self._follow_dispute(intent, about)
        elif about is None:
            self._follow_intent(intent)

    def _follow_intent(self, intent: Intent) -> None:
        psp, hit, rng = self._psp, self._world.faults.hit, self._world.rng
        match intent.state:
            case "processing":
                yes = not hit("bank.declines", detail="after_processing")
                self._later(5, 900, "bank", lambda: psp.decide(intent, yes=yes))
            case "held":
                self._follow_hold(intent)
            case "captured":
                if hit("dashboard.refund"):
                    amount = rng.choice([intent.captured, rng.randint(1, intent.captured)])
                    self._later(1, _HOUR, "dashboard", lambda: self._give_back(intent, amount))
                if hit("dispute.opened"):
                    self._later(60, 4 * _HOUR, "bank", lambda: self._dispute(intent))
            case "declined":
                if hit("bank.yes_after_decline"):
                    good = Card(intent.card.method)
                    self._later(0.1, 300, "bank", lambda: psp.confirm_again(intent.reference, good))
            case "cancelled":
                if hit("surprise.yes_after_no"):
                    self._later(1, _HOUR, "bank", lambda: self._yes_after_no(intent))
            case _:
                pass
        if intent.state in {"held", "challenged"} and hit("dashboard.cancel"):
            self._later(1, _HOUR, "dashboard", lambda: psp.let_go(intent))

    def _follow_hold(self, intent: Intent) -> None:
        hit, rng = self._world.faults.hit, self._world.rng
        self._later(30 * _HOUR, 31 * _HOUR, "bank", lambda: self._lapse(intent))
        if hit("psp.hold_lapses"):
            self._later(600, 8 * _HOUR, "bank", lambda: self._lapse(intent))
        if hit("dashboard.capture"):
            amount = rng.choice([intent.amount, rng.randint(1, intent.amount)])
            self._later(1, _HOUR, "dashboard", lambda: self._take(intent, amount))

    def _follow_refund(self, intent: Intent, refund: Refund) -> None:
        hit, psp = self._world.faults.hit, self._psp
        if refund.state == "pending":
            good = self._world.rng.random() < 0.75
            state: RefundState = "succeeded" if good else "failed"
            self._later(5, 3 * _HOUR, "bank", lambda: psp.settle_refund(intent, refund, state))
        elif refund.state == "succeeded" and hit("psp.refund_comes_back"):
            latest = self._world.rng.choice([60, 3 * _HOUR])
            self._later(5, latest, "bank", lambda: self._come_back(intent, refund))

    def _follow_dispute(self, intent: Intent, dispute: Dispute) -> None:
        if dispute.state == "open":
            ends: tuple[DisputeState, ...] = ("won", "lost", "open")
            end = self._world.rng.choice(ends)
            if end != "open":
                self._later(
                    60, 4 * _HOUR, "bank", lambda: self._psp.close_dispute(intent, dispute, end)
                )

    def _capture(self, intent: Intent, amount: int, reference: str) -> None:
        if intent.state == "held" and not self._world.faults.hit("psp.capture_fails"):
            self._psp.take(intent, amount)
        else:
            self._psp.tell(intent, "capture", Missed(reference))

    def _refund(self, intent: Intent, amount: int, order: str, reference: str) -> None:
        state = self.refund_starts()
        left = intent.captured - intent.returned
        if state is None or intent.state != "captured" or amount > left:
            self._psp.refuse_refund(intent, amount, order, reference)
        else:
            self._psp.give_back(intent, amount, order=order, state=state, reference=reference)

    def _lapse(self, intent: Intent) -> None:
        if intent.state == "held":
            self._psp.let_go(intent)

    def _take(self, intent: Intent, amount: int) -> None:
        if intent.state == "held":
            self._psp.take(intent, amount)

    def _give_back(self, intent: Intent, amount: int) -> None:
        state: RefundState = "pending" if self._world.rng.random() < 0.3 else "succeeded"
        try:
            self._psp.give_back(intent, amount, order=None, state=state)
        except Refusal:
            self._world.note("the dashboard refused a refund")

    def _come_back(self, intent: Intent, refund: Refund) -> None:
        if refund.state == "succeeded":
            self._psp.settle_refund(intent, refund, "failed")

    def _dispute(self, intent: Intent) -> None:
        if intent.state == "captured" and not intent.disputes:
            self._psp.dispute(intent, intent.captured)

    def _yes_after_no(self, intent: Intent) -> None:
        ended = self._world.outside.execute(
            "SELECT 1 FROM attempts WHERE id = ? AND state IN ('declined', 'abandoned')",
            (intent.attempt,),
        ).fetchone()
        # Before we know of the no, a yes is no surprise.
        if intent.state == "cancelled" and ended:
            intent.surprise = "yes_after_no"
            self._psp.take(intent, intent.amount)

    def _later(self, soonest: float, latest: float, who: str, act: Callable[[], object]) -> None:
        async def happen() -> None:
            act()

        seconds = self._world.rng.uniform(soonest, latest)
        self._world.steps.start(who, happen(), seconds=seconds)
