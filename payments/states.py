"""The states of a payment and of an attempt, and how facts move them.

Commands may be refused; facts may not. A fact that the table does not list for a state is stale: it is
older than what we know, and changes nothing. Money that moves after we thought it would not is listed.
"""

from enum import StrEnum
from typing import Final


class PaymentState(StrEnum):
    """Where the debt stands. Recomputed from its attempts; never stepped by hand."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    AUTHORISED = "authorised"
    PARTIALLY_PAID = "partially_paid"
    PAID = "paid"
    CANCELLED = "cancelled"


class RefundState(StrEnum):
    """How much of what was captured went back."""

    NONE = "none"
    PARTIAL = "partial"
    FULL = "full"


class DisputeState(StrEnum):
    """Whether the customer's bank contests the charge."""

    NONE = "none"
    OPEN = "open"
    WON = "won"
    LOST = "lost"


class AttemptState(StrEnum):
    """Where one try to pay stands."""

    STARTED = "started"  # we are about to ask, or are asking, the PSP
    CHALLENGED = "challenged"  # the bank asks the customer
    PROCESSING = "processing"  # accepted; the PSP will say
    AUTHORISED = "authorised"  # held, not yet captured
    SUCCEEDED = "succeeded"
    DECLINED = "declined"
    BLOCKED = "blocked"  # by our own rules; the PSP was never asked
    ABANDONED = "abandoned"  # cancelled at the PSP, or it never arrived there
    UNKNOWN = "unknown"  # no answer came; the sweep asks until it knows


class OrderState(StrEnum):
    """Where an order to capture or to refund stands."""

    AWAITING_APPROVAL = "awaiting_approval"  # a second person has to agree
    REJECTED = "rejected"  # the second person did not
    REQUESTED = "requested"  # we are about to tell, or are telling, the PSP
    PENDING = "pending"  # accepted; the PSP will say
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    UNKNOWN = "unknown"  # no answer came; it is sent again under its own key until one does


_S = AttemptState
_O = OrderState

# What a fact may turn an order into. A refund that had succeeded may still come back from the customer's bank.
ORDER_FACTS: Final[dict[OrderState, frozenset[OrderState]]] = {
    _O.AWAITING_APPROVAL: frozenset(),
    _O.REJECTED: frozenset(),
    _O.REQUESTED: frozenset({_O.PENDING, _O.SUCCEEDED, _O.FAILED, _O.UNKNOWN}),
    _O.UNKNOWN: frozenset({_O.PENDING, _O.SUCCEEDED, _O.FAILED}),
    _O.PENDING: frozenset({_O.SUCCEEDED, _O.FAILED}),
    _O.SUCCEEDED: frozenset({_O.FAILED}),
    # Where one sending was refused, and another was taken in.
    _O.FAILED: frozenset({_O.PENDING, _O.SUCCEEDED}),
}

# What may still take money, or has: counted against what was captured (or held).
ORDERS_THAT_COUNT: Final = frozenset(set(OrderState) - {_O.REJECTED, _O.FAILED})

# While one of these lasts, no other attempt on the payment may begin.
LIVE: Final = frozenset({_S.STARTED, _S.CHALLENGED, _S.PROCESSING, _S.AUTHORISED, _S.UNKNOWN})

_MONEY: Final = frozenset({_S.AUTHORISED, _S.SUCCEEDED})
_ENDS: Final = frozenset({_S.DECLINED, _S.ABANDONED})

# What a fact from the PSP may turn each state into.
ATTEMPT_FACTS: Final[dict[AttemptState, frozenset[AttemptState]]] = {
    _S.STARTED: _MONEY | _ENDS | {_S.CHALLENGED, _S.PROCESSING, _S.UNKNOWN, _S.BLOCKED},
    _S.CHALLENGED: _MONEY | _ENDS | {_S.PROCESSING, _S.UNKNOWN},
    _S.PROCESSING: _MONEY | _ENDS,
    _S.AUTHORISED: frozenset({_S.SUCCEEDED, _S.ABANDONED}),
    _S.UNKNOWN: _MONEY | _ENDS | {_S.CHALLENGED, _S.PROCESSING},
    # The PSP may say yes after a no: a bank that changed its mind, a page that tried the same intent again.
    _S.DECLINED: _MONEY | {_S.PROCESSING},
    _S.ABANDONED: _MONEY | {_S.PROCESSING},
    _S.BLOCKED: frozenset(),
    _S.SUCCEEDED: frozenset(),
}


def follows(state: AttemptState, fact: AttemptState) -> bool:
    """Whether the fact moves an attempt in this state; if not, it is stale or says nothing new."""
    return fact in ATTEMPT_FACTS[state]


def payment_state(
    *,
    amount_due: int,
    amount_captured: int,
    amount_authorised: int,
    live: bool,
    cancelled: bool,
) -> PaymentState:
    """The state of a payment, from nothing but its sums, whether an attempt is live, and whether it was called off.

    What was called off stays so until money comes: an old attempt that stirs again does not revive the debt.
    """
    if amount_captured >= amount_due:
        return PaymentState.PAID
    if amount_captured + amount_authorised >= amount_due:
        return PaymentState.AUTHORISED
    if cancelled and amount_captured == 0:
        return PaymentState.CANCELLED
    if live:
        return PaymentState.IN_PROGRESS
    return PaymentState.PARTIALLY_PAID if amount_captured > 0 else PaymentState.OPEN
