"""Our fraud rules (payments.fraud, on payments.fraud_counts): each at its limit and one below; and with the PSP's."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.money import Money
from payments.fraud import (
    Circumstances,
    FraudCheck,
    FraudCounts,
    FraudPolicy,
    Seen,
    Usual,
    Verdict,
    assess,
    combine,
)
from payments.fraud_reasons import FRAUD_REASONS
from payments.gateway import Risk

POLICY = FraudPolicy()
SMALL = Money.of(4999, "GBP")
TINY = Money.of(500, "GBP")
NOTHING = FraudCounts()
ALLOW, CHALLENGE, REVIEW, BLOCK = Verdict

COUNTED = [
    ("link", "declines", 5, CHALLENGE, "link_declines"),
    ("link", "declines", 10, BLOCK, "link_declines"),
    ("link", "cards", 5, CHALLENGE, "many_cards_on_link"),
    ("link", "cards", 8, BLOCK, "many_cards_on_link"),
    ("address", "declines", 20, CHALLENGE, "address_declines"),
    ("address", "declines", 50, BLOCK, "address_declines"),
    ("address", "links", 10, CHALLENGE, "many_links_from_address"),
    ("address", "links", 30, BLOCK, "many_links_from_address"),
    ("device", "declines", 15, CHALLENGE, "device_declines"),
    ("device", "declines", 40, BLOCK, "device_declines"),
    ("device", "cards", 8, CHALLENGE, "many_cards_on_device"),
    ("device", "cards", 20, BLOCK, "many_cards_on_device"),
    ("card", "declines", 6, CHALLENGE, "card_declines"),
    ("card", "declines", 20, BLOCK, "card_declines"),
    ("bin", "cards", 10, CHALLENGE, "many_cards_of_one_bank"),
    ("bin", "cards", 40, BLOCK, "many_cards_of_one_bank"),
]


def seen(subject: str, counter: str, number: int, *, paid: int = 0) -> FraudCounts:
    """Only this was seen. Whatever was refused was declined, so that refusals outnumber what was paid."""
    what: dict[str, Any] = {subject: replace(Seen(declines=1), **{counter: number}, paid=paid)}
    return replace(NOTHING, **what)


@pytest.mark.parametrize(("subject", "counter", "limit", "verdict", "reason"), COUNTED)
def test_a_count_at_its_limit_fires_the_rule(
    subject: str, counter: str, limit: int, verdict: Verdict, reason: str
) -> None:
    check = assess(SMALL, seen(subject, counter, limit), POLICY)

    assert (verdict, (reason,)) == (check.verdict, check.reasons)


@pytest.mark.parametrize(("subject", "counter", "limit", "verdict", "reason"), COUNTED)
def test_a_count_one_below_its_limit_does_not(
    subject: str, counter: str, limit: int, verdict: Verdict, reason: str
) -> None:
    check = assess(SMALL, seen(subject, counter, limit - 1), POLICY)

    assert verdict is not check.verdict


@pytest.mark.parametrize(("subject", "counter", "limit", "verdict", "reason"), COUNTED)
def test_where_as_many_pay_as_are_refused_nobody_is_suspected_but_a_card(
    subject: str, counter: str, limit: int, verdict: Verdict, reason: str
) -> None:
    """A queue behind one address, a link that a hundred people pay: an honest crowd has some bad cards too."""
    check = assess(SMALL, seen(subject, counter, limit, paid=limit), POLICY)

    assert (verdict if subject == "card" else ALLOW) is check.verdict


def test_a_card_on_many_links_is_challenged() -> None:
    checks = [assess(SMALL, FraudCounts(card_links_hour=n), POLICY) for n in (119, 120)]

    assert [(ALLOW, ()), (CHALLENGE, ("card_on_many_links",))] == [
        (check.verdict, check.reasons) for check in checks
    ]


@pytest.mark.parametrize(
    ("tries", "declines", "verdict"),
    [(100, 60, CHALLENGE), (100, 59, ALLOW), (99, 99, ALLOW), (1000, 1000, CHALLENGE)],
)
def test_a_merchant_under_attack_challenges_everybody_and_blocks_nobody(
    tries: int, declines: int, verdict: Verdict
) -> None:
    """Else an attacker could close the shop."""
    counts = FraudCounts(merchant=Seen(tries=tries, declines=declines))

    assert verdict is assess(SMALL, counts, POLICY).verdict


def test_a_customer_with_three_declines_and_then_a_good_card_is_not_blocked() -> None:
    three = Seen(tries=3, declines=3, cards=3, links=1, small_declines=3)
    counts = FraudCounts(link=three, address=three, device=three, bin=three, merchant=three)

    assert assess(TINY, counts, POLICY).verdict in {ALLOW, CHALLENGE}


# Amounts

AMOUNTS = [
    (250_000, "GBP", CHALLENGE),
    (10_000_000, "GBP", REVIEW),
    (25_000_000, "GBP", BLOCK),
    (250_000, "JPY", CHALLENGE),
    (25_000_000, "JPY", BLOCK),
    (2_500_000, "KWD", CHALLENGE),
    (250_000_000, "KWD", BLOCK),
    (2_500_000_000, "IQD", CHALLENGE),
    (25_000_000, "VND", CHALLENGE),
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


@pytest.mark.parametrize(
    ("minor", "usual", "reasons"),
    [
        (50_001, Usual(20, 5_000), ("amount_unusual",)),
        (50_000, Usual(20, 5_000), ()),
        (50_001, Usual(19, 5_000), ()),
        (9_999, Usual(200, 100), ()),
        (20_001, Usual(0, 0, 3, 2_000), ("amount_unusual_for_customer",)),
        (20_000, Usual(0, 0, 3, 2_000), ()),
        (20_001, Usual(0, 0, 2, 2_000), ()),
        (60_000, Usual(20, 5_000, 3, 2_000), ("amount_unusual", "amount_unusual_for_customer")),
    ],
)
def test_an_amount_far_above_what_is_usual_is_challenged_once_enough_is_known(
    minor: int, usual: Usual, reasons: tuple[str, ...]
) -> None:
    check = assess(Money.of(minor, "GBP"), FraudCounts(usual=usual), POLICY)

    assert (CHALLENGE if reasons else ALLOW, reasons) == (check.verdict, check.reasons)


@pytest.mark.parametrize(
    ("minor", "address", "merchant", "verdict"),
    [
        (500, 25, 25, BLOCK),
        (500, 24, 24, CHALLENGE),  # by the declines of the address
        (501, 25, 99, CHALLENGE),
        (500, 0, 30, CHALLENGE),
        (501, 0, 30, ALLOW),
        (500, 0, 29, ALLOW),
    ],
)
def test_many_small_declines_make_small_amounts_suspect_and_no_others(
    minor: int, address: int, merchant: int, verdict: Verdict
) -> None:
    counts = FraudCounts(
        address=Seen(declines=address, small_declines=address),
        merchant=Seen(small_declines=merchant),
    )

    assert verdict is assess(Money.of(minor, "GBP"), counts, POLICY).verdict


# Countries and agents

LARGE = Money.of(100_000, "GBP")


@pytest.mark.parametrize(
    ("amount", "card", "customer", "policy", "expected"),
    [
        (SMALL, "US", None, POLICY, (ALLOW, ())),
        (LARGE, "US", None, POLICY, (CHALLENGE, ("card_country_differs",))),
        (LARGE, "GB", None, POLICY, (ALLOW, ())),
        (LARGE, "US", "US", POLICY, (ALLOW, ())),
        (LARGE, "GB", "US", POLICY, (ALLOW, ())),
        (LARGE, None, "US", POLICY, (ALLOW, ())),
        (
            SMALL,
            "US",
            None,
            FraudPolicy(countries_expected=("GB", "IE")),
            (CHALLENGE, ("card_country_unexpected",)),
        ),
        (SMALL, "IE", None, FraudPolicy(countries_expected=("GB", "IE")), (ALLOW, ())),
        (SMALL, None, None, FraudPolicy(countries_expected=("GB",)), (ALLOW, ())),
        (
            SMALL,
            "US",
            None,
            FraudPolicy(countries_blocked=("US",)),
            (BLOCK, ("card_country_blocked",)),
        ),
    ],
)
def test_a_card_from_elsewhere_is_judged_by_where_it_may_come_from(
    amount: Money,
    card: str | None,
    customer: str | None,
    policy: FraudPolicy,
    expected: tuple[Verdict, tuple[str, ...]],
) -> None:
    known = Circumstances(card_country=card, customer_country=customer)
    check = assess(amount, FraudCounts(merchant_country="GB"), policy, known)

    assert expected == (check.verdict, check.reasons)


def test_an_agent_who_pays_their_own_link_is_looked_at_by_somebody_else() -> None:
    by_address = assess(SMALL, FraudCounts(agent_address=True), POLICY)
    by_contact = assess(SMALL, NOTHING, POLICY, Circumstances(agent_contact=True))

    assert [(REVIEW, ("agent_address",)), (REVIEW, ("agent_contact",))] == [
        (by_address.verdict, by_address.reasons),
        (by_contact.verdict, by_contact.reasons),
    ]


# Verdicts


def test_an_honest_payment_is_allowed_without_a_reason() -> None:
    assert FraudCheck(ALLOW, 0, ()) == assess(SMALL, NOTHING, POLICY)


def test_the_strictest_rule_decides_and_every_reason_is_told_once() -> None:
    counts = FraudCounts(link=Seen(declines=10), card=Seen(declines=6))
    check = assess(Money.of(250_000, "GBP"), counts, POLICY)

    assert (BLOCK, ("amount_high", "link_declines", "card_declines")) == (
        check.verdict,
        check.reasons,
    )


def test_a_review_asks_the_bank_as_well_and_only_holds_the_money() -> None:
    """Whoever is looked at by a person has no less to show to the bank."""
    checks = [FraudCheck(verdict, 0, ()) for verdict in Verdict]

    assert [(False, False), (True, False), (True, True), (False, False)] == [
        (check.asks_bank, check.holds_money) for check in checks
    ]


ALLOWED = FraudCheck(ALLOW, 0, ())
CHALLENGED = FraudCheck(CHALLENGE, 40, ("amount_high",))
COMBINED = [
    (ALLOWED, Risk("normal", 12), ALLOW, 12, ()),
    (ALLOWED, Risk(), ALLOW, 0, ()),
    (ALLOWED, Risk("elevated", 70), REVIEW, 70, ("psp_risk_elevated",)),
    (CHALLENGED, Risk("normal", 3), CHALLENGE, 40, ("amount_high",)),
    (CHALLENGED, Risk("highest", 91), REVIEW, 91, ("amount_high", "psp_risk_highest")),
    (ALLOWED, Risk("highest", 80, blocked=True), BLOCK, 90, ("psp_blocked",)),
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


SEEN = st.builds(Seen, *(st.integers(0, 200) for _ in range(6)))
COUNTS = st.builds(
    FraudCounts,
    *(SEEN for _ in range(6)),
    card_links_hour=st.integers(0, 200),
    usual=st.builds(Usual, *(st.integers(0, 10_000) for _ in range(4))),
    merchant_country=st.sampled_from([None, "GB"]),
    agent_address=st.booleans(),
)
KNOWN = st.builds(
    Circumstances,
    card_country=st.sampled_from([None, "GB", "US"]),
    customer_country=st.sampled_from([None, "FR"]),
    agent_contact=st.booleans(),
)
STRICT = FraudPolicy(countries_expected=("GB",), countries_blocked=("US",))


@given(
    counts=COUNTS,
    known=KNOWN,
    minor=st.integers(501, 10**11),
    more=st.integers(0, 10**6),
    score=st.none() | st.integers(0, 1000),
)
def test_more_of_anything_is_never_judged_milder(
    counts: FraudCounts, known: Circumstances, minor: int, more: int, score: int | None
) -> None:
    """Small amounts aside, which are suspect for being small."""
    ranks = list(Verdict)
    before = assess(Money.of(minor, "EUR"), counts, STRICT, known)
    worse = replace(counts, link=replace(counts.link, declines=counts.link.declines + more))
    after = assess(Money.of(minor + more, "EUR"), worse, STRICT, known)
    both = combine(after, Risk("elevated", score))

    assert ranks.index(before.verdict) <= ranks.index(after.verdict) <= ranks.index(both.verdict)
    assert 0 <= both.score <= 100


@given(
    counts=COUNTS,
    known=KNOWN,
    minor=st.integers(1, 10**11),
    risk=st.sampled_from([Risk(), Risk("elevated"), Risk("highest"), Risk(blocked=True)]),
)
def test_every_reason_has_a_sentence_for_agents(
    counts: FraudCounts, known: Circumstances, minor: int, risk: Risk
) -> None:
    check = combine(assess(Money.of(minor, "EUR"), counts, STRICT, known), risk)

    assert set(check.reasons) <= set(FRAUD_REASONS)
