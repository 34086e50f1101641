"""Passwords meet PCI DSS 8.3.6, are kept as Argon2id, and cost the same to check whether anybody has them or not."""

import pytest

from compliance.passwords import WeakPassword, check_strength, generate, hash_password, matches


@pytest.mark.parametrize("password", ["abcdefghijk1", "a1" * 128, "пароль-пароль1", "1a          "])
def test_twelve_characters_with_a_letter_and_a_digit_are_strong_enough(password: str) -> None:
    check_strength(password)


@pytest.mark.parametrize(
    "password", ["", "abcdefghij1", "abcdefghijkl", "123456789012", "a1" * 129, "-" * 20]
)
def test_shorter_longer_or_simpler_ones_are_refused(password: str) -> None:
    with pytest.raises(WeakPassword):
        check_strength(password)


def test_generated_passwords_are_strong_and_differ() -> None:
    made = {generate() for _ in range(200)}
    assert 200 == len(made)
    for password in made:
        check_strength(password)


async def test_the_right_password_matches_and_no_other_does() -> None:
    kept = await hash_password("correct horse 1")
    assert kept.startswith("$argon2id$")
    assert await matches(kept, "correct horse 1")
    assert not await matches(kept, "correct horse 2")
    assert not await matches(kept, "")


async def test_the_same_password_is_never_hashed_alike() -> None:
    assert await hash_password("correct horse 1") != await hash_password("correct horse 1")


async def test_nobody_and_a_damaged_hash_match_nothing() -> None:
    assert not await matches(None, "correct horse 1")
    assert not await matches("no hash at all", "correct horse 1")
