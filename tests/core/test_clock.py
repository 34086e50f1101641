"""The clock tells aware UTC, and its text form is RFC 3339 to the millisecond."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.clock import rfc3339, utc_now


def test_now_is_aware_and_in_utc() -> None:
    assert timedelta(0) == utc_now().utcoffset()


def test_time_does_not_run_backwards() -> None:
    first = utc_now()
    assert first <= utc_now()


def test_a_moment_is_written_in_utc_with_milliseconds() -> None:
    india = timezone(timedelta(hours=5, minutes=30))
    assert "2026-11-22T13:24:05.123Z" == rfc3339(datetime(2026, 11, 22, 18, 54, 5, 123999, india))
    assert "2026-11-22T13:24:05.000Z" == rfc3339(datetime(2026, 11, 22, 13, 24, 5, 0, UTC))


@given(st.datetimes(timezones=st.just(UTC)))
def test_the_text_reads_back_as_the_same_millisecond(moment: datetime) -> None:
    assert moment.replace(microsecond=moment.microsecond // 1000 * 1000) == datetime.fromisoformat(
        rfc3339(moment)
    )


def test_a_moment_without_a_zone_is_a_programmers_error() -> None:
    with pytest.raises(AssertionError):
        rfc3339(datetime(2026, 11, 22))  # noqa: DTZ001 -- the very thing that is refused
