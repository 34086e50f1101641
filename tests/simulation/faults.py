"""What may go wrong, how often in this seed, and how often it did.

Each seed draws its own mix: some faults often, some never. A seed in which everything fails at once tests little, as
nothing gets far.
"""

from collections import Counter
from random import Random
from typing import Final

# The most that a fault may happen, of the chances it has; each seed draws from none to this.
MOST: Final[dict[str, float]] = {
    # The network between us and the PSP
    "psp.reply_lost": 0.3,
    "psp.never_arrives": 0.15,
    "psp.arrives_late": 0.2,
    "psp.arrives_after_90_seconds": 0.2,
    "psp.connection_refused": 0.15,
    "psp.error_undone": 0.1,
    "psp.error_done": 0.2,
    "psp.slow": 0.25,
    # The network between the PSP and us
    "webhook.early": 0.5,
    "webhook.duplicated": 0.4,
    "webhook.delayed": 0.5,
    "webhook.try_lost": 0.3,
    "webhook.lost_forever": 0.3,
    "webhook.names_no_attempt": 0.4,
    "webhook.misrouted": 0.04,
    "webhook.foreign": 0.04,
    "webhook.forged": 0.1,
    # Our own house
    "house.crash": 0.05,
    "house.crash_at_webhook": 0.4,
    "house.stall": 0.03,
    # Between us and the browser, or another program
    "http.reply_lost": 0.08,
    # People
    "customer.double_click": 0.4,
    "customer.second_tab": 0.8,
    "customer.repeats": 0.6,
    "customer.gives_up": 0.2,
    "customer.leaves": 0.2,
    "customer.old_page": 0.5,
    # The PSP and the banks
    "bank.declines": 0.5,
    "bank.challenges": 0.6,
    "bank.processes": 0.3,
    "bank.yes_after_decline": 0.5,
    "psp.refund_pending": 0.7,
    "psp.refund_refused": 0.2,
    "psp.refund_comes_back": 0.4,
    "psp.capture_fails": 0.3,
    "psp.hold_lapses": 0.3,
    "dashboard.refund": 0.8,
    "dashboard.capture": 0.4,
    "dashboard.cancel": 0.2,
    "dispute.opened": 0.8,
    # What the PSP does by itself after a final no, and must not
    "surprise.yes_after_no": 0.4,
    "surprise.wrong_amount": 0.2,
}
_OFF_SHARE: Final = 0.35
_RARE: Final = {"surprise.yes_after_no": 0.85, "surprise.wrong_amount": 0.95}


class Faults:
    """This seed's mix. `hits` counts what happened; after `stop`, nothing more goes wrong."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self.hits: Counter[str] = Counter()
        self.stopped = False
        self._rates = {}
        for kind, most in MOST.items():
            off = rng.random() < _RARE.get(kind, _OFF_SHARE)
            self._rates[kind] = 0.0 if off else rng.random() * most

    def hit(self, kind: str, *, detail: str | None = None) -> bool:
        """Whether it happens now; counted, under the detail's name if there is one."""
        happens = self._rng.random() < self._rates[kind] and not self.stopped
        if happens:
            self.hits[f"{kind}.{detail}" if detail else kind] += 1
        return happens

    def count(self, kind: str) -> None:
        """Something happened that was chosen elsewhere."""
        self.hits[kind] += 1

    def stop(self) -> None:
        """From here on everybody behaves."""
        self.stopped = True
