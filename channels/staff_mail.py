"""Letters to people who sign in (`compliance.letters`), through their merchant's own mail account.

They are no messages of the merchant's: no conversation, no consent, no customer. A resend after a crash is recognised
by its Message-ID.
"""

from datetime import UTC, datetime, timedelta
from typing import Final

import structlog

from channels.accounts import ChannelAccount, accounts_of
from channels.port import Accepted, AccountConfigInvalid, Content, Outcome, Outgoing, Refused
from channels.provider_pool import ProviderPool
from compliance.letters import Letter, write_letter
from compliance.users import get_user
from compliance.vault import Vault
from core import work
from core.clock import Clock
from core.database import Database, Session
from core.errors import NotFound

_MAIL: Final = "email"
_DELAYS_SECONDS: Final = (10, 60, 300, 900)
log = structlog.get_logger()


async def can_send(session: Session, merchant: str) -> bool:
    """Whether the merchant has a mail account."""
    return await _account(session, merchant) is not None


class StaffMail:
    """The handler of `access.letter` work."""

    def __init__(
        self, database: Database, vault: Vault, providers: ProviderPool, clock: Clock
    ) -> None:
        self._database, self._vault, self._providers = database, vault, providers
        self._clock = clock

    async def send(self, job: work.Work) -> None:
        """One try. Ends or postpones the work; a letter whose link ran out meanwhile is let go."""
        now = self._clock()
        letter, account = await self._ready(job)
        if (
            letter is None
            or account is None
            or now >= datetime.fromtimestamp(job.payload["until"], UTC)
        ):
            await self._finish(job)
            return
        try:
            async with self._database.snapshot() as session:
                provider = await self._providers.of(session, account)
        except AccountConfigInvalid as error:
            outcome: Outcome = Refused("channel_misconfigured", error.detail)
        else:
            outcome = await provider.send(
                Outgoing(
                    # The same for each try of this letter, and another for the next one.
                    delivery=f"letter-{job.id}",
                    to=letter.to,
                    sender_name=letter.sender_name,
                    content=Content(letter.text, subject=letter.subject),
                    at=now,
                    callback_url="",
                )
            )
        if isinstance(outcome, Accepted | Refused):
            if isinstance(outcome, Refused):
                log.warning("letter.refused", code=outcome.code, user=job.payload["user"])
            await self._finish(job)
            return
        delay = _DELAYS_SECONDS[min(job.attempts, len(_DELAYS_SECONDS)) - 1]
        async with self._database.transaction() as session:
            await work.postpone(session, job, due_at=now + timedelta(seconds=delay))

    async def _ready(self, job: work.Work) -> tuple[Letter | None, ChannelAccount | None]:
        async with self._database.snapshot() as session:
            try:
                user = await get_user(session, self._vault, job.payload["user"])
            except NotFound:
                return None, None
            letter = await write_letter(
                session,
                self._vault,
                user,
                purpose=job.payload["purpose"],
                sealed=job.payload["sealed"],
            )
            return letter, await _account(session, user.merchant)

    async def _finish(self, job: work.Work) -> None:
        async with self._database.transaction() as session:
            await work.finish(session, job)


async def _account(session: Session, merchant: str) -> ChannelAccount | None:
    accounts = await accounts_of(session, merchant=merchant)
    mail = (each for each in accounts if each.channel == _MAIL and each.active)
    return next(mail, None)
