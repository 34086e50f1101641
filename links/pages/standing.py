"""How a payment stands for the customer who looks at it: which page they get, and what they may pay."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from core.money import Currency, Money
from links.amounts import Range, range_of
from links.links import Link
from links.money_text import MoneyForm, local_digits, money_form, money_text
from links.pay.rendering import AmountChoice, PageState
from links.states import LinkState
from payments.payments import Payment
from payments.states import PaymentState

_ENDED: Final = frozenset({"expired", "cancelled"})


@dataclass(frozen=True, slots=True)
class Standing:
    """What is to be paid, as a page shows it. `amount_text` is all that is due, also once it is paid."""

    revision: int
    offer: bool
    allowed: Range
    paid: Money
    amount_text: str
    locale: str

    @classmethod
    def of(cls, link: Link, debt: Payment, locale: str) -> "Standing":
        """`debt` is what this page's payer is to pay."""
        allowed = range_of(debt)
        whole = allowed.most if allowed.most else debt.due
        return cls(
            link.revision, debt.offer, allowed, debt.captured, money_text(whole, locale), locale
        )

    @classmethod
    def of_none(cls, link: Link, debt: Payment, locale: str) -> "Standing":
        """Nothing is to be paid here, and what became of the debt is not told."""
        nothing = Money(0, debt.due.currency)
        none = Range(nothing, nothing, nothing)
        return cls(link.revision, debt.offer, none, nothing, money_text(nothing, locale), locale)

    @property
    def currency(self) -> Currency:
        return self.paid.currency

    @property
    def paid_text(self) -> str | None:
        """What was paid of it already; None for nothing."""
        return money_text(self.paid, self.locale) if self.paid else None

    def form(self) -> MoneyForm:
        """How the page itself writes amounts."""
        return money_form(self.currency, self.locale)

    def choice(self) -> AmountChoice | None:
        """What the page's amount field says, where there is one."""
        if not self.allowed.open:
            return None
        form = self.form()
        least = money_text(self.allowed.least, self.locale)
        return AmountChoice(
            least_text=least,
            most_text=self.amount_text,
            currency=self.currency.code,
            exponent=form.exponent,
            offer=self.offer,
            # Of an offer nobody has said yet how much of it they will take.
            value="" if self.offer else self._typed(form.decimal),
        )

    def _typed(self, decimal: str) -> str:
        """All of it as a customer would type it: no sign for thousands."""
        text = self.allowed.most.decimal_text().replace(".", decimal or ".")
        return local_digits(text, self.locale)

    def as_json(self) -> dict[str, Any]:
        """What the page's script works with. `minimum` is null where there is nothing to choose."""
        return {
            "revision": self.revision,
            "amount": self.allowed.most.minor,
            "amount_text": self.amount_text,
            "minimum": self.allowed.least.minor if self.allowed.open else None,
            "leftover": self.allowed.leftover.minor if self.allowed.open else 0,
        }


def page_state(
    link: Link, own: Payment | None, now: datetime, *, finds_own: bool = False
) -> PageState:
    """Which page the customer gets. `own` is their payment; on a multi-use link it goes its own way.

    Such a page is rendered before it says who pays. One that `finds_own` is rendered as if the link had not ended:
    whoever was still paying then sees how their payment stands, and everybody else is sent back.
    """
    if link.superseded_by is not None:
        return "superseded"
    if link.multi and own is not None:
        if own.state in {PaymentState.PAID, PaymentState.AUTHORISED}:
            return "paid"
        if own.state is PaymentState.IN_PROGRESS:
            return "in_progress"
    state = _of_link(link, now)
    return "in_progress" if link.multi and finds_own and state in _ENDED else state


def _of_link(link: Link, now: datetime) -> PageState:
    match link.state:
        case LinkState.PAID:
            return "paid"
        case LinkState.CANCELLED:
            return "cancelled"
        case LinkState.EXPIRED:
            return "expired"
        case LinkState.IN_PROGRESS:
            return "in_progress"
        case _ if not link.open_at(now):
            return "expired"
        case _:
            return "not_ready" if link.waits else "payable"
