"""Our own fraud rules: counts and limits in, a verdict with its reasons out. No I/O.

Declines are counted rather than payments: an honest queue of customers behind one address pays, a card tester
is refused again and again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from core.money import Money
from payments.fraud_counts import Circumstances, FraudCounts, Seen, Usual
from payments.fraud_policy import FraudPolicy
from payments.gateway import Risk
from payments.worth import strong_unit

__all__ = [
    "Circumstances",
    "FraudCheck",
    "FraudCounts",
    "FraudPolicy",
    "Seen",
    "Usual",
    "Verdict",
    "assess",
    "combine",
]


class Verdict(StrEnum):
    """What to do with an attempt, mildest first."""

    ALLOW = "allow"
    CHALLENGE = "challenge"  # ask the bank to see the customer
    REVIEW = "review"  # that too, and hold the money until a person has looked
    BLOCK = "block"


_RANK: Final = {verdict: rank for rank, verdict in enumerate(Verdict)}
_CHALLENGE, _REVIEW, _BLOCK = Verdict.CHALLENGE, Verdict.REVIEW, Verdict.BLOCK
_Fired = tuple[Verdict, str]

# What was counted of which subject, the policy's limits for it (`…_challenge`, `…_block`), and the reason.
_VELOCITY: Final = (
    ("link", "declines", "link_declines_hour", "link_declines"),
    ("link", "cards", "link_cards_hour", "many_cards_on_link"),
    ("address", "declines", "address_declines_hour", "address_declines"),
    ("address", "links", "address_links_hour", "many_links_from_address"),
    ("device", "declines", "device_declines_hour", "device_declines"),
    ("device", "cards", "device_cards_hour", "many_cards_on_device"),
    ("card", "declines", "card_declines_day", "card_declines"),
    ("bin", "cards", "bin_cards_hour", "many_cards_of_one_bank"),
)


@dataclass(frozen=True, slots=True)
class FraudCheck:
    """The verdict. `reasons` are codes that an agent may see; `score` runs from 0 to 100."""

    verdict: Verdict
    score: int
    reasons: tuple[str, ...]

    @property
    def asks_bank(self) -> bool:
        """Whether the bank is to challenge the customer, whatever it thinks itself."""
        return self.verdict in {Verdict.CHALLENGE, Verdict.REVIEW}

    @property
    def holds_money(self) -> bool:
        """Whether the money is only to be held, until a person has looked."""
        return self.verdict is Verdict.REVIEW

    def as_data(self) -> dict[str, Any]:
        """As `payment.fraud_check_completed` carries it."""
        return {"verdict": self.verdict.value, "score": self.score, "reasons": list(self.reasons)}


def assess(
    amount: Money,
    counts: FraudCounts,
    policy: FraudPolicy,
    circumstances: Circumstances | None = None,
) -> FraudCheck:
    """The strictest verdict that any rule asks for, with every reason that fired."""
    known = circumstances or Circumstances()
    fired = [
        *_by_amount(amount, policy),
        *_by_velocity(counts, policy),
        *_by_small_amounts(amount, counts, policy),
        *_by_habit(amount, counts, policy),
        *_by_country(amount, counts, known, policy),
        *_by_agent(counts, known),
    ]
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


def _by_amount(amount: Money, policy: FraudPolicy) -> Iterator[_Fired]:
    unit = strong_unit(amount.currency)
    limits = (
        (policy.block_amount_units, _BLOCK, "amount_above_limit"),
        (policy.review_amount_units, _REVIEW, "amount_very_high"),
        (policy.challenge_amount_units, _CHALLENGE, "amount_high"),
    )
    for units, verdict, reason in limits:
        if amount.minor >= units * unit:
            yield verdict, reason


def _by_velocity(counts: FraudCounts, policy: FraudPolicy) -> Iterator[_Fired]:
    for subject, counter, limit, reason in _VELOCITY:
        seen: Seen = getattr(counts, subject)
        # Of one card there is no honest crowd.
        if subject != "card" and not seen.mostly_refused:
            continue
        count: int = getattr(seen, counter)
        if count >= getattr(policy, f"{limit}_block"):
            yield _BLOCK, reason
        elif count >= getattr(policy, f"{limit}_challenge"):
            yield _CHALLENGE, reason
    if counts.card_links_hour >= policy.card_links_hour_challenge:
        yield _CHALLENGE, "card_on_many_links"
    merchant, percent = counts.merchant, policy.merchant_declines_percent_challenge
    enough = merchant.tries >= policy.merchant_tries_hour_least
    if enough and merchant.declines * 100 >= percent * merchant.tries:
        yield _CHALLENGE, "merchant_declines"


def _by_small_amounts(amount: Money, counts: FraudCounts, p: FraudPolicy) -> Iterator[_Fired]:
    """Whether a stolen card still works is tried with little money, which nobody misses."""
    unit = strong_unit(amount.currency)
    if amount.minor > p.small_amount_units * unit:
        return
    at_address = counts.address.small_declines
    if counts.address.mostly_refused and at_address >= p.address_small_declines_hour_block:
        yield _BLOCK, "small_amounts"
    if counts.merchant.small_declines >= p.merchant_small_declines_hour_challenge:
        yield _CHALLENGE, "small_amounts"


def _by_habit(amount: Money, counts: FraudCounts, p: FraudPolicy) -> Iterator[_Fired]:
    if amount.minor < p.unusual_amount_units_least * strong_unit(amount.currency):
        return
    usual = counts.usual
    most = usual.merchant_percentile_95 * p.usual_times_challenge
    if usual.merchant_payments >= p.usual_payments_least and amount.minor > most:
        yield _CHALLENGE, "amount_unusual"
    most = usual.customer_most * p.customer_times_challenge
    if usual.customer_payments >= p.customer_payments_least and amount.minor > most:
        yield _CHALLENGE, "amount_unusual_for_customer"


def _by_country(
    amount: Money, counts: FraudCounts, known: Circumstances, p: FraudPolicy
) -> Iterator[_Fired]:
    country = known.card_country
    if country is None:
        return
    if country in p.countries_blocked:
        yield _BLOCK, "card_country_blocked"
    if p.countries_expected and country not in p.countries_expected:
        yield _CHALLENGE, "card_country_unexpected"
    at_home = {counts.merchant_country, known.customer_country} - {None}
    limit = p.country_amount_units_challenge * strong_unit(amount.currency)
    if amount.minor >= limit and at_home and country not in at_home:
        yield _CHALLENGE, "card_country_differs"


def _by_agent(counts: FraudCounts, known: Circumstances) -> Iterator[_Fired]:
    """Commission, or a way to wash a stolen card, paid to oneself: a person looks."""
    if counts.agent_address:
        yield _REVIEW, "agent_address"
    if known.agent_contact:
        yield _REVIEW, "agent_contact"


def _score(verdict: Verdict, reasons: int) -> int:
    base = {Verdict.ALLOW: 0, Verdict.CHALLENGE: 40, Verdict.REVIEW: 60, Verdict.BLOCK: 90}[verdict]
    return min(100, base + 5 * max(0, reasons - 1))
