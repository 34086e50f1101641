"""What a submission came to, as the customer's page shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from payments.attempts import Attempt
from payments.declines import Decline, decline_of
from payments.gateway import Challenged
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
    "review",  # held, and somebody looks before it is taken
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
    """What the customer's page shows next.

    `client_secret`, `url` and `action` lead to the bank's challenge, or to the PSP's own page; they go to the
    customer's page alone.
    """

    status: Status
    attempt: str
    client_secret: str | None = None
    url: str | None = None
    action: Mapping[str, Any] | None = None
    problem: Decline | None = None


def plain_result(attempt: Attempt) -> Result:
    """The result that an attempt's own state tells."""
    problem = decline_of(attempt.problem) if attempt.state in _REFUSED else None
    status = _STATUS[attempt.state]
    if attempt.state is AttemptState.AUTHORISED and attempt.review == "waiting":
        status = "review"
    return Result(status, attempt.id, problem=problem)


def challenge_result(attempt: Attempt, challenged: Challenged) -> Result:
    """The customer has something to do elsewhere, and this is how their page gets there."""
    return Result(
        "challenge",
        attempt.id,
        client_secret=challenged.client_secret,
        url=challenged.url,
        action=challenged.action,
    )
