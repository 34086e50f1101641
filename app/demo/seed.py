"""The demo's merchant, people, API key and accounts: made once, found again after a restart."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.accounts import channel_configs, stripe_config
from app.demo.secrets import DemoSecrets
from app.settings import Settings
from channels.accounts import ensure_account
from compliance.api_keys import create_key, find_key
from compliance.merchant_settings import write
from compliance.merchants import create_merchant, list_merchants
from compliance.principal import NotSignedIn
from compliance.roles import Role
from compliance.second_factor import MfaPolicy
from compliance.users import EmailTaken, create_user, new_password_hash
from compliance.vault import Vault
from core.database import Database, Session
from payments.accounts import first_account, save_account

MERCHANT: Final = "Acme Utilities"
_SYSTEM: Final = "system"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who signs in to the demo."""

    email: str
    name: str
    role: Role
    team: str | None


PEOPLE: Final = (
    Person("alex.agent@demo.paythread.example", "Alex Agent", Role.AGENT, "Billing"),
    Person("robin.agent@demo.paythread.example", "Robin Reyes", Role.AGENT, "Billing"),
    Person("sam.supervisor@demo.paythread.example", "Sam Supervisor", Role.SUPERVISOR, "Billing"),
    Person("ada.admin@demo.paythread.example", "Ada Admin", Role.ADMIN, None),
    Person("audrey.auditor@demo.paythread.example", "Audrey Auditor", Role.AUDITOR, None),
)


@dataclass(frozen=True, slots=True)
class Seeded:
    """What was made or found: the merchant's id and the PSP account's."""

    merchant: str
    psp_account: str


async def seed(
    database: Database, vault: Vault, settings: Settings, secrets: DemoSecrets, *, now: datetime
) -> Seeded:
    """Everything the demo starts with. What is there stays; the far ends' addresses are brought up to date."""
    async with database.snapshot() as session:
        found = await list_merchants(session)
    hashes = {
        person.email: await new_password_hash(secrets.passwords[person.email])
        for person in ([] if found else PEOPLE)
    }
    async with database.transaction() as session:
        if found:
            merchant = found[0].id
        else:
            merchant = await _merchant(session, now)
            await _people(session, vault, merchant, hashes, now)
            # Everybody signs in to the demo by password alone.
            await write(session, merchant, MfaPolicy, {"required_for": []}, actor=_SYSTEM, now=now)
        await _key(session, merchant, secrets.api_key, now)
        return Seeded(merchant, await _accounts(session, vault, merchant, settings, now))


async def _merchant(session: Session, now: datetime) -> str:
    made = await create_merchant(
        session, name=MERCHANT, currency="GBP", locale="en-GB", country="GB", now=now
    )
    return made.id


async def _people(
    session: Session, vault: Vault, merchant: str, hashes: dict[str, str], now: datetime
) -> None:
    for person in PEOPLE:
        try:
            await create_user(
                session,
                vault,
                merchant=merchant,
                name=person.name,
                email=person.email,
                role=person.role,
                team=person.team,
                password_hash=hashes[person.email],
                actor=_SYSTEM,
                now=now,
            )
        except EmailTaken:
            continue


async def _key(session: Session, merchant: str, secret: str, now: datetime) -> None:
    try:
        await find_key(session, secret, now=now)
    except NotSignedIn:
        await create_key(
            session, merchant=merchant, name="Demo", actor=_SYSTEM, now=now, secret=secret
        )


async def _accounts(
    session: Session, vault: Vault, merchant: str, settings: Settings, now: datetime
) -> str:
    config = stripe_config(settings)
    assert config is not None, "the demo always has a sandbox"
    account = await save_account(
        session,
        vault,
        merchant=merchant,
        provider="stripe",
        config=config,
        now=now,
        account_id=await first_account(session, merchant, "stripe"),
    )
    for position, (channel, provider, channel_config) in enumerate(channel_configs(settings)):
        await ensure_account(
            session,
            vault,
            merchant=merchant,
            channel=channel,
            provider=provider,
            config=channel_config,
            priority=position,
            now=now,
        )
    return account
