"""`paythread telegram connect`: tells Telegram where a bot's updates go, and the secret that they carry."""

import asyncio

import typer

from app import logs
from app.accounts import set_up_accounts
from app.cli.access import Json, MerchantId
from app.cli.opened import merchant_of, opened, show
from channels.accounts import ChannelAccount, accounts_of, config_of
from channels.claims import callback_url
from channels.providers.telegram import TelegramProvider
from compliance.vault import Vault
from core.clock import utc_now
from core.database import Database
from core.errors import PaythreadError

telegram = typer.Typer(help="The Telegram bot.", no_args_is_help=True)


class NotConnected(PaythreadError):
    """There is no bot to connect, or Telegram refuses."""

    code = "telegram_not_connected"


@telegram.callback()
def _group() -> None:
    """Keeps `connect` a command of its own, as long as it is the only one."""


@telegram.command("connect")
def connect(merchant_id: MerchantId = None, as_json: Json = False) -> None:
    """Has Telegram send what customers write to this installation. Running it again changes nothing."""

    async def run() -> None:
        async with opened() as (settings, database, vault):
            logs.configure(settings.log_format)
            await set_up_accounts(database, vault, settings, now=utc_now())
            for account in await _bots(database, merchant_id):
                url = callback_url(settings.base_url, account.id)
                await _connect(database, vault, account, url)
                show({"id": account.id, "bot": account.sender, "webhook_url": url}, as_json=as_json)

    asyncio.run(run())


async def _bots(database: Database, merchant_id: str | None) -> list[ChannelAccount]:
    """The merchant's bots that are in use. Raises `NotConnected` when there is none."""
    async with database.snapshot() as session:
        merchant = await merchant_of(session, merchant_id)
        accounts = await accounts_of(session, merchant=merchant.id)
    bots = [each for each in accounts if each.provider == "telegram" and each.active]
    if not bots:
        raise NotConnected(
            "There is no Telegram bot: set TELEGRAM_BOT_TOKEN and TELEGRAM_WEBHOOK_SECRET first."
        )
    return bots


async def _connect(database: Database, vault: Vault, account: ChannelAccount, url: str) -> None:
    async with database.snapshot() as session:
        config = await config_of(session, vault, account)
    provider = TelegramProvider.from_config(config)
    try:
        trouble = await provider.connect(url)
    finally:
        await provider.close()
    if trouble is not None:
        raise NotConnected(trouble)
