"""Our fraud rules: each at its limit and one below, and our verdict with the PSP's."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.money import Money
from payments.fraud import FraudCheck, FraudCounts, FraudPolicy, Verdict, assess, combine
from payments.gateway import Risk

POLICY = FraudPolicy()
SMALL = Money.of(4999, "GBP")
NOTHING = FraudCounts()

COUNTED = [
    ("link_declines_hour", 5, Verdict.CHALLENGE, "link_declines"),
    ("link_declines_hour", 10, Verdict.BLOCK, "link_declines"),
    ("link_cards_hour", 8, Verdict.BLOCK, "many_cards_on_link"),
    ("address_declines_hour", 20, Verdict.CHALLENGE, "address_declines"),
    ("address_declines_hour", 50, Verdict.BLOCK, "address_declines"),
    ("card_declines_day", 6, Verdict.CHALLENGE, "card_declines"),
    ("card_declines_day", 20, Verdict.BLOCK, "card_declines"),
    ("card_links_hour", 120, Verdict.CHALLENGE, "card_on_many_links"),
]


@pytest.mark.parametrize(("counter", "limit", "verdict", "reason"), COUNTED)
def test_a_count_at_its_limit_fires_the_rule(
    counter: str, limit: int, verdict: Verdict, reason: str
) -> None:
    check = assess(SMALL, replace(NOTHING, **{counter: limit}), POLICY)

    assert (verdict, (reason,)) == (check.verdict, check.reasons)


@pytest.mark.parametrize(("counter", "limit", "verdict", "reason"), COUNTED)
def test_a_count_one_below_its_limit_does_not(
    counter: str, limit: int, verdict: Verdict, reason: str
) -> None:
    check = assess(SMALL, replace(NOTHING, **{counter: limit - 1}), POLICY)

    assert verdict is not check.verdict


AMOUNTS = [
    (250_000, "GBP", Verdict.CHALLENGE),
    (25_000_000, "GBP", Verdict.BLOCK),
    (250_000, "JPY", Verdict.CHALLENGE),
    (25_000_000, "JPY", Verdict.BLOCK),
    (2_500_000, "KWD", Verdict.CHALLENGE),
    (250_000_000, "KWD", Verdict.BLOCK),
    (2_500_000_000, "IQD", Verdict.CHALLENGE),
    (25_000_000, "VND", Verdict.CHALLENGE),
]


@pytest.mark.parametrize(("minor", "currency", "verdict"), AMOUNTS)
def test_an_amount_at_the_limit_of_its_currency_fires(
    minor: int, currency: str, verdict: Verdict
) -> None:
    """Limits are about value: 2,500 in a strong currency, and what is worth about as much in others."""
    assert verdict is assess(Money.of(minor, currency), NOTHING, POLICY).verdict


@pytest.mark.parametrize(("minor", "currency", "verdict"), AMOUNTS)
def test_an_amount_one_minor_unit_below_does_not(
    minor: int, currency: str, verdict: Verdict
) -> None:
    assert verdict is not assess(Money.of(minor - 1, currency), NOTHING, POLICY).verdict


def test_an_honest_payment_is_allowed_without_a_reason() -> None:
    assert FraudCheck(Verdict.ALLOW, 0, ()) == assess(SMALL, NOTHING, POLICY)


def test_the_strictest_rule_decides_and_every_reason_is_told_once() -> None:
    counts = FraudCounts(link_declines_hour=10, card_declines_day=6)
    check = assess(Money.of(250_000, "GBP"), counts, POLICY)

    assert (Verdict.BLOCK, ("amount_high", "link_declines", "card_declines")) == (
        check.verdict,
        check.reasons,
    )


ALLOWED = FraudCheck(Verdict.ALLOW, 0, ())
CHALLENGED = FraudCheck(Verdict.CHALLENGE, 40, ("amount_high",))
COMBINED = [
    (ALLOWED, Risk("normal", 12), Verdict.ALLOW, 12, ()),
    (ALLOWED, Risk(), Verdict.ALLOW, 0, ()),
    (ALLOWED, Risk("elevated", 70), Verdict.REVIEW, 70, ("psp_risk_elevated",)),
    (CHALLENGED, Risk("normal", 3), Verdict.CHALLENGE, 40, ("amount_high",)),
    (CHALLENGED, Risk("highest", 91), Verdict.REVIEW, 91, ("amount_high", "psp_risk_highest")),
    (ALLOWED, Risk("highest", 80, blocked=True), Verdict.BLOCK, 90, ("psp_blocked",)),
]


@pytest.mark.parametrize(("ours", "psp", "verdict", "score", "reasons"), COMBINED)
def test_our_verdict_and_the_psps_become_one(
    ours: FraudCheck, psp: Risk, verdict: Verdict, score: int, reasons: tuple[str, ...]
) -> None:
    assert FraudCheck(verdict, score, reasons) == combine(ours, psp)


def test_combining_twice_changes_nothing_more() -> None:
    """Each fact about an attempt brings the PSP's risk again."""
    risk = Risk("elevated", 70)
    once = combine(CHALLENGED, risk)

    assert once == combine(once, risk)


@given(
    counts=st.builds(FraudCounts, *(st.integers(0, 200) for _ in range(5))),
    minor=st.integers(1, 10**11),
    more=st.integers(0, 10**6),
    score=st.none() | st.integers(0, 1000),
)
def test_more_of_anything_is_never_judged_milder(
    counts: FraudCounts, minor: int, more: int, score: int | None
) -> None:
    ranks = list(Verdict)
    before = assess(Money.of(minor, "EUR"), counts, POLICY)
    worse = replace(counts, link_declines_hour=counts.link_declines_hour + more)
    after = assess(Money.of(minor + more, "EUR"), worse, POLICY)
    both = combine(after, Risk("elevated", score))

    assert ranks.index(before.verdict) <= ranks.index(after.verdict) <= ranks.index(both.verdict)
    assert 0 <= both.score <= 100
