"""Looks into mailboxes: each mail is kept once, and the place to read on from is kept with it.

`mailbox.read` work exists for each account with a mailbox, and is planned anew after each look. Its lease keeps
two workers from one mailbox; a mail and the place after it commit together, only while the lease holds, so a
process that dies in between reads that mail again, and nobody keeps it twice. What fails is tried again ever more
slowly; administrators are told once that it fails, and once that it works again.
"""

from datetime import timedelta
from typing import Any, Final, assert_never

import structlog
from sqlalchemy.exc import SQLAlchemyError

from channels.accounts import READ_MAILBOX, ChannelAccount, get_account
from channels.claims import still_ours
from channels.inbound import record_inbound
from channels.mailboxes import find_place, keep_place
from channels.port import (
    AccountConfigInvalid,
    Inbound,
    MailboxPlace,
    MailboxUnusable,
    MailRead,
    MailReading,
    Receipt,
)
from channels.provider_pool import ProviderPool
from channels.receipts import record_receipt
from compliance.journal import Event, record
from compliance.vault import Vault
from core import work
from core.clock import Clock
from core.database import Database, Session

# A server away for a minute is nobody's concern: told from this failure on.
TOLD_AFTER_FAILURES: Final = 3
# A mail that we cannot keep, however often we try, must not hold up those after it.
TRIES_PER_MAIL: Final = 4
_DELAY_SECONDS_MAX: Final = 600
# SINCE knows days, and in the server's own time zone.
_LOOK_BACK: Final = timedelta(days=1)

_log = structlog.get_logger(__name__)


class MailboxReader:
    """The handler of `mailbox.read` work. Any number of them, in any number of processes."""

    def __init__(
        self, database: Database, vault: Vault, providers: ProviderPool, clock: Clock
    ) -> None:
        self._database = database
        self._vault = vault
        self._providers = providers
        self._clock = clock

    async def read(self, job: work.Work) -> None:
        """One look into one mailbox. Plans the next one; ends the work where there is no mailbox any more."""
        async with self._database.snapshot() as session:
            account = await get_account(session, job.subject)
            found = await find_place(session, account.id)
            try:
                provider = await self._providers.of(session, account)
            except AccountConfigInvalid:
                provider = None
        poll_seconds = (
            provider.mailbox_poll_seconds
            if account.active and isinstance(provider, MailReading)
            else None
        )
        if poll_seconds is None:
            async with self._database.transaction() as session:
                await work.finish(session, job)
            return
        assert isinstance(provider, MailReading)
        place, looked_at = found if found is not None else (None, account.updated_at)
        try:
            reached, mails = await provider.read_mailbox(place, since=looked_at - _LOOK_BACK)
        except MailboxUnusable as error:
            await self._failed(job, account, error.detail)
            return
        if not await self._reach(job, account, reached):
            return
        for mail in mails:
            if not await self._keep(job, account, mail):
                return
        await self._again(job, account, due_in=0 if mails else poll_seconds)

    async def _reach(self, job: work.Work, account: ChannelAccount, place: MailboxPlace) -> bool:
        """Keeps where the mailbox stands before anything new is kept; False when the lease is lost."""
        async with self._database.transaction() as session:
            if not await still_ours(session, job):
                return False
            await keep_place(session, account.id, place, now=self._clock())
        return True

    async def _keep(self, job: work.Work, account: ChannelAccount, mail: MailRead) -> bool:
        """Keeps one mail and the place after it; False when the look is over."""
        try:
            async with self._database.transaction() as session:
                # The mail's own locks come first: whoever cancels work has them already.
                await self._record(session, account, mail.tells)
                if not await still_ours(session, job):
                    raise _LeaseLostError
                await keep_place(session, account.id, mail.place, now=self._clock())
        except _LeaseLostError:
            return False
        except (SQLAlchemyError, OSError):
            raise  # the database's trouble is no fault of the mail
        except Exception as error:
            uid = mail.place.uid_last
            _log.error("mailbox.mail_unkept", account=account.id, uid=uid, exc_info=error)
            return await self._set_aside(job, account, mail.place)
        return True

    async def _record(
        self, session: Session, account: ChannelAccount, tells: Receipt | Inbound | None
    ) -> None:
        match tells:
            case Inbound():
                await record_inbound(session, self._vault, account, tells, now=self._clock())
            case Receipt():
                await record_receipt(session, self._vault, account, tells, now=self._clock())
            case None:
                pass
            case _ as never:
                assert_never(never)

    async def _set_aside(
        self, job: work.Work, account: ChannelAccount, place: MailboxPlace
    ) -> bool:
        """Tries the mail again later, a few times; then leaves it in the mailbox, tells so, and goes on."""
        known = job.payload.get("stuck") or {}
        tries = known.get("tries", 0) + 1 if known.get("uid") == place.uid_last else 1
        async with self._database.transaction() as session:
            if not await still_ours(session, job):
                return False
            if tries < TRIES_PER_MAIL:
                stuck = {"uid": place.uid_last, "tries": tries}
                payload = {**job.payload, "stuck": stuck}
                await self._plan(session, job, _delay(tries), payload)
                return False
            await keep_place(session, account.id, place, now=self._clock())
            self._tell(session, account, "mail_skipped", {"uid": place.uid_last})
        return True

    async def _again(self, job: work.Work, account: ChannelAccount, *, due_in: int) -> None:
        async with self._database.transaction() as session:
            if await still_ours(session, job):
                if job.payload.get("failures", 0) >= TOLD_AFTER_FAILURES:
                    self._tell(session, account, "mailbox_recovered", {})
                await self._plan(session, job, due_in, {})

    async def _failed(self, job: work.Work, account: ChannelAccount, detail: str) -> None:
        failures = job.payload.get("failures", 0) + 1
        _log.warning("mailbox.unusable", account=account.id, failures=failures, detail=detail)
        async with self._database.transaction() as session:
            if await still_ours(session, job):
                if failures == TOLD_AFTER_FAILURES:
                    self._tell(session, account, "mailbox_failing", {"detail": detail})
                await self._plan(session, job, _delay(failures), {"failures": failures})

    async def _plan(
        self, session: Session, job: work.Work, due_in: int, payload: dict[str, Any]
    ) -> None:
        """A new plan and not a postponement: this look is over, and counts for no further try."""
        due_at = self._clock() + timedelta(seconds=due_in)
        await work.schedule(session, READ_MAILBOX, job.subject, due_at=due_at, payload=payload)

    def _tell(
        self, session: Session, account: ChannelAccount, kind: str, data: dict[str, Any]
    ) -> None:
        record(
            session,
            Event(
                type=f"incident.{kind}",
                merchant=account.merchant,
                occurred_at=self._clock(),
                actor="system",
                channel=account.channel,
                data={"account": account.id, **data},
            ),
        )


class _LeaseLostError(Exception):
    """Another worker reads the mailbox now: what was about to be kept is that worker's."""


def _delay(failures: int) -> int:
    """5 s, 10 s, 20 s … 10 minutes."""
    return min(5 << min(failures - 1, 10), _DELAY_SECONDS_MAX)
