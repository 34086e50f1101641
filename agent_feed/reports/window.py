"""The stretch of time that a report is about, and the calendar that it is told in."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core.errors import InvalidField

DAYS_MAX: Final = 400
_USUAL_DAYS: Final = 7
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_ZONE: Final = re.compile(r"[A-Za-z0-9_+\-]+(/[A-Za-z0-9_+\-]+)*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Window:
    """From `since` up to, not including, `until`; days are those of the zone."""

    since: datetime
    until: datetime
    zone: ZoneInfo

    def day_of(self, moment: datetime) -> str:
        """The local date, `2026-11-22`."""
        return moment.astimezone(self.zone).date().isoformat()


def window_of(since: str | None, until: str | None, zone: str, *, now: datetime) -> Window:
    """Dates or moments (RFC 3339) as a caller writes them; both dates are included, the last seven days by default.

    Raises `InvalidField` with the parameter's name as the pointer.
    """
    local = _zone(zone)
    today = now.astimezone(local).date()
    end = _moment("/to", until, local, end=True) if until else _midnight(today, local, days=1)
    if since:
        start = _moment("/from", since, local, end=False)
    else:
        last = (end - timedelta(microseconds=1)).astimezone(local).date()
        start = _midnight(last, local, days=1 - _USUAL_DAYS)
    if start >= end:
        raise InvalidField("/from", "`from` must be before `to`.")
    if end - start > timedelta(days=DAYS_MAX, hours=1):
        raise InvalidField("/from", f"A report is about {DAYS_MAX} days at most.")
    return Window(start, end, local)


def _zone(name: str) -> ZoneInfo:
    if _ZONE.fullmatch(name):
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            pass  # a name that leads to a folder, or to no file
    raise InvalidField(
        "/timezone", "must be a time zone of the IANA database, such as Europe/London"
    )


def _moment(pointer: str, text: str, zone: ZoneInfo, *, end: bool) -> datetime:
    try:
        if _DAY.fullmatch(text):
            return _midnight(date.fromisoformat(text), zone, days=1 if end else 0)
        moment = datetime.fromisoformat(text.replace(" ", "+"))
        if moment.tzinfo is not None:
            return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise InvalidField(
        pointer, "must be a date like 2026-11-22, or a moment with its zone (RFC 3339)"
    )


def _midnight(day: date, zone: ZoneInfo, *, days: int) -> datetime:
    """When the day begins that is so many days later: by the calendar, for not every day has 24 hours."""
    try:
        return datetime.combine(day + timedelta(days=days), time(), zone).astimezone(UTC)
    except OverflowError as error:
        raise ValueError("no such day") from error
