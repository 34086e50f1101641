"""Which states may a payment intent go through? The table decides, or raises."""

from enum import StrEnum

from payments.sandbox.errors import Conflict, Json


class Status(StrEnum):
    REQUIRES_PAYMENT_METHOD = "requires_payment_method"
    REQUIRES_CONFIRMATION = "requires_confirmation"
    REQUIRES_ACTION = "requires_action"
    PROCESSING = "processing"
    REQUIRES_CAPTURE = "requires_capture"
    SUCCEEDED = "succeeded"
    CANCELED = "canceled"


_S = Status
_OUTCOMES = frozenset(
    (_S.REQUIRES_PAYMENT_METHOD, _S.REQUIRES_ACTION, _S.PROCESSING, _S.REQUIRES_CAPTURE,
     _S.SUCCEEDED)
)  # fmt: skip

MOVES: dict[Status, frozenset[Status]] = {
    _S.REQUIRES_PAYMENT_METHOD: _OUTCOMES | {_S.REQUIRES_CONFIRMATION, _S.CANCELED},
    _S.REQUIRES_CONFIRMATION: _OUTCOMES | {_S.REQUIRES_CONFIRMATION, _S.CANCELED},
    _S.REQUIRES_ACTION: _OUTCOMES | {_S.REQUIRES_CONFIRMATION, _S.CANCELED},
    _S.PROCESSING: frozenset((_S.SUCCEEDED, _S.REQUIRES_CAPTURE, _S.REQUIRES_PAYMENT_METHOD)),
    _S.REQUIRES_CAPTURE: frozenset((_S.SUCCEEDED, _S.CANCELED)),
    _S.SUCCEEDED: frozenset(),
    _S.CANCELED: frozenset(),
}

COMMANDS: dict[str, tuple[frozenset[Status], str]] = {
    "confirm": (
        frozenset((_S.REQUIRES_PAYMENT_METHOD, _S.REQUIRES_CONFIRMATION, _S.REQUIRES_ACTION)),
        "confirmed",
    ),
    "capture": (frozenset((_S.REQUIRES_CAPTURE,)), "captured"),
    "cancel": (
        frozenset(
            (_S.REQUIRES_PAYMENT_METHOD, _S.REQUIRES_CONFIRMATION, _S.REQUIRES_ACTION,
             _S.REQUIRES_CAPTURE)
        ),
        "canceled",
    ),
    "update": (
        frozenset((_S.REQUIRES_PAYMENT_METHOD, _S.REQUIRES_CONFIRMATION, _S.REQUIRES_ACTION)),
        "updated in this way",
    ),
}  # fmt: skip


def may(command: str, intent: Json) -> None:
    """Raises Conflict payment_intent_unexpected_state, with the intent, where the table says no."""
    allowed, done = COMMANDS[command]
    if Status(intent["status"]) not in allowed:
        names = ", ".join(sorted(allowed))
        raise Conflict(
            f"This PaymentIntent could not be {done} because it has a status of "
            f"{intent['status']}. Only a PaymentIntent with one of the following statuses may be "
            f"{done}: {names}.",
            code="payment_intent_unexpected_state",
            extra={"payment_intent": intent},
        )


def move(intent: Json, to: Status) -> None:
    status = Status(intent["status"])
    assert to in MOVES[status], f"no way from {status} to {to}"
    intent["status"] = str(to)
