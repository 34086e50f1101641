"""Who runs a merchant's people and roles, one at a time, and never beyond what they hold themselves."""

from compliance.custom_roles import held_by
from compliance.password_changes import locked
from compliance.principal import NotAllowed, Principal
from compliance.roles import Permission, Role
from core.database import Session
from core.errors import Kind, PaythreadError


class BeyondYours(PaythreadError):
    """Nobody gives a permission that they do not hold, or acts on somebody who holds more."""

    code = "role_beyond_yours"
    kind = Kind.FORBIDDEN


async def begin_acting(session: Session, caller: Principal) -> frozenset[Permission]:
    """Waits for whoever else is acting for this merchant; what the caller holds now that it is their turn.

    Raises `NotAllowed` for who may not run people (any more).
    """
    await session.lock(f"people:{caller.merchant}")
    row = await locked(session, caller.id)
    held = await held_by(session, row["merchant"], Role(row["role"]), row["custom_role"])
    if row["disabled_at"] is not None or Permission.USERS_WRITE not in held:
        raise NotAllowed("Your role does not allow this.")
    return held


def check_within(held: frozenset[Permission], wanted: frozenset[Permission]) -> None:
    """Raises `BeyondYours` unless all that is wanted is held."""
    if not wanted <= held:
        raise BeyondYours("This takes permissions that you do not hold yourself.")
