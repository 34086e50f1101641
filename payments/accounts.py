"""Gateway accounts: which PSP a merchant uses, with its secrets sealed, and the open gateways to them."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from compliance.vault import Vault
from core.clock import Clock, utc_now
from core.database import Database, Prepared, Row, Session, upsert
from core.errors import InvalidField, NotFound
from core.ids import new_id
from core.money import Money
from payments import reconciliation_rounds
from payments.errors import NoGateway
from payments.gateway import Gateway
from payments.pulse import Pulse
from payments.routing import PRIORITY_DEFAULT, read_routing
from payments.tables import gateway_accounts

GatewayFactory = Callable[[Mapping[str, Any]], Gateway]
_CONFIG = "gateway.config"
_SUBJECT = "gateways"
# What the account's owner set with us: new keys, which the environment brings at every start, leave it as it was.
_KEPT: Final = ("wallets",)
_WITH_WALLETS: Final = frozenset({"stripe"})
_BY_ID: Final = Prepared(
    sa.select(gateway_accounts).where(gateway_accounts.c.id == sa.bindparam("id"))
)


@dataclass(frozen=True, slots=True)
class Account:
    """One merchant's account at one PSP; `config` is the provider's own, secrets included."""

    id: str
    merchant: str
    provider: str


async def save_account(
    session: Session,
    vault: Vault,
    *,
    merchant: str,
    provider: str,
    config: Mapping[str, Any],
    now: datetime,
    account_id: str | None = None,
    priority: int = PRIORITY_DEFAULT,
    routing: Mapping[str, Any] | None = None,
) -> str:
    """Sets up an account, or replaces the configuration of the one with this id. Answers its id.

    Of several, the one with the lowest `priority` that takes the payment is tried first; `routing` is only read for
    a new account. Raises `InvalidField`.
    """
    read_routing(routing or {}, "/routing")
    if account_id is not None:
        known = await _config_of(session, vault, merchant, account_id)
        config = {**{name: known[name] for name in _KEPT if name in known}, **config}
    account_id = account_id or new_id("gwa", now)
    sealed = await _sealed(session, vault, merchant, config, now)
    values: dict[str, Any] = {"config": sealed, "active": True, "updated_at": now}
    await session.execute(
        upsert(session, gateway_accounts)
        .values(
            id=account_id,
            merchant=merchant,
            provider=provider,
            priority=priority,
            routing=dict(routing or {}),
            **values,
        )
        .on_conflict_do_update(index_elements=["id"], set_=values)
    )
    await reconciliation_rounds.plan(session, account_id, now=now)
    return account_id


@dataclass(frozen=True, slots=True)
class AccountStanding:
    """An account as its owner sees it: without its secrets."""

    id: str
    provider: str
    active: bool
    priority: int
    routing: Mapping[str, Any]

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "provider": self.provider,
            "active": self.active,
            "priority": self.priority,
            "routing": dict(self.routing),
        }


async def list_accounts(session: Session, merchant: str) -> Sequence[AccountStanding]:
    """The merchant's accounts, in the order in which they are tried."""
    c = gateway_accounts.c
    rows = await session.all(
        sa.select(gateway_accounts).where(c.merchant == merchant).order_by(c.priority, c.id)
    )
    return [_standing(row) for row in rows]


async def change_account(
    session: Session,
    merchant: str,
    account_id: str,
    *,
    priority: int | None = None,
    routing: Mapping[str, Any] | None = None,
    active: bool | None = None,
    now: datetime,
) -> AccountStanding:
    """What is None stays. Raises `NotFound`, `InvalidField`."""
    changes: dict[str, Any] = {"priority": priority, "active": active}
    if routing is not None:
        read_routing(routing, "/routing")
        changes["routing"] = dict(routing)
    given = {name: value for name, value in changes.items() if value is not None}
    row = await session.one_or_none(
        sa.update(gateway_accounts)
        .where(gateway_accounts.c.id == account_id, gateway_accounts.c.merchant == merchant)
        .values(**given, updated_at=now)
        .returning(gateway_accounts)
    )
    if row is None:
        raise NotFound("payment provider account")
    if active:
        await reconciliation_rounds.plan(session, account_id, now=now)
    return _standing(row)


async def offer_wallets(
    session: Session,
    vault: Vault,
    merchant: str,
    account_id: str,
    *,
    offered: bool,
    now: datetime,
) -> None:
    """Whether the pay page offers wallets beside the card fields, where the PSP has them for this account.

    Raises `NotFound`, `InvalidField`.
    """
    row = await _row_of(session, merchant, account_id)
    if row is None:
        raise NotFound("payment provider account")
    if row["provider"] not in _WITH_WALLETS:
        raise InvalidField("/wallets", "This provider brings no wallets to our page.")
    known = await _config_of(session, vault, merchant, account_id)
    sealed = await _sealed(session, vault, merchant, {**known, "wallets": offered}, now)
    await session.execute(
        sa.update(gateway_accounts)
        .where(gateway_accounts.c.id == account_id)
        .values(config=sealed, updated_at=now)
    )


async def _sealed(
    session: Session, vault: Vault, merchant: str, config: Mapping[str, Any], now: datetime
) -> str:
    return await vault.seal(
        session, merchant, _SUBJECT, json.dumps(dict(config)), purpose=_CONFIG, now=now
    )


async def _config_of(
    session: Session, vault: Vault, merchant: str, account_id: str
) -> Mapping[str, Any]:
    row = await _row_of(session, merchant, account_id)
    config = await vault.open(session, row["config"], purpose=_CONFIG) if row else None
    return {} if config is None else json.loads(config)


async def _row_of(session: Session, merchant: str, account_id: str) -> sa.RowMapping | None:
    c = gateway_accounts.c
    return await session.one_or_none(
        sa.select(gateway_accounts).where(c.id == account_id, c.merchant == merchant)
    )


def _standing(row: sa.RowMapping) -> AccountStanding:
    return AccountStanding(
        row["id"], row["provider"], row["active"], row["priority"], row["routing"]
    )


async def first_account(session: Session, merchant: str, provider: str) -> str | None:
    """The id of the merchant's oldest account at a provider."""
    found: str | None = await session.scalar(
        sa.select(gateway_accounts.c.id)
        .where(gateway_accounts.c.merchant == merchant, gateway_accounts.c.provider == provider)
        .order_by(gateway_accounts.c.id)
        .limit(1)
    )
    return found


async def has_account(session: Session, merchant: str, account_id: str) -> bool:
    """Whether the merchant has this account, and takes payments through it."""
    c = gateway_accounts.c
    found = await session.scalar(
        sa.select(c.id).where(c.id == account_id, c.merchant == merchant, c.active)
    )
    return found is not None


class Gateways:
    """Opens gateways on first use and keeps them; a changed configuration opens a new one."""

    def __init__(
        self,
        database: Database,
        vault: Vault,
        factories: Mapping[str, GatewayFactory],
        clock: Clock = utc_now,
    ) -> None:
        self.pulse = Pulse(clock)
        self._database = database
        self._vault = vault
        self._factories = factories
        self._open: dict[str, tuple[datetime, Gateway]] = {}

    async def for_merchant(self, merchant: str) -> tuple[Account, Gateway]:
        """The account that a new attempt goes to. Raises `NoGateway`."""
        async with self._database.snapshot() as session:
            row = await session.one_or_none(
                sa.select(gateway_accounts)
                .where(gateway_accounts.c.merchant == merchant, gateway_accounts.c.active)
                .order_by(gateway_accounts.c.id)
                .limit(1)
            )
            if row is None:
                raise NoGateway("No payment provider is set up.")
            return await self._opened(session, row)

    async def route(
        self, merchant: str, amount: Money, *, chosen: str | None = None
    ) -> Sequence[tuple[Account, Gateway]]:
        """The accounts that may take this payment, best first: by priority, those that do not answer last.

        `chosen` is the one that the link's maker asked for: no other is tried. Raises `NoGateway`.
        """
        c = gateway_accounts.c
        wanted = sa.select(gateway_accounts).where(c.merchant == merchant, c.active)
        if chosen is not None:
            wanted = wanted.where(c.id == chosen)
        async with self._database.snapshot() as session:
            rows = await session.all(wanted.order_by(c.priority, c.id))
            found = [
                await self._opened(session, row)
                for row in rows
                if chosen is not None or read_routing(row["routing"]).takes(amount)
            ]
        if not found:
            raise NoGateway("No payment provider is set up for this payment.")
        if len(found) == 1:
            return found
        alive = [await self.pulse.alive(account.id, gateway) for account, gateway in found]
        return [
            *(each for each, beats in zip(found, alive, strict=True) if beats),
            *(each for each, beats in zip(found, alive, strict=True) if not beats),
        ]

    async def by_id(self, account_id: str) -> tuple[Account, Gateway]:
        """The account with this id, active or not: its old attempts still have a fate. Raises `NotFound`."""
        found = await self._database.ask(_BY_ID, id=account_id)
        if not found:
            raise NotFound("payment provider account")
        kept = self._kept(found[0])
        if kept is not None:
            return kept
        async with self._database.snapshot() as session:
            return await self._opened(session, found[0])

    async def close(self) -> None:
        """Closes every open gateway."""
        for _, gateway in self._open.values():
            await gateway.close()
        self._open.clear()

    def _kept(self, row: Row) -> tuple[Account, Gateway] | None:
        kept = self._open.get(row["id"])
        if kept is None or kept[0] != row["updated_at"]:
            return None
        return Account(row["id"], row["merchant"], row["provider"]), kept[1]

    async def _opened(self, session: Session, row: Row) -> tuple[Account, Gateway]:
        kept = self._kept(row)
        if kept is not None:
            return kept
        account = Account(row["id"], row["merchant"], row["provider"])
        config = await self._vault.open(session, row["config"], purpose=_CONFIG)
        assert config is not None, "a gateway's configuration is never erased"
        gateway = self._factories[account.provider](json.loads(config))
        # The gateway that this one replaces may be in the middle of a call; it is left to finish and be collected.
        self._open[account.id] = (row["updated_at"], gateway)
        return account, gateway
