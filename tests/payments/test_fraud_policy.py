"""The fraud limits as a merchant's setting: every field has a rule that its own default passes."""

import dataclasses

import pytest

from compliance.merchant_settings import as_json, faults_of
from payments.fraud_policy import FraudPolicy


def test_every_default_is_a_value_that_an_admin_could_have_chosen() -> None:
    assert [] == faults_of(FraudPolicy, as_json(FraudPolicy()))


def test_every_block_comes_at_or_after_its_challenge() -> None:
    policy = dataclasses.asdict(FraudPolicy())
    pairs = [
        (name, policy[name.replace("_block", "_challenge")], limit)
        for name, limit in policy.items()
        if name.replace("_block", "_challenge") in policy and name.endswith("_block")
    ]

    assert len(pairs) >= 8
    assert [] == [name for name, challenge, block in pairs if challenge > block]


@pytest.mark.parametrize(
    ("field", "value", "fits"),
    [
        ("countries_expected", ["GB", "IE"], True),
        ("countries_expected", ["UK"], False),
        ("countries_expected", ["gb"], False),
        ("countries_blocked", ["EU"], False),
        ("countries_blocked", [], True),
        ("review_hours", 96, True),
        ("review_hours", 97, False),
        ("own_link_days_review", 0, True),
        ("link_declines_hour_block", 0, False),
        ("merchant_declines_percent_challenge", 101, False),
    ],
)
def test_a_limit_is_refused_where_it_would_make_no_sense(
    field: str, value: object, fits: bool
) -> None:
    """`UK` and `EU` are no ISO 3166 countries; a review that outlasts its hold could take nothing."""
    assert fits is (faults_of(FraudPolicy, {field: value}) == [])
