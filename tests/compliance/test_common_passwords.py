"""What guessers try first is refused, whatever digits and signs stand around it."""

import pytest

from compliance.common_passwords import is_common


@pytest.mark.parametrize(
    "password",
    [
        "Password12345",
        "P@ssw0rd2026!",
        "qwertyuiop12",
        "12345Welcome",
        "letmein!letmein1",
        "Summer202620",
    ],
)
def test_a_common_word_with_digits_is_common(password: str) -> None:
    assert is_common(password)


@pytest.mark.parametrize(
    "password", ["correct horse 1", "abcdefghijk1", "a fresh horse 2", "пароль-пароль1", "x9!" * 5]
)
def test_other_words_are_not(password: str) -> None:
    assert not is_common(password)
