"""A report's days begin and end where its people live, whatever the clocks there do."""

from datetime import UTC, datetime

import pytest

from agent_feed.reports.window import window_of
from core.errors import InvalidField

NOW = datetime(2026, 11, 22, 13, 24, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Europe/London", "2026-03-29", 23),  # clocks go forward
        ("Europe/London", "2026-10-25", 25),  # and back
        ("America/New_York", "2026-11-01", 25),
        ("Asia/Kolkata", "2026-10-25", 24),
        ("Australia/Lord_Howe", "2026-10-04", 23.5),
        ("UTC", "2026-03-29", 24),
    ],
)
def test_a_day_is_as_long_as_it_is_there(zone: str, day: str, hours: float) -> None:
    window = window_of(day, day, zone, now=NOW)
    assert (window.until - window.since).total_seconds() == hours * 3600
    assert window.day_of(window.since) == day


def test_without_dates_it_is_the_last_seven_days_with_today() -> None:
    window = window_of(None, None, "Asia/Tokyo", now=NOW)
    assert window.since == datetime(2026, 11, 15, 15, tzinfo=UTC)
    assert window.until == datetime(2026, 11, 22, 15, tzinfo=UTC)


def test_an_end_alone_means_the_week_before_it() -> None:
    window = window_of(None, "2026-10-07", "UTC", now=NOW)
    assert (window.since.day, window.until.day) == (1, 8)


def test_moments_are_taken_as_they_are() -> None:
    window = window_of("2026-11-22T01:00:00+01:00", "2026-11-22T00:30:00Z", "UTC", now=NOW)
    assert window.since == datetime(2026, 11, 22, tzinfo=UTC)
    assert window.until == datetime(2026, 11, 22, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("since", "until", "zone", "pointer"),
    [
        ("2026-02-30", None, "UTC", "/from"),
        ("yesterday", None, "UTC", "/from"),
        ("2026-11-22T01:00:00", None, "UTC", "/from"),
        ("2026-11-23", "2026-11-22", "UTC", "/from"),
        ("2026-11-22T00:00:00Z", "2026-11-22T00:00:00Z", "UTC", "/from"),
        ("2020-01-01", "2026-01-01", "UTC", "/from"),
        (None, "9999-12-31", "UTC", "/to"),
        ("0001-01-01", "0001-01-02", "Asia/Tokyo", "/from"),
        (None, None, "Mars/Olympus", "/timezone"),
        (None, None, "../etc/passwd", "/timezone"),
        (None, None, "Europe", "/timezone"),
        (None, None, "", "/timezone"),
        (None, None, "Europe/London\x00", "/timezone"),
    ],
)
def test_what_is_no_time_is_said_to_be_none(
    since: str | None, until: str | None, zone: str, pointer: str
) -> None:
    with pytest.raises(InvalidField) as refused:
        window_of(since, until, zone, now=NOW)
    assert [field.pointer for field in refused.value.fields] == [pointer]
