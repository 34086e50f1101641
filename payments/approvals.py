"""Maker and checker: above a merchant's own limits, a second person has to agree before money or a link leaves.

NotAllowed (compliance)     the caller is no supervisor or admin in person
SameHands                   the caller made what is to be approved, or it is their own work
"""

from dataclasses import dataclass
from typing import ClassVar, Final, Literal

from compliance.api_keys import maker_of_key
from compliance.journal.facts import facts_of_links
from compliance.merchant_settings import Setting, whole
from compliance.principal import NotAllowed, Principal
from compliance.roles import Permission
from core.database import Session
from core.errors import Kind, PaythreadError
from core.money import Money
from payments.worth import strong_unit

_UNITS_MAX = 100_000_000
# Which tell, by whose work they are, whose link it has been.
_OWNING: Final = ("link.created", "link.updated")


@dataclass(frozen=True, slots=True)
class ApprovalPolicy(Setting):
    """Above which amounts a second person is needed, in whole units of a strong currency; None: never."""

    name: ClassVar[str] = "approvals"
    link_amount_units: int | None = whole(None, least=0, most=_UNITS_MAX)
    refund_amount_units: int | None = whole(None, least=0, most=_UNITS_MAX)


class SameHands(PaythreadError):
    """Whoever made it, or whose work it is, cannot be the second person."""

    code = "second_person_needed"
    kind = Kind.FORBIDDEN


def needs_second_person(
    policy: ApprovalPolicy, amount: Money, kind: Literal["link", "refund"]
) -> bool:
    """Whether the amount is above the limit for its kind."""
    units = policy.link_amount_units if kind == "link" else policy.refund_amount_units
    return units is not None and amount.minor > units * strong_unit(amount.currency)


def check_second_person(caller: Principal, *, maker: str, agent: str | None = None) -> None:
    """Whether this caller may approve or reject what `maker` (an actor, as the journal writes it) has made.

    Raises `NotAllowed` for whoever does not hold `PAYMENTS_REVIEW`, as supervisors and admins do; and for software,
    which is nobody's second pair of eyes.
    Raises `SameHands` for the maker, and for the agent whose work it is.
    """
    if caller.kind != "user" or not caller.may(Permission.PAYMENTS_REVIEW):
        raise NotAllowed("A supervisor or an admin decides this, signed in as themselves.")
    if caller.actor == maker or caller.id == agent:
        raise SameHands("A second person has to decide this.")


async def check_not_by_their_key(session: Session, caller: Principal, *, maker: str) -> None:
    """Raises `SameHands` where software made it with a key that the caller made: they may hold it still."""
    kind, _, key = maker.partition(":")
    if kind == "key" and await maker_of_key(session, caller.merchant, key) == caller.actor:
        raise SameHands("A second person has to decide this: it was made with a key of yours.")


async def check_never_theirs(session: Session, caller: Principal, link: str) -> None:
    """Raises `SameHands` where the link was ever the caller's: to give it away makes nobody a second person."""
    facts = await facts_of_links(session, caller.merchant, [link], _OWNING)
    if any(fact.agent == caller.id for fact in facts):
        raise SameHands("A second person has to decide this: the link was yours.")
