"""Delays grow, are spread, and go on for at least three days; `Retry-After` is never undercut."""

from datetime import timedelta
from email.utils import format_datetime

import pytest

from agent_feed.webhooks.schedule import GIVE_UP_AFTER, delay, next_try, read_retry_after
from tests.support.clock import START

NOMINAL_SECONDS = [5, 30, 120, 600, 1800, 3600, 7200, 14400, 28800, 43200, 43200]


@pytest.mark.parametrize("step", range(11))
def test_each_delay_is_spread_a_fifth_either_way(step: int) -> None:
    nominal = timedelta(seconds=NOMINAL_SECONDS[step])
    delays = {delay(step) for _ in range(200)}
    assert len(delays) > 20
    assert all(nominal * 0.8 <= each <= nominal * 1.2 for each in delays)


@pytest.mark.parametrize("_run", range(20))
def test_tries_go_on_for_three_days_at_least_however_the_dice_fall(_run: int) -> None:
    now, step = START, 0
    while True:
        due = next_try(step=step, first_tried_at=START, retry_after=None, now=now)
        if due is None:
            break
        now, step = due, step + 1
    assert GIVE_UP_AFTER <= now - START <= GIVE_UP_AFTER + timedelta(hours=15)
    assert 14 <= step <= 20


def test_the_receiver_may_ask_for_more_time_and_not_for_less() -> None:
    def wait(asked: timedelta) -> timedelta:
        due = next_try(step=2, first_tried_at=START, retry_after=asked, now=START)
        assert due is not None
        return due - START

    assert timedelta(hours=3) == wait(timedelta(hours=3))
    assert wait(timedelta(seconds=1)) >= timedelta(seconds=96)
    assert timedelta(days=1) == wait(timedelta(days=400))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("120", timedelta(minutes=2)),
        (" 0 ", timedelta()),
        ("9" * 60, timedelta(days=1)),
        (format_datetime(START.replace(microsecond=0) + timedelta(hours=1), usegmt=True), "hour"),
        (format_datetime(START - timedelta(hours=1), usegmt=True), timedelta()),
        ("Sun, 06 Nov 1994 08:49:37 -0000", timedelta()),
        (None, None),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("٣", None),
        ("9" * 65, None),
        ("Sun, 99 Nov 1994 99:49:37 GMT", None),
    ],
)
def test_retry_after_is_read_as_seconds_or_as_a_date(text: str | None, expected: object) -> None:
    found = read_retry_after(text, now=START)
    if expected == "hour":
        assert found is not None
        assert timedelta(minutes=59) < found <= timedelta(hours=1)
    else:
        assert expected == found
