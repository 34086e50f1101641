"""`paythread psp add|list|change`: a merchant's accounts at PSPs, and which payments go to which."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from app.cli.access import Json, MerchantId
from app.cli.opened import merchant_of, opened, show
from app.gateways import GATEWAYS
from compliance.journal import Event, record
from core.clock import utc_now
from core.database import Session
from core.errors import PaythreadError
from payments.accounts import change_account, list_accounts, offer_wallets, save_account
from payments.routing import PRIORITY_DEFAULT

psp = typer.Typer(
    help="PSPs: who takes the money, and in what order they are tried.", no_args_is_help=True
)

Priority = Annotated[int | None, typer.Option(min=0, help="Lower is tried first (100).")]
Routing = Annotated[
    str | None,
    typer.Option(
        help='JSON, e.g. {"rules": [{"currencies": ["EUR"], "amount_max": 50000}]}; {} for everything.'
    ),
]


class ConfigUnusable(PaythreadError):
    """The configuration is no JSON object, or lacks what the provider needs."""

    code = "config_unusable"


@psp.command("add")
def add(
    provider: Annotated[str, typer.Option(help=", ".join(sorted(GATEWAYS)))],
    config: Annotated[
        str,
        typer.Option(
            help="A file with the account's keys as JSON, or - for standard input: never on the command line."
        ),
    ],
    priority: Priority = None,
    routing: Routing = None,
    merchant_id: MerchantId = None,
    as_json: Json = False,
) -> None:
    """Sets an account up; its keys are sealed under the master key."""
    values = _json_object(
        sys.stdin.read() if config == "-" else Path(config).read_text(), "The configuration"
    )
    _try_out(provider, values)

    async def run() -> None:
        async with opened() as (settings, database, vault), database.transaction() as session:
            merchant = (await merchant_of(session, merchant_id)).id
            account = await save_account(
                session,
                vault,
                merchant=merchant,
                provider=provider,
                config=values,
                priority=PRIORITY_DEFAULT if priority is None else priority,
                routing=_json_object(routing or "{}", "The routing"),
                now=utc_now(),
            )
            _tell(session, merchant, account, "added")
        webhook = f"{settings.base_url}/webhooks/psp/{account}"
        show({"id": account, "provider": provider, "webhook_url": webhook}, as_json=as_json)

    asyncio.run(run())


@psp.command("list")
def list_command(merchant_id: MerchantId = None, as_json: Json = False) -> None:
    """The accounts, in the order in which they are tried."""

    async def run() -> None:
        async with opened() as (_, database, _vault), database.snapshot() as session:
            merchant = await merchant_of(session, merchant_id)
            for found in await list_accounts(session, merchant.id):
                show(found.as_json(), as_json=as_json)

    asyncio.run(run())


@psp.command("change")
def change(
    account_id: Annotated[str, typer.Argument(metavar="ID")],
    priority: Priority = None,
    routing: Routing = None,
    active: Annotated[
        bool | None,
        typer.Option("--on/--off", help="Off: no new payments; reports of old ones still count."),
    ] = None,
    wallets: Annotated[
        bool | None,
        typer.Option(
            "--wallets/--no-wallets",
            help="Whether our page offers Apple Pay, Google Pay and Link where the account has them.",
        ),
    ] = None,
    merchant_id: MerchantId = None,
    as_json: Json = False,
) -> None:
    """Another place in the order, other rules, off and on again, with wallets or without."""

    async def run() -> None:
        async with opened() as (_, database, vault), database.transaction() as session:
            merchant = (await merchant_of(session, merchant_id)).id
            if wallets is not None:
                await offer_wallets(
                    session, vault, merchant, account_id, offered=wallets, now=utc_now()
                )
            found = await change_account(
                session,
                merchant,
                account_id,
                priority=priority,
                routing=None if routing is None else _json_object(routing, "The routing"),
                active=active,
                now=utc_now(),
            )
            _tell(session, merchant, account_id, "changed")
        told = {} if wallets is None else {"wallets": wallets}
        show({**found.as_json(), **told}, as_json=as_json)

    asyncio.run(run())


def _tell(session: Session, merchant: str, account: str, what: str) -> None:
    """Where the money goes is a privileged matter: the journal says that it was changed, and not to what."""
    event = Event(
        type="settings.changed",
        merchant=merchant,
        occurred_at=utc_now(),
        actor="system",
        data={"psp_account": account, "what": what},
    )
    record(session, event)


def _json_object(text: str, what: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise ConfigUnusable(f"{what} is no JSON object.")
    return value


def _try_out(provider: str, config: dict[str, Any]) -> None:
    """Raises `ConfigUnusable` for what the adapter cannot be made from."""
    factory = GATEWAYS.get(provider)
    if factory is None:
        raise ConfigUnusable(f"There is no such provider; there are {', '.join(sorted(GATEWAYS))}.")
    try:
        factory(config)
    except (KeyError, TypeError, ValueError) as error:
        lacking = f" It lacks {error}." if isinstance(error, KeyError) else ""
        raise ConfigUnusable(f"The configuration does not fit {provider}.{lacking}") from None
