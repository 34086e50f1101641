"""The states of a link. Commands are refused by the table; a payment's facts go where they go."""

from enum import StrEnum
from typing import Final

from core.errors import Kind, PaythreadError
from payments.states import PaymentState


class LinkState(StrEnum):
    """Where the invitation stands."""

    ACTIVE = "active"
    IN_PROGRESS = "in_progress"
    PARTIALLY_PAID = "partially_paid"
    PAID = "paid"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


class LinkNotOpen(PaythreadError):
    """The link's state does not allow this."""

    code = "link_not_open"
    kind = Kind.CONFLICT


_S = LinkState

# What a person or the clock may ask of a link in each state.
COMMANDS: Final[dict[LinkState, frozenset[LinkState]]] = {
    _S.ACTIVE: frozenset({_S.EXPIRED, _S.CANCELLED}),
    _S.PARTIALLY_PAID: frozenset({_S.EXPIRED, _S.CANCELLED}),
    # Freezes expiry and cancelling: what the customer is agreeing to must not vanish under way.
    _S.IN_PROGRESS: frozenset(),
    _S.PAID: frozenset(),
    _S.EXPIRED: frozenset({_S.CANCELLED}),
    _S.CANCELLED: frozenset(),
}

# In which the customer may (still) pay, be written to, or the agent amend.
OPEN: Final = frozenset({_S.ACTIVE, _S.PARTIALLY_PAID, _S.IN_PROGRESS})

_FOLLOWS_PAYMENT: Final[dict[PaymentState, LinkState]] = {
    PaymentState.OPEN: _S.ACTIVE,
    PaymentState.IN_PROGRESS: _S.IN_PROGRESS,
    PaymentState.AUTHORISED: _S.PAID,
    PaymentState.PARTIALLY_PAID: _S.PARTIALLY_PAID,
    PaymentState.PAID: _S.PAID,
}


def check_command(state: LinkState, wanted: LinkState) -> None:
    """Raises `LinkNotOpen` unless the table allows it."""
    if wanted not in COMMANDS[state]:
        raise LinkNotOpen(
            f"A link that is {state.value.replace('_', ' ')} cannot become {wanted.value}."
        )


def after_payment(state: LinkState, payment: PaymentState) -> LinkState:
    """Where a payment's fact takes the link. Money that comes after the end makes even an ended link paid."""
    wanted = _FOLLOWS_PAYMENT.get(payment)
    if wanted is None:
        return state
    if state in {_S.EXPIRED, _S.CANCELLED} and wanted is not _S.PAID:
        return state
    return wanted
