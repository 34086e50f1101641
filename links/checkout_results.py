"""What a submission came to, as the customer's page shows it."""

from dataclasses import dataclass
from typing import Final, Literal

from payments.attempts import Attempt
from payments.declines import Decline, decline_of
from payments.states import AttemptState

Status = Literal[
    "paid",
    "authorised",
    "processing",
    "challenge",
    "declined",
    "waiting",
    "elsewhere",
    "abandoned",
]

_STATUS: Final[dict[AttemptState, Status]] = {
    AttemptState.STARTED: "waiting",
    AttemptState.UNKNOWN: "waiting",
    AttemptState.CHALLENGED: "challenge",
    AttemptState.PROCESSING: "processing",
    AttemptState.AUTHORISED: "authorised",
    AttemptState.SUCCEEDED: "paid",
    AttemptState.DECLINED: "declined",
    AttemptState.BLOCKED: "declined",
    AttemptState.ABANDONED: "abandoned",
}
_REFUSED: Final = frozenset({AttemptState.DECLINED, AttemptState.BLOCKED})


@dataclass(frozen=True, slots=True)
class Result:
    """What the customer's page shows next. `client_secret` opens the bank's challenge, and goes to the page alone."""

    status: Status
    attempt: str
    client_secret: str | None = None
    problem: Decline | None = None


def plain_result(attempt: Attempt) -> Result:
    """The result that an attempt's own state tells."""
    problem = decline_of(attempt.problem) if attempt.state in _REFUSED else None
    return Result(_STATUS[attempt.state], attempt.id, problem=problem)
