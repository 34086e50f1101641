"""A merchant's accounts at providers: which channels it has, and with what credentials.

The credentials are sealed. `config` is the provider's own matter, except for `from`: the address that customers
see, which is public.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from channels.catalogue import CHANNELS, Channel, channel_of
from compliance.vault import Vault
from core import work
from core.database import Session, UtcDateTime, metadata
from core.database.schema import canonical_json
from core.errors import Kind, NotFound, PaythreadError
from core.ids import new_id

_CONFIG: Final = "channel_account.config"
_SEALED_FOR: Final = "channel_accounts"
ACCOUNTS_MAX: Final = 50
# The kind of work that looks into an account's mailbox (`channels.mailbox_reading`).
READ_MAILBOX: Final = "mailbox.read"
_MAIL: Final = "email"

channel_accounts = sa.Table(
    "channel_accounts",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("merchant", sa.String(40), nullable=False, index=True),
    sa.Column("channel", sa.String(24), nullable=False),
    sa.Column("provider", sa.String(24), nullable=False),
    sa.Column("sender", sa.String(254), nullable=True),
    sa.Column("sealed", sa.Text, nullable=False),
    sa.Column("active", sa.Boolean, nullable=False),
    # The lowest is used first; the next one when it certainly did not send.
    sa.Column("priority", sa.Integer, nullable=False, server_default="0"),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("updated_at", UtcDateTime, nullable=False),
)


class ChannelNotSetUp(PaythreadError):
    """The merchant has no account to send through on this channel."""

    code = "channel_not_set_up"
    kind = Kind.CONFLICT


@dataclass(frozen=True, slots=True)
class ChannelAccount:
    """One account. `sender` is the address that messages come from, where the account names one."""

    id: str
    merchant: str
    channel: str
    provider: str
    sender: str | None
    active: bool
    updated_at: datetime

    @property
    def actor(self) -> str:
        """How the journal names what came from this account's provider."""
        return f"channel:{self.id}"


async def add_account(
    session: Session,
    vault: Vault,
    *,
    merchant: str,
    channel: str,
    provider: str,
    config: Mapping[str, Any],
    account_id: str | None = None,
    priority: int = 0,
    now: datetime,
) -> ChannelAccount:
    """A new account, or the merchant's account of that id with this configuration from now on.

    A new one is used by its priority; one that is there keeps its own.
    """
    channel_of(channel, pointer="/channel")
    row = {
        "channel": channel,
        "provider": provider,
        "sender": config.get("from"),
        "sealed": await vault.seal(
            session,
            merchant,
            _SEALED_FOR,
            canonical_json(dict(config)),
            purpose=_CONFIG,
            now=now,
        ),
        "active": True,
        "updated_at": now,
    }
    if account_id is not None:
        updated = await session.execute(
            sa.update(channel_accounts)
            .where(channel_accounts.c.id == account_id, channel_accounts.c.merchant == merchant)
            .values(row)
        )
        if updated.rowcount == 1:
            if "imap" in config:
                await _plan_mailbox(session, account_id, now=now)
            return await get_account(session, account_id)
    new = account_id or new_id("cha", now)
    await session.execute(
        sa.insert(channel_accounts).values(
            id=new, merchant=merchant, priority=priority, created_at=now, **row
        )
    )
    if "imap" in config:
        await _plan_mailbox(session, new, now=now)
    return await get_account(session, new)


async def ensure_account(
    session: Session,
    vault: Vault,
    *,
    merchant: str,
    channel: str,
    provider: str,
    config: Mapping[str, Any],
    priority: int = 0,
    now: datetime,
) -> ChannelAccount:
    """The merchant's account for this channel and provider, made or brought up to date.

    For accounts that come from settings: running it again with the same settings changes nothing.
    """
    await session.lock(f"channel_account:{merchant}:{channel}:{provider}")
    for account in await accounts_of(session, merchant=merchant):
        if (account.channel, account.provider) != (channel, provider):
            continue
        if account.active and await config_of(session, vault, account) == dict(config):
            return account
        return await add_account(
            session,
            vault,
            merchant=merchant,
            channel=channel,
            provider=provider,
            config=config,
            account_id=account.id,
            now=now,
        )
    return await add_account(
        session,
        vault,
        merchant=merchant,
        channel=channel,
        provider=provider,
        config=config,
        priority=priority,
        now=now,
    )


async def get_account(session: Session, account_id: str) -> ChannelAccount:
    """Raises `NotFound`. Not bound to a merchant: a provider's callback names the account alone."""
    row = await session.one_or_none(
        sa.select(channel_accounts).where(channel_accounts.c.id == account_id)
    )
    if row is None:
        raise NotFound("channel account")
    return _account(row)


async def find_account(
    session: Session, *, merchant: str, account_id: str
) -> ChannelAccount | None:
    """The merchant's account of this id, in use or not."""
    row = await session.one_or_none(
        sa.select(channel_accounts).where(
            channel_accounts.c.id == account_id, channel_accounts.c.merchant == merchant
        )
    )
    return None if row is None else _account(row)


async def accounts_of(session: Session, *, merchant: str) -> Sequence[ChannelAccount]:
    """The merchant's accounts, in the order that they are used in."""
    rows = await session.all(
        sa.select(channel_accounts)
        .where(channel_accounts.c.merchant == merchant)
        .order_by(channel_accounts.c.priority, channel_accounts.c.id)
        .limit(ACCOUNTS_MAX)
    )
    return [_account(row) for row in rows]


async def account_for(session: Session, *, merchant: str, channel: str) -> ChannelAccount:
    """The account that messages on this channel go through. Raises `ChannelNotSetUp`."""
    for account in await accounts_of(session, merchant=merchant):
        if account.active and account.channel == channel:
            return account
    raise ChannelNotSetUp(f"{CHANNELS[channel].label} is not set up.")


async def account_after(
    session: Session, *, merchant: str, channel: str, tried: Collection[str]
) -> ChannelAccount | None:
    """The next account to send through on this channel, when those `tried` could not."""
    for account in await accounts_of(session, merchant=merchant):
        if account.active and account.channel == channel and account.id not in tried:
            return account
    return None


async def channels_of(session: Session, *, merchant: str) -> Sequence[Channel]:
    """The channels that the merchant can send on, in the catalogue's order."""
    ready = {one.channel for one in await accounts_of(session, merchant=merchant) if one.active}
    return [channel for name, channel in CHANNELS.items() if name in ready]


async def switch_account(
    session: Session, *, merchant: str, account_id: str, active: bool, now: datetime
) -> ChannelAccount:
    """Takes an account in or out of use. What was sent through it is still reported. Raises `NotFound`."""
    switched = await session.execute(
        sa.update(channel_accounts)
        .where(channel_accounts.c.id == account_id, channel_accounts.c.merchant == merchant)
        .values(active=active, updated_at=now)
    )
    if switched.rowcount == 0:
        raise NotFound("channel account")
    switched_account = await get_account(session, account_id)
    if active and switched_account.channel == _MAIL:
        await _plan_mailbox(session, account_id, now=now)
    return switched_account


async def config_of(session: Session, vault: Vault, account: ChannelAccount) -> dict[str, Any]:
    """The account's configuration, credentials included: for the provider alone."""
    sealed = await session.scalar(
        sa.select(channel_accounts.c.sealed).where(channel_accounts.c.id == account.id)
    )
    opened = await vault.open(session, sealed, purpose=_CONFIG)
    config: dict[str, Any] = {} if opened is None else json.loads(opened)
    return config


async def _plan_mailbox(session: Session, account: str, *, now: datetime) -> None:
    """A look at once, with nothing held against it; it ends by itself where there is no mailbox."""
    await work.schedule(session, READ_MAILBOX, account, due_at=now)


def _account(row: sa.RowMapping) -> ChannelAccount:
    return ChannelAccount(
        id=row["id"],
        merchant=row["merchant"],
        channel=row["channel"],
        provider=row["provider"],
        sender=row["sender"],
        active=row["active"],
        updated_at=row["updated_at"],
    )
