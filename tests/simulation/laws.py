"""What must be true: cheap checks after every step that could break them, the whole once everything is quiet.

1. What is captured for a payment never exceeds what is due, unless the PSP took money by itself after a final no; then
   a flag says so. At most one attempt is live. Nothing goes back twice.
2. A card number that a PSP repeats in its words is nowhere in the file.
3. What the PSP knows, we know, or a person is told. Nothing waits for ever.
4. The journal has no gaps, its chain holds, and its events lead to the rows.
5. A link that nobody touched was never opened, however often its page was loaded.
6. Nothing of one merchant is another's.
"""

from typing import TYPE_CHECKING

from tests.simulation import books, card_data, record
from tests.simulation.intents import Intent

if TYPE_CHECKING:
    from tests.simulation.world import World

_LIVE = "('started', 'challenged', 'processing', 'authorised', 'unknown')"
_TWO_LIVE = (
    f"SELECT payment FROM attempts WHERE state IN {_LIVE} GROUP BY payment HAVING count(*) > 1"
)
_GAPS = """
SELECT merchant FROM journal_heads AS h
WHERE position <> (SELECT count(*) FROM journal_entries AS e WHERE e.merchant = h.merchant)
"""


class LawBroken(AssertionError):
    """What was to be true is not."""


class Laws:
    """One seed's. A law broken in the middle stops the seed at its next step."""

    def __init__(self, world: "World") -> None:
        self._world = world

    def money_moved(self, intent: Intent) -> None:
        """The PSP has taken money or given it back: laws 1 and 2 of the oracle, at that very moment."""
        psps = self._world.psps.values()
        intents = [i for psp in psps for i in psp.intents.values() if i.payment == intent.payment]
        took = [i for i in intents if i.captured]
        if len({i.attempt for i in took}) < len(took):
            self._broken(f"one attempt took money twice: {intent.attempt}")
        due = self._world.outside.execute(
            "SELECT amount_due FROM payments WHERE id = ?", (intent.payment,)
        ).fetchone()[0]
        if sum(i.captured for i in took) > due and not any(i.surprise for i in took):
            told = ", ".join(f"{i.attempt} {i.captured}" for i in took)
            self._broken(f"charged more than the {due} due of {intent.payment}: {told}")
        orders = [r.order for r in intent.refunds if r.order is not None and r.state != "failed"]
        if len(set(orders)) < len(orders):
            self._broken(f"one order gave money back twice: {orders}")

    def committed(self) -> None:
        """Something was committed."""
        if rows := self._world.outside.execute(_TWO_LIVE).fetchall():
            self._broken(f"two live attempts of {rows[0][0]}")
        if rows := self._world.outside.execute(_GAPS).fetchall():
            self._broken(f"the journal of {rows[0][0]} has a gap")

    async def quiet(self) -> None:
        """Everybody is done, the worker included. Raises `LawBroken`."""
        self.judge()
        written = card_data.complaints(self._world.outside)
        for complaint in (*await record.complaints(self._world), *written):
            raise LawBroken(complaint)

    def judge(self) -> None:
        """Our books against the PSP's. Raises `LawBroken`."""
        for complaint in books.complaints(self._world):
            raise LawBroken(complaint)

    def _broken(self, what: str) -> None:
        self._world.note(f"LAW BROKEN: {what}")
        self._world.steps.stop(LawBroken(what))
