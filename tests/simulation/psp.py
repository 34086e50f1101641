"""A PSP's own truth: intents, what it holds, took and gave back, and its books. The oracle of the simulation.

It does what a request says at the moment the request arrives, once for each idempotency key, and knows nothing of
networks: whether an answer gets back to us is the wire's affair.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from core.clock import Clock
from payments.gateway import Movement
from tests.simulation.card_data import NUMBER
from tests.simulation.intents import (
    AT_ITS_PAGE,
    Card,
    Dispute,
    DisputeState,
    First,
    Intent,
    KeyInUse,
    Mood,
    Refund,
    RefundState,
    Refusal,
    State,
    Tell,
    View,
)

_OPEN: Final = ("challenged", "declined", "held")


class Psp:
    """One account at the PSP. `deaf`: orders are only accepted, a refusal is final, a challenge is completed by us."""

    def __init__(self, name: str, clock: Clock, *, deaf: bool = False) -> None:
        self.name = name
        self.deaf = deaf
        self.intents: dict[str, Intent] = {}
        self.cards: dict[str, Card] = {}
        self.books: list[Movement] = []
        self.under_way: set[str] = set()
        self.mood = Mood()
        self.tell: Tell = lambda *_: None
        # Called whenever money was taken or given back, to hold the first law against it at once.
        self.moved: Callable[[Intent], None] = lambda _: None
        self._clock = clock
        self._keys: dict[str, tuple[object, View | Refusal]] = {}
        self._numbers = 0

    # What we ask of it

    def charge(self, key: str, told: Mapping[str, Any]) -> View:
        """Makes an intent and confirms it."""
        known = self._known(key, dict(told))
        if known is not None:
            return known
        intent = Intent(
            self._number("pi"),
            told["attempt"],
            told["payment"],
            told["amount"],
            told["currency"],
            told["capture"] == "manual",
            self.cards[told["method"]] if told["method"] is not None else AT_ITS_PAGE,
        )
        self.intents[intent.reference] = intent
        first = intent.card.first
        if first == "ok" and told["challenge"]:
            first = "challenge"
        self._confirm(intent, first)
        return self._keep(key, dict(told), intent.view())

    def use_up(self, key: str) -> bool:
        """Takes a key that no order has used: False when one has. Raises `KeyInUse` while one is being done."""
        try:
            self._known(key, "used up")
        except KeyInUse as taken:
            if taken.under_way:
                raise
            return False
        self._keep(key, "used up", {})
        return True

    def find(self, attempt: str) -> View | None:
        """The first intent with our attempt's id in its metadata."""
        found = (i for i in self.intents.values() if i.attempt == attempt)
        intent = next(found, None)
        return intent.view() if intent else None

    def get(self, reference: str) -> View:
        return self.intents[reference].view()

    def cancel(self, reference: str) -> View:
        """Raises `Refusal` for one that can no longer be cancelled."""
        intent = self.intents[reference]
        if intent.state not in _OPEN:
            raise Refusal(intent.state)
        self.let_go(intent)
        return intent.view()

    def capture(self, key: str, reference: str, amount: int) -> View:
        """Takes what is held, or a part of it."""
        known = self._known(key, ("capture", reference, amount))
        if known is not None:
            return known
        intent = self.intents[reference]
        if intent.state != "held":
            raise self._keep_refusal(key, ("capture", reference, amount), f"intent_{intent.state}")
        self.take(intent, amount)
        return self._keep(key, ("capture", reference, amount), intent.view())

    def refund(self, key: str, order: str, reference: str, amount: int) -> View:
        """Gives money back."""
        known = self._known(key, ("refund", reference, amount))
        if known is not None:
            return known
        intent = self.intents[reference]
        state = self.mood.refund_starts()
        if state is None:
            raise self._keep_refusal(key, ("refund", reference, amount), f"refused for {NUMBER}")
        try:
            made = self.give_back(intent, amount, order=order, state=state)
        except Refusal as refused:
            raise self._keep_refusal(key, ("refund", reference, amount), str(refused)) from None
        view = vars(made) | {"currency": intent.currency}
        return self._keep(key, ("refund", reference, amount), view)

    # What only a deaf one knows: orders are taken down, and done later

    def complete(self, key: str, reference: str, *, yes: bool) -> View:
        """We hand on what the bank said. Raises `Refusal` when nothing waits for it."""
        known = self._known(key, ("complete", reference, yes))
        if known is not None:
            return known
        intent = self.intents[reference]
        if intent.state != "challenged":
            raise Refusal(f"intent_{intent.state}")
        self.answer_challenge(reference, yes=yes)
        return self._keep(key, ("complete", reference, yes), intent.view())

    def accept(self, key: str, told: tuple[str, str, int], later: Callable[[str], None]) -> str:
        """Takes an order down, and answers what it is called. `later` is told once."""
        known = self._known(key, told)
        if known is None:
            if told[1] not in self.intents:
                raise Refusal("no_such_payment")
            known = self._keep(key, told, {"reference": self._number("mod")})
            later(known["reference"])
        return str(known["reference"])

    # What happens at it

    def answer_challenge(self, reference: str, *, yes: bool) -> None:
        """The customer has dealt with the bank's page."""
        intent = self.intents[reference]
        if intent.state != "challenged":
            return
        if not yes:
            self._end(intent, "declined", "authentication_failed")
        else:
            self._confirm(intent, intent.card.then)

    def pay_at_page(self, reference: str, card: Card) -> None:
        """The customer types a card at the PSP's own page, which stays open after a no."""
        intent = self.intents[reference]
        answer = card.then if card.first == "challenge" else card.first
        if intent.state == "challenged" and answer != "decline":
            intent.card = card
            self._confirm(intent, answer)

    def confirm_again(self, reference: str, card: Card) -> bool:
        """The old page of a declined intent tries another card. Says whether the PSP let it."""
        intent = self.intents[reference]
        if intent.state != "declined" or self.deaf:
            return False
        intent.card = card
        self._confirm(intent, card.first)
        return True

    def decide(self, intent: Intent, *, yes: bool) -> None:
        """What was processing ends."""
        if intent.state == "processing":
            self._yes(intent) if yes else self._end(intent, "declined", "insufficient_funds")

    def let_go(self, intent: Intent) -> None:
        """Cancelled: by us, in the dashboard, or because a hold has lapsed."""
        if intent.state in _OPEN:
            self._end(intent, "cancelled", None)

    def take(self, intent: Intent, amount: int) -> None:
        """Money comes; what is not taken of a hold is let go."""
        intent.state, intent.captured, intent.code = "captured", amount, None
        self._book(intent, "capture" if intent.manual else "charge", intent.reference, amount)
        self.tell(intent, "intent", None)
        self.moved(intent)

    def give_back(
        self,
        intent: Intent,
        amount: int,
        *,
        order: str | None,
        state: RefundState,
        reference: str | None = None,
    ) -> Refund:
        """Raises `Refusal` above what is left."""
        if intent.state != "captured" or not 0 < amount <= intent.captured - intent.returned:
            raise Refusal("amount_too_large")
        made = Refund(reference or self._number("re"), amount, state, order)
        intent.refunds.append(made)
        if state == "succeeded":
            self._book(intent, "refund", made.reference, -amount)
        self.tell(intent, "refund", made)
        self.moved(intent)
        return made

    def refuse_refund(self, intent: Intent, amount: int, order: str, reference: str) -> None:
        """One that was taken down, and cannot be done."""
        made = Refund(reference, amount, "failed", order)
        intent.refunds.append(made)
        self.tell(intent, "refund", made)

    def settle_refund(self, intent: Intent, refund: Refund, state: RefundState) -> None:
        """A pending one ends; or one that went out comes back from the customer's bank."""
        before, refund.state = refund.state, state
        if state == "succeeded":
            self._book(intent, "refund", refund.reference, -refund.amount)
        elif before == "succeeded":
            self._book(intent, "refund", f"{refund.reference}#returned", refund.amount)
        self.tell(intent, "refund", refund)

    def dispute(self, intent: Intent, amount: int) -> Dispute:
        """The bank takes the money back while it is argued about."""
        made = Dispute(self._number("dp"), amount)
        intent.disputes.append(made)
        self._book(intent, "dispute", made.reference, -amount)
        self.tell(intent, "dispute", made)
        return made

    def close_dispute(self, intent: Intent, dispute: Dispute, state: DisputeState) -> None:
        dispute.state = state
        if state == "won":
            self._book(intent, "dispute", f"{dispute.reference}#won", dispute.amount)
        self.tell(intent, "dispute", dispute)

    # Within

    def _confirm(self, intent: Intent, answer: First) -> None:
        match answer:
            case "ok":
                self._yes(intent)
            case "decline":
                self._end(intent, "declined", intent.card.code)
            case "challenge":
                self._end(intent, "challenged", None)
            case "process":
                self._end(intent, "processing", None)

    def _yes(self, intent: Intent) -> None:
        if intent.manual:
            self._end(intent, "held", None)
        else:
            self.take(intent, self.mood.amount_taken(intent))

    def _end(self, intent: Intent, state: State, code: str | None) -> None:
        intent.state, intent.code = state, code
        self.tell(intent, "intent", None)

    def _known(self, key: str, told: object) -> View | None:
        if key in self.under_way:
            raise KeyInUse(under_way=True)
        known = self._keys.get(key)
        if known is None:
            return None
        if known[0] != told:
            raise KeyInUse(under_way=False)
        if isinstance(known[1], Refusal):
            raise known[1]
        return known[1]

    def _keep(self, key: str, told: object, answer: View) -> View:
        """The first answer is given again and again, whatever has happened since."""
        self._keys[key] = (told, answer)
        return answer

    def _keep_refusal(self, key: str, told: object, why: str) -> Refusal:
        """A no is kept under its key like a yes: the same request that arrives late is not done after all."""
        refused = Refusal(why)
        self._keys[key] = (told, refused)
        return refused

    def _book(self, intent: Intent, kind: Any, reference: str, amount: int) -> None:
        self.books.append(Movement(kind, reference, amount, intent.currency, self._clock()))

    def _number(self, prefix: str) -> str:
        self._numbers += 1
        return f"{prefix}_{self.name}_{self._numbers}"
