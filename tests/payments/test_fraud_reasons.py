"""Agents read a sentence for each reason, without the limit behind it."""

import re

from payments.fraud_reasons import FRAUD_REASONS, told


def test_each_reason_is_one_sentence_that_gives_no_limit_away() -> None:
    odd = {
        reason: text
        for reason, text in FRAUD_REASONS.items()
        if not re.fullmatch(r"[A-Z][^.0-9]+\.", text)
    }

    assert {} == odd


def test_a_reason_of_an_older_version_is_told_by_its_code() -> None:
    assert {"code": "moon_phase", "text": "Moon phase"} == told("moon_phase")
