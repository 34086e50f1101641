"""A known weakness stops the build; what could not be asked is never told as if it were well."""

import json

from tests.audit.answers import of_npm, of_pip


def test_a_weak_package_is_named_and_one_that_was_not_found_is_counted() -> None:
    dependencies = [
        {"name": "old", "version": "1.0", "vulns": [{"id": "PYSEC-1"}]},
        {"name": "good", "version": "2.0", "vulns": []},
        {"name": "own", "skip_reason": "not found"},
    ]
    found = of_pip(json.dumps({"dependencies": dependencies}))
    assert (2, 1, ("old 1.0: PYSEC-1",)) == (found.checked, found.unchecked, found.weak)
    assert "KNOWN WEAKNESSES" in found.sentence


def test_nobody_to_ask_is_told_as_that() -> None:
    for text in ("", "no JSON", "[]", '{"message": "405 Method Not Allowed"}'):
        for found in (of_pip(text), of_npm(text)):
            assert (0, ()) == (found.checked, found.weak)
            assert "not checked" in found.sentence


def test_the_front_ends_weak_packages_are_named() -> None:
    told = {
        "vulnerabilities": {"svelte": {"range": "<5", "severity": "high"}},
        "metadata": {"dependencies": {"prod": 12}},
    }
    assert ("svelte <5: high",) == of_npm(json.dumps(told)).weak
    told["vulnerabilities"] = {}
    assert "12 checked, nothing known" in of_npm(json.dumps(told)).sentence
