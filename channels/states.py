"""How far a delivery has come, and what may move it.

Commands (ours) may be refused; facts (the network's) may not, but a fact never lowers a state: networks
repeat and reorder their reports. `failed` stays: a resend is a new message.
"""

from enum import StrEnum
from typing import Final

from core.errors import Kind, PaythreadError


class DeliveryState(StrEnum):
    """One try to deliver one message."""

    QUEUED = "queued"  # nobody has been given it
    SENDING = "sending"  # a network is being given it; whether it took it is not known
    SENT = "sent"  # a network took it
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"


class DeliveryNotMovable(PaythreadError):
    """A command that this state does not allow."""

    code = "delivery_not_movable"
    kind = Kind.CONFLICT


_Q, _S, _T, _D, _R, _F = DeliveryState

# What we may do. From `sending` back to `queued` once it is certain that the network did not take it.
COMMANDS: Final[dict[DeliveryState, frozenset[DeliveryState]]] = {
    _Q: frozenset({_S, _F}),
    _S: frozenset({_Q, _T, _F}),
    _T: frozenset(),
    _D: frozenset(),
    _R: frozenset(),
    _F: frozenset(),
}

# Where a fact leads from each state; what is not listed changes nothing.
FACTS: Final[dict[DeliveryState, dict[DeliveryState, DeliveryState]]] = {
    _Q: {_T: _T, _D: _D, _R: _R, _F: _F},
    _S: {_T: _T, _D: _D, _R: _R, _F: _F},
    _T: {_D: _D, _R: _R, _F: _F},
    # Once it has arrived it cannot fail to arrive; a report that says so is about something else.
    _D: {_R: _R},
    _R: {},
    _F: {},
}

# Facts that a network can report.
REPORTABLE: Final = frozenset({_T, _D, _R, _F})
REACHED_NETWORK: Final = frozenset({_T, _D, _R})


def command(state: DeliveryState, to: DeliveryState) -> DeliveryState:
    """The state after our own act. Raises `DeliveryNotMovable`."""
    if to not in COMMANDS[state]:
        raise DeliveryNotMovable(f"A delivery that is {state.value} cannot become {to.value}.")
    return to


def fact(state: DeliveryState, reported: DeliveryState, *, doubtful: bool = False) -> DeliveryState:
    """The state after what the network reports; the same one when the report says nothing new.

    `doubtful`: we gave up on it without knowing. Then the network's word settles it after all.
    """
    assert reported in REPORTABLE, reported
    if state is DeliveryState.FAILED and doubtful and reported in REACHED_NETWORK:
        return reported
    return FACTS[state].get(reported, state)
