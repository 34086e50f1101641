"""A clock that stands still until a test moves it."""

from datetime import UTC, datetime, timedelta

START = datetime(2026, 11, 22, 13, 24, 5, 123456, tzinfo=UTC)


class SettableClock:
    """A `core.clock.Clock`: call it for the time; `advance` and `set` move it."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, by: timedelta | None = None, **units: int) -> datetime:
        """`clock.advance(minutes=5)` or `clock.advance(timedelta(...))`; answers the new time."""
        self.now += by if by is not None else timedelta(**units)
        return self.now

    def set(self, moment: datetime) -> datetime:
        """Jumps to a moment, forwards or backwards."""
        assert moment.tzinfo is not None
        self.now = moment
        return self.now
