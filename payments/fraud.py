"""Our own fraud rules: counts and limits in, a verdict with its reasons out. No I/O.

Declines are counted rather than payments: an honest queue of customers behind one address pays, a card tester
is refused again and again.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from core.money import Money
from payments.gateway import Risk
from payments.worth import strong_unit


class Verdict(StrEnum):
    """What to do with an attempt, mildest first."""

    ALLOW = "allow"
    CHALLENGE = "challenge"  # ask the bank to see the customer
    REVIEW = "review"
    BLOCK = "block"


_RANK: Final = {verdict: rank for rank, verdict in enumerate(Verdict)}


@dataclass(frozen=True, slots=True)
class FraudPolicy:
    """The limits. Amounts are in whole units of a strong currency (USD, EUR, GBP); windows are said in the names."""

    challenge_amount_units: int = 2_500
    block_amount_units: int = 250_000
    link_declines_hour_challenge: int = 5
    link_declines_hour_block: int = 10
    link_cards_hour_block: int = 8
    address_declines_hour_challenge: int = 20
    address_declines_hour_block: int = 50
    card_declines_day_challenge: int = 6
    card_declines_day_block: int = 20
    card_links_hour_challenge: int = 120


@dataclass(frozen=True, slots=True)
class FraudCounts:
    """What was seen lately of this link, this customer's address and this card, the new attempt not counted."""

    link_declines_hour: int = 0
    link_cards_hour: int = 0
    address_declines_hour: int = 0
    card_declines_day: int = 0
    card_links_hour: int = 0


@dataclass(frozen=True, slots=True)
class FraudCheck:
    """The verdict. `reasons` are codes that an agent may see; `score` runs from 0 to 100."""

    verdict: Verdict
    score: int
    reasons: tuple[str, ...]

    def as_data(self) -> dict[str, Any]:
        """As `payment.fraud_check_completed` carries it."""
        return {"verdict": self.verdict.value, "score": self.score, "reasons": list(self.reasons)}


def assess(amount: Money, counts: FraudCounts, policy: FraudPolicy) -> FraudCheck:
    """The strictest verdict that any rule asks for, with every reason that fired."""
    unit = strong_unit(amount.currency)
    challenge, block = Verdict.CHALLENGE, Verdict.BLOCK
    rules = (
        (amount.minor >= policy.block_amount_units * unit, block, "amount_above_limit"),
        (amount.minor >= policy.challenge_amount_units * unit, challenge, "amount_high"),
        (counts.link_declines_hour >= policy.link_declines_hour_block, block, "link_declines"),
        (
            counts.link_declines_hour >= policy.link_declines_hour_challenge,
            challenge,
            "link_declines",
        ),
        (counts.link_cards_hour >= policy.link_cards_hour_block, block, "many_cards_on_link"),
        (
            counts.address_declines_hour >= policy.address_declines_hour_block,
            block,
            "address_declines",
        ),
        (
            counts.address_declines_hour >= policy.address_declines_hour_challenge,
            challenge,
            "address_declines",
        ),
        (counts.card_declines_day >= policy.card_declines_day_block, block, "card_declines"),
        (
            counts.card_declines_day >= policy.card_declines_day_challenge,
            challenge,
            "card_declines",
        ),
        (
            counts.card_links_hour >= policy.card_links_hour_challenge,
            challenge,
            "card_on_many_links",
        ),
    )
    fired = [(verdict, reason) for holds, verdict, reason in rules if holds]
    verdict = max((v for v, _ in fired), key=_RANK.__getitem__, default=Verdict.ALLOW)
    reasons = tuple(dict.fromkeys(reason for _, reason in fired))
    return FraudCheck(verdict, _score(verdict, len(reasons)), reasons)


def combine(ours: FraudCheck, psp: Risk) -> FraudCheck:
    """Our verdict and the PSP's as one: what the agent is told."""
    verdict, reasons = ours.verdict, list(ours.reasons)
    if psp.blocked:
        verdict = Verdict.BLOCK
        reasons.append("psp_blocked")
    elif psp.level in {"elevated", "highest"}:
        verdict = max(verdict, Verdict.REVIEW, key=_RANK.__getitem__)
        reasons.append(f"psp_risk_{psp.level}")
    score = max(_score(verdict, len(reasons)), psp.score or 0)
    return FraudCheck(verdict, min(score, 100), tuple(dict.fromkeys(reasons)))


def _score(verdict: Verdict, reasons: int) -> int:
    base = {Verdict.ALLOW: 0, Verdict.CHALLENGE: 40, Verdict.REVIEW: 60, Verdict.BLOCK: 90}[verdict]
    return min(100, base + 5 * max(0, reasons - 1))
