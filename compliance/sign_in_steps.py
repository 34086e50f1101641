"""What a sign-in asks for after the right password, one thing at a time: a code, a new password, an app.

PCI DSS 4.0.1: 8.3.5 (a first password is changed at once), 8.3.9 (every 90 days where it is the only factor), 8.4.2.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

import sqlalchemy as sa

from compliance.second_factor import has_app, has_factor, is_required
from core.database import Session
from core.errors import Kind, PaythreadError

PASSWORD_LIFE: Final = timedelta(days=90)
TRIES_MAX: Final = 5


class Step(StrEnum):
    """One thing, in this order."""

    CODE = "code"
    PASSWORD = "password"  # noqa: S105  the word, not one
    ENROL = "enrol"


class Way(StrEnum):
    """How somebody showed who they are, before anything else is asked for."""

    PASSWORD = "password"  # noqa: S105  the word, not one
    SINGLE_SIGN_ON = "single_sign_on"
    PASSKEY = "passkey"


_ORDER: Final = (None, Step.CODE, Step.PASSWORD, Step.ENROL)


class StepAsked(PaythreadError):
    """The password was right, and something else is asked for. The ticket goes on from here; it is told once."""

    code = "step_asked"
    kind = Kind.UNAUTHENTICATED

    def __init__(self, ticket: str, step: Step, ways: tuple[str, ...] = ()) -> None:
        super().__init__("Something else is needed to sign in.")
        self.ticket = ticket
        self.step = step
        self.ways = ways


async def step_after(
    session: Session,
    row: sa.RowMapping,
    done: Step | None,
    *,
    now: datetime,
    way: Way = Way.PASSWORD,
) -> Step | None:
    """What this user's sign-in asks for next; None once it is complete."""
    for step in _ORDER[_ORDER.index(done) + 1 :]:
        assert step is not None
        if await _asks(session, row, step, way, now=now):
            return step
    return None


def ways_of(row: sa.RowMapping, step: Step) -> tuple[str, ...]:
    """How this user can answer the step, where there is more than one way."""
    if step is not Step.CODE:
        return ()
    ways = (("app", has_app(row)), ("passkey", row["passkeys"] > 0))
    return (*(way for way, there in ways if there), "recovery_code")


async def _asks(
    session: Session, row: sa.RowMapping, step: Step, way: Way, *, now: datetime
) -> bool:
    match step:
        case Step.CODE:
            return has_factor(row)
        case Step.PASSWORD:
            # Whose password was not asked for is not told to change it.
            return way is Way.PASSWORD and (row["password_must_change"] or _is_old(row, now))
        case Step.ENROL:
            return not has_factor(row) and await is_required(session, row["merchant"], row["role"])


def _is_old(row: sa.RowMapping, now: datetime) -> bool:
    changed_at = row["password_changed_at"]
    return not has_factor(row) and changed_at is not None and now - changed_at >= PASSWORD_LIFE
