"""Tells every process that somebody's journal has grown, so that none has to keep asking.

A wake-up carries no content and may be lost: whoever hears none asks by itself, later. It is told after the commit,
and never waited for.

The same lines carry notes: what is true just now and written down nowhere, such as who looks at what.
"""

from core.wakeups.exchange import EVERYBODY, Heard, Lines, Noted, Wakeups
from core.wakeups.postgres import PostgresLines
from core.wakeups.redis import RedisLines

__all__ = [
    "EVERYBODY",
    "Heard",
    "Lines",
    "Noted",
    "PostgresLines",
    "RedisLines",
    "Wakeups",
    "wakeups_for",
]


def wakeups_for(*, database_url: str, redis_url: str | None) -> Wakeups | None:
    """By Redis where there is one, else by PostgreSQL itself; None for one process over SQLite, which needs none."""
    if redis_url is not None:
        return Wakeups(RedisLines(redis_url))
    if database_url.startswith("postgres"):
        return Wakeups(PostgresLines(database_url))
    return None
