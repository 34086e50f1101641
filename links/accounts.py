"""The merchant's accounts at others, PSPs and message providers in one list, and whether each answers."""

import asyncio
from dataclasses import dataclass
from typing import Any, Final

from channels.accounts import accounts_of, find_account
from channels.catalogue import CHANNELS
from channels.port import AccountConfigInvalid
from channels.provider_pool import ProviderPool
from core.database import Database, Session
from core.errors import NotFound, PaythreadError
from payments.accounts import Gateways, list_accounts

# A provider that takes longer is not there for a customer either.
_ANSWER_SECONDS_MAX: Final = 15


@dataclass(frozen=True, slots=True)
class Trial:
    """What an account's provider said when it was asked: nothing is sent, and nothing is charged."""

    ok: bool
    detail: str | None = None


async def list_all(session: Session, merchant: str, *, base_url: str) -> list[dict[str, Any]]:
    """Every account without its secrets, PSPs first, each in the order in which it is used."""
    gateways = [
        {
            "id": each.id,
            "kind": "psp",
            "channel": None,
            "label": None,
            "provider": each.provider,
            "sender": None,
            "active": each.active,
            "webhook_url": f"{base_url}/webhooks/psp/{each.id}",
        }
        for each in await list_accounts(session, merchant)
    ]
    channels = [
        {
            "id": each.id,
            "kind": "channel",
            "channel": each.channel,
            "label": CHANNELS[each.channel].label,
            "provider": each.provider,
            "sender": each.sender,
            "active": each.active,
            "webhook_url": f"{base_url}/webhooks/channels/{each.id}",
        }
        for each in await accounts_of(session, merchant=merchant)
    ]
    return [*gateways, *channels]


@dataclass(frozen=True, slots=True)
class Trials:
    """Asks providers with the account's own credentials."""

    database: Database
    gateways: Gateways
    providers: ProviderPool

    async def run(self, merchant: str, account_id: str) -> Trial:
        """Whether the provider answers to this account. Raises `NotFound`."""
        try:
            async with asyncio.timeout(_ANSWER_SECONDS_MAX):
                return await self._ask(merchant, account_id)
        except TimeoutError:
            return Trial(ok=False, detail="The provider took too long to answer.")

    async def _ask(self, merchant: str, account_id: str) -> Trial:
        async with self.database.snapshot() as session:
            is_psp = account_id in {each.id for each in await list_accounts(session, merchant)}
            account = await find_account(session, merchant=merchant, account_id=account_id)
        if is_psp:
            _, gateway = await self.gateways.by_id(account_id)
            try:
                await gateway.check()
            except PaythreadError as error:
                return Trial(ok=False, detail=error.detail)
            return Trial(ok=True)
        if account is None:
            raise NotFound("account")
        try:
            async with self.database.snapshot() as session:
                provider = await self.providers.of(session, account)
        except AccountConfigInvalid as error:
            return Trial(ok=False, detail=error.detail)
        trouble = await provider.check()
        return Trial(ok=trouble is None, detail=trouble)
