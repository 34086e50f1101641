"""Whether this process should be sent requests, and what it depends on: the answer of `/readyz`."""

import asyncio
from typing import Final, Literal

from sqlalchemy.exc import SQLAlchemyError

from app.schema import Standing, revision_of, standing
from core.database import Database
from core.wakeups import Wakeups

# A load balancer asks every few seconds, and is better answered no than late.
_ANSWER_SECONDS: Final = 3

State = Literal["ready", "draining", "unready"]


class Readiness:
    """Asked by load balancers. Between `leave` and the end the process still serves, and asks for nothing new.

    Redis lost is no reason to turn customers away: limits are then counted by each process, and the feed asks
    more often.
    """

    def __init__(self, database: Database, wakeups: Wakeups | None, *, redis: bool) -> None:
        self._database = database
        self._wakeups = wakeups
        self._redis = redis
        self.draining = False

    def leave(self) -> None:
        """From now on the answer is no."""
        self.draining = True

    async def look(self) -> tuple[bool, dict[str, str]]:
        """Whether to send requests here, and how each dependency stands."""
        found = await self._schema()
        state: State = "ready" if found in {"current", "newer"} else "unready"
        if self.draining:
            state = "draining"
        report = {"status": state, "database": "down" if found is None else "up"}
        if found is not None:
            report["schema"] = found
        if self._wakeups is not None:
            # Both travel by one line; with Redis it tells whether Redis answers.
            report["redis" if self._redis else "wakeups"] = (
                "up" if self._wakeups.healthy else "degraded"
            )
        return state == "ready", report

    async def _schema(self) -> Standing | None:
        try:
            async with asyncio.timeout(_ANSWER_SECONDS):
                return standing(await revision_of(self._database))
        except (SQLAlchemyError, OSError, TimeoutError):
            return None
