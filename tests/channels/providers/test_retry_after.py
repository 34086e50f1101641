"""How long a provider asks us to wait."""

import pytest

from channels.providers.retry_after import retry_after_seconds


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("7", 7),
        ("0", 0),
        ("86400", 900),
        ("9" * 5000, None),
        ("Wed, 21 Oct 2026 07:28:00 GMT", None),
        ("-1", None),
        ("٧", None),
        ("", None),
    ],
)
def test_seconds_are_read_and_bounded_and_nothing_else_is(text: str, seconds: int | None) -> None:
    assert retry_after_seconds({"retry-after": text}) == seconds


def test_without_the_header_nothing_is_asked() -> None:
    assert retry_after_seconds({}) is None
