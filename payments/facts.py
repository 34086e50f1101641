"""An outcome in the words of our tables: what it says of its attempt, and what the agent is told of it. No I/O."""

from dataclasses import dataclass, field
from typing import Any, Final, assert_never

from core.money import Money
from payments.attempts import Attempt
from payments.declines import decline_of
from payments.fraud import FraudCheck
from payments.gateway import (
    Abandoned,
    Authorised,
    CardFacts,
    Challenged,
    Declined,
    Outcome,
    Processing,
    Risk,
    Succeeded,
    Unknown,
    Unreached,
)
from payments.states import AttemptState

_S: Final = AttemptState


@dataclass(frozen=True, slots=True)
class Fact:
    """An outcome in the words of our tables."""

    state: AttemptState
    reference: str | None = None
    captured: Money | None = None
    card: CardFacts = field(default_factory=CardFacts)
    risk: Risk = field(default_factory=Risk)
    problem: str | None = None
    charge_reference: str | None = None
    # Where a challenged customer is: at the bank, or at the PSP's own page.
    place: str = "bank"


def fact_of(outcome: Outcome) -> Fact:  # noqa: PLR0911 - one line an outcome
    """What an outcome says of its attempt."""
    match outcome:
        case Succeeded(reference, captured, card, risk, charge):
            return Fact(_S.SUCCEEDED, reference, captured, card, risk, charge_reference=charge)
        case Authorised(reference, amount, card, risk):
            return Fact(_S.AUTHORISED, reference, amount, card, risk)
        case Challenged(reference):
            return Fact(_S.CHALLENGED, reference, place=outcome.place)
        case Processing(reference):
            return Fact(_S.PROCESSING, reference)
        case Declined(reference, code, card, risk):
            return Fact(_S.DECLINED, reference, card=card, risk=risk, problem=decline_of(code).code)
        case Abandoned(reference):
            return Fact(_S.ABANDONED, reference, problem="not_completed")
        case Unreached(_):
            return Fact(_S.ABANDONED, problem="psp_unavailable")
        case Unknown(_):
            return Fact(_S.UNKNOWN)
        case _:
            assert_never(outcome)


def as_ordered(outcome: Outcome, capture: str) -> Outcome:
    """A report that says yes without telling a hold from a capture: what was ordered at once is captured at once."""
    if isinstance(outcome, Authorised) and outcome.as_ordered and capture == "automatic":
        return Succeeded(outcome.reference, outcome.amount, outcome.card, outcome.risk)
    return outcome


def mismatched(attempt: Attempt, fact: Fact) -> bool:
    """Whether the PSP took or holds something else than what was asked. Of a hold, a part may be taken."""
    took = fact.captured
    if took is None:
        return False
    if attempt.capture == "manual" and fact.state is _S.SUCCEEDED:
        asked = attempt.amount
        return took.currency != asked.currency or not 0 < took.minor <= asked.minor
    return took != attempt.amount


def stays_loose(attempt: Attempt, fact: Fact) -> bool:
    """Whether somebody could still confirm the PSP's intent: after a decline the browser may hold its secret."""
    match fact.state:
        case _S.SUCCEEDED | _S.ABANDONED | _S.BLOCKED:
            return False
        case _S.DECLINED:
            return attempt.loose and (fact.reference or attempt.reference) is not None
        case _:
            return True


def story(
    attempt: Attempt, fact: Fact, check: FraudCheck, *, completes: bool
) -> list[tuple[str, dict[str, Any]]]:
    """What the agent is told, in order, success aside."""
    told: list[tuple[str, dict[str, Any]]] = []
    if completes:
        told.append(("payment.fraud_check_completed", check.as_data()))
    if attempt.state is _S.CHALLENGED and fact.state in {
        _S.SUCCEEDED,
        _S.AUTHORISED,
        _S.PROCESSING,
        _S.DECLINED,
        _S.ABANDONED,
    }:
        failed = fact.problem in {"authentication_failed", "not_completed"}
        told.append(
            ("payment.challenge_completed", {"result": "failed" if failed else "succeeded"})
        )
    match fact.state:
        case _S.CHALLENGED:
            told.append(("payment.challenge_started", {"place": fact.place}))
        case _S.PROCESSING:
            told.append(("payment.processing", {}))
        case _S.AUTHORISED:
            told.append(("payment.authorised", money_data(attempt.amount, attempt, fact)))
        case _S.ABANDONED if attempt.state is _S.AUTHORISED and fact.problem is None:
            told.append(("payment.cancelled", {"reason": "released"}))
        case _S.DECLINED | _S.BLOCKED | _S.ABANDONED:
            told.append(("payment.declined", decline_of(fact.problem).as_data()))
        case _:
            pass
    return told


def mismatch_data(attempt: Attempt, fact: Fact) -> dict[str, Any]:
    """What the PSP says it took or holds, for the person who must look."""
    assert fact.captured is not None
    return {
        "account": attempt.account,
        "reference": fact.reference,
        "status": fact.state.value,
        "amount": fact.captured.minor,
        "currency": fact.captured.currency.code,
    }


def money_data(amount: Money, attempt: Attempt, fact: Fact) -> dict[str, Any]:
    """Money as the events carry it: how much, and from which card."""
    brand = attempt.card.brand or fact.card.brand
    last4 = attempt.card.last4 or fact.card.last4
    wallet = {"wallet": fact.card.wallet} if fact.card.wallet else {}
    return {
        "amount": amount.minor,
        "currency": amount.currency.code,
        "card": {"brand": brand, "last4": last4, **wallet} if last4 else None,
    }
