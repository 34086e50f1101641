"""What a customer may pay at a time: all that is due, or a part where the link allows parts."""

from dataclasses import dataclass

from core.errors import PaythreadError
from core.money import Money
from links.submissions import AmountChanged
from payments.payments import Payment
from payments.worth import strong_unit


class AmountNotAllowed(PaythreadError):
    """The chosen amount is less than the minimum, more than is due, or leaves too little to be paid later."""

    code = "amount_not_allowed"


@dataclass(frozen=True, slots=True)
class Range:
    """Any amount from `least` to `most`; a part leaves nothing, or at least `leftover`."""

    least: Money
    most: Money
    leftover: Money

    @property
    def open(self) -> bool:
        """Whether there is anything to choose."""
        return self.least < self.most and self.leftover <= self.most - self.least

    def holds(self, amount: Money) -> bool:
        """Whether the amount may be paid."""
        if not self.least <= amount <= self.most:
            return False
        return amount == self.most or self.leftover <= self.most - amount


def range_of(payment: Payment) -> Range:
    """What may be paid of a debt now; `payment` may be an offer.

    The minimum shrinks to what remains, so that the last part can always be paid. What is left over must be worth a
    payment of its own: no PSP charges a few pence, and the debt could never be settled. An offer leaves nothing over:
    what its payer chooses is all they owe.
    """
    most = payment.remaining
    if payment.minimum is None or most <= payment.minimum:
        return Range(most, most, most)
    least = payment.minimum
    if payment.offer:
        return Range(least, most, Money(0, most.currency))
    floor = min(least.minor, strong_unit(most.currency))
    return Range(least, most, Money(floor, most.currency))


def chosen(payment: Payment, minor: int | None) -> Money:
    """What the customer agreed to pay: `minor` units as their page showed them; None stands for all that is due.

    Raises `AmountChanged` where there is no choice and the page showed something else, `AmountNotAllowed` for a part
    that the link does not allow.
    """
    allowed = range_of(payment)
    if minor is None:
        return allowed.most
    if not allowed.open and minor != allowed.most.minor:
        raise AmountChanged("What is to be paid has changed; look at it and confirm again.")
    amount = Money(minor, allowed.most.currency)
    if not allowed.holds(amount):
        raise AmountNotAllowed("This amount cannot be paid with the link as it stands now.")
    return amount
