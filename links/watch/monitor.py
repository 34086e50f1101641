"""The monitor (PCI DSS 11.6.1): at intervals each account's page is fetched as customers get it, and compared.

It is compared with what our own code renders at that moment: a new nonce is no change, and neither is a version of
ours. All else is told, once, until it is as expected again or an admin has accepted it.
"""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

import sqlalchemy as sa
import structlog
from prometheus_client import Counter

from core import work
from core.clock import Clock, rfc3339
from core.database import Database, Session
from core.errors import NotFound
from links.pages.desk import PayDesk
from links.watch import checks
from links.watch.canary import WatchedPage, page_of_account
from links.watch.checks import Check
from links.watch.comparing import Difference, differences
from links.watch.expecting import Expected, expected
from links.watch.looking import Look, PageOutOfReach, look
from links.watch.observing import Observation
from payments.tables import gateway_accounts

log = structlog.get_logger()

ROUND: Final = "page.check_round"
CHECK: Final = "page.check"
_EVERYBODY: Final = "all"
_ROUND_EVERY: Final = timedelta(hours=1)
_AGAIN: Final = timedelta(minutes=10)
# Accounts begin at different moments, so that a start does not fetch all their pages at once.
_SPREAD_SECONDS: Final = 60
_ACCOUNTS_MAX: Final = 10_000

_checked = Counter("paythread_page_checks", "Checks of pay pages, by how they ended.", ["end"])


async def plan(session: Session, *, now: datetime) -> None:
    """Plans the rounds, unless they are planned."""
    await work.schedule_once(session, ROUND, _EVERYBODY, due_at=now)


@dataclass(frozen=True, slots=True)
class Monitor:
    """Looks at pages at their public address. `front_headers` are what the service adds to every answer."""

    database: Database
    desk: PayDesk
    front_headers: Mapping[str, str]
    every: timedelta
    clock: Clock

    async def round(self, item: work.Work) -> None:
        """Handler: plans the checks of the accounts that have none planned."""
        now = self.clock()
        async with self.database.transaction() as session:
            rows = await session.all(
                sa.select(gateway_accounts.c.id)
                .where(gateway_accounts.c.active)
                .limit(_ACCOUNTS_MAX)
            )
            for row in rows:
                wait = timedelta(seconds=zlib.crc32(row["id"].encode()) % _SPREAD_SECONDS)
                await work.schedule_once(session, CHECK, row["id"], due_at=now + wait)
            await work.postpone(session, item, due_at=now + _ROUND_EVERY)

    async def handle(self, item: work.Work) -> None:
        """Handler: checks one account's page, and plans the next time."""
        due_at = self.clock() + self.every
        try:
            found = await self.check(item.subject)
        except PageOutOfReach as error:
            log.warning("page.out_of_reach", account=item.subject, reason=error.detail)
            due_at = self.clock() + min(_AGAIN, self.every)
        else:
            if found is None:
                async with self.database.transaction() as session:
                    await work.finish(session, item)
                return
        async with self.database.transaction() as session:
            await work.postpone(session, item, due_at=due_at)

    async def check(self, account: str) -> Check | None:
        """One look, kept and told. None where there is nothing to look at: the account is switched off, or gone.

        Raises `PageOutOfReach`, once that it was tried is kept too.
        """
        watched = await self._watched(account)
        if watched is None:
            return None
        page, before = watched
        ours = expected(page, self.front_headers, now=self.clock())
        try:
            seen = await look(
                self.desk.sending.showing.page_url(page.token),
                token=page.token,
                own=_paths(ours.whole()) | _paths(before),
                psp=ours.psp_scripts,
            )
        except PageOutOfReach:
            async with self.database.transaction() as session:
                await checks.note_out_of_reach(session, account, now=self.clock())
            _checked.labels("out_of_reach").inc()
            raise
        found = compared(ours.whole(), seen, ours.psp_scripts)
        # While an upgrade is under way, other processes serve what this check expected the last time.
        older = bool(found) and bool(before) and not compared(before, seen, ours.psp_scripts)
        now = self.clock()
        async with self.database.transaction() as session:
            check = await checks.keep(
                session,
                account,
                expected=before if older else ours.whole(),
                found=() if older else found,
                psp_scripts=psp_scripts(ours, seen, now=now),
                now=now,
            )
        _checked.labels(check.state).inc()
        return check

    async def _watched(self, account: str) -> tuple[WatchedPage, Observation] | None:
        """The account's page, whose address is answered from now on; and what was expected of it the last time."""
        try:
            watched = await page_of_account(self.database, self.desk, account)
        except NotFound:
            return None
        digest = self.desk.tokens.lookup_hash(watched.token)
        assert digest is not None
        async with self.database.transaction() as session:
            active = await session.scalar(
                sa.select(gateway_accounts.c.active).where(gateway_accounts.c.id == account)
            )
            if not active:
                return None
            check = await checks.open_check(
                session, account, merchant=watched.merchant, token_hash=digest, now=self.clock()
            )
        return watched, check.expected


def compared(ours: Observation, seen: Look, psp_scripts: frozenset[str]) -> Sequence[Difference]:
    """How the page and its files differ from our own rendering; and the PSP's script, if it comes from elsewhere."""
    bodies = {f"body {path}": seen.bodies[path].sha384 or "(none)" for path in _paths(ours)}
    told = list(differences(ours, seen.page | bodies))
    for address in sorted(psp_scripts):
        moved = seen.bodies[address].moved_to
        if moved is not None and _origin(moved) not in {"", _origin(address)}:
            told.append(
                Difference("changed", f"script {address}", _origin(address), _origin(moved))
            )
    return told


def psp_scripts(ours: Expected, seen: Look, *, now: datetime) -> Mapping[str, Any]:
    """The PSP's scripts as they came this time: theirs to change, so kept to be told and not to alarm."""
    return {
        address: {"sha384": body.sha384, "length": body.length, "since": rfc3339(now)}
        for address in sorted(ours.psp_scripts)
        if (body := seen.bodies[address]).sha384 is not None
    }


def _paths(whole: Observation) -> frozenset[str]:
    """Our own files that a rendering goes with."""
    return frozenset(name.removeprefix("body ") for name in whole if name.startswith("body "))


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
