"""`paythread merchant|user|key create`: the first people and keys, without a browser."""

import asyncio
from typing import Annotated

import typer

from app.cli.opened import merchant_of, opened, show
from compliance import passwords
from compliance.api_keys import create_key, list_keys, revoke_key
from compliance.custom_roles import list_roles
from compliance.merchants import create_merchant
from compliance.roles import Role
from compliance.users import create_user, new_password_hash
from core.clock import rfc3339, utc_now
from core.database import Session
from core.errors import PaythreadError

merchant = typer.Typer(
    help="Merchants: the businesses whose agents send links.", no_args_is_help=True
)
user = typer.Typer(help="Users: the people who sign in.", no_args_is_help=True)
key = typer.Typer(help="API keys: software's way in.", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")]
MerchantId = Annotated[
    str | None, typer.Option("--merchant", help="Which merchant; not needed while there is one.")
]
_ACTOR = "system"
_PEOPLE = [role.value for role in Role if role is not Role.INTEGRATION]


class UnknownRole(PaythreadError):
    """The merchant has no role of this id or name."""

    code = "unknown_role"


@merchant.callback()
@user.callback()
@key.callback()
def _group() -> None:
    """Keeps `create` a command of its own, also where it is the only one."""


@merchant.command("create")
def create_merchant_command(
    name: Annotated[str, typer.Option(help="As customers see it.")],
    currency: Annotated[str, typer.Option(help="ISO 4217, e.g. GBP.")] = "GBP",
    locale: Annotated[str, typer.Option(help="BCP 47, e.g. en-GB.")] = "en-GB",
    country: Annotated[
        str, typer.Option(help="ISO 3166-1, for phone numbers without a prefix.")
    ] = "GB",
    as_json: Json = False,
) -> None:
    """A new merchant."""

    async def run() -> None:
        async with opened() as (_, database, _vault), database.transaction() as session:
            made = await create_merchant(
                session,
                name=name,
                currency=currency,
                locale=locale,
                country=country,
                now=utc_now(),
            )
        show({"id": made.id, "name": made.name, "currency": made.currency.code}, as_json=as_json)

    asyncio.run(run())


@user.command("create")
def create_user_command(
    email: Annotated[str, typer.Option()],
    name: Annotated[str, typer.Option()],
    role: Annotated[
        str, typer.Option(help=f"{', '.join(_PEOPLE)}, or the id or name of a role of your own.")
    ] = Role.AGENT.value,
    team: Annotated[str | None, typer.Option()] = None,
    password: Annotated[
        str | None,
        typer.Option(help="One is made when none is given.", envvar="PAYTHREAD_USER_PASSWORD"),
    ] = None,
    merchant_id: MerchantId = None,
    as_json: Json = False,
) -> None:
    """A new user; without --password one is made and printed, this once."""
    if role == Role.INTEGRATION:
        raise typer.BadParameter("Software gets an API key: `paythread key create`.")
    secret = password or passwords.generate()

    async def run() -> None:
        password_hash = await new_password_hash(secret)
        async with opened() as (_, database, vault), database.transaction() as session:
            of = (await merchant_of(session, merchant_id)).id
            base, custom = await _role(session, of, role)
            made = await create_user(
                session,
                vault,
                merchant=of,
                name=name,
                email=email,
                role=base,
                custom_role=custom,
                team=team,
                password_hash=password_hash,
                # One that was printed is known to whoever read it.
                must_change=password is None,
                actor=_ACTOR,
                now=utc_now(),
            )
        shown = {"id": made.id, "email": made.email, "role": made.role.value}
        if made.custom_role is not None:
            shown["custom_role"] = made.custom_role
        if password is None:
            shown["password"] = secret
        show(shown, as_json=as_json)

    asyncio.run(run())


async def _role(session: Session, merchant: str, wanted: str) -> tuple[Role, str | None]:
    """One of the four, or one of the merchant's own with its base."""
    if wanted in _PEOPLE:
        return Role(wanted), None
    for own in await list_roles(session, merchant):
        if wanted in {own.id, own.name}:
            return own.base, own.id
    raise UnknownRole(f"There is no role {wanted}: use {', '.join(_PEOPLE)}, or one of your own.")


@key.command("create")
def create_key_command(
    name: Annotated[str, typer.Option(help="What the key is for.")],
    merchant_id: MerchantId = None,
    as_json: Json = False,
) -> None:
    """A new API key, printed this once."""

    async def run() -> None:
        async with opened() as (_, database, _vault), database.transaction() as session:
            made = await create_key(
                session,
                merchant=(await merchant_of(session, merchant_id)).id,
                name=name,
                actor=_ACTOR,
                now=utc_now(),
            )
        show({"id": made.id, "api_key": made.secret}, as_json=as_json)

    asyncio.run(run())


@key.command("list")
def list_keys_command(merchant_id: MerchantId = None, as_json: Json = False) -> None:
    """The keys that were not revoked, with what they may and when they were used; no secrets."""

    async def run() -> None:
        async with opened() as (_, database, _vault), database.snapshot() as session:
            found = await list_keys(session, (await merchant_of(session, merchant_id)).id)
        keys = [
            {
                "id": row["id"],
                "name": row["name"],
                "scopes": row["scopes"],
                "networks": row["networks"],
                "created_at": rfc3339(row["created_at"]),
                "expires_at": row["expires_at"] and rfc3339(row["expires_at"]),
                "used_at": row["used_at"] and rfc3339(row["used_at"]),
                "used_from": row["used_from"],
            }
            for row in found
        ]
        if as_json:
            show({"keys": keys}, as_json=True)
            return
        for each in keys:
            used = each["used_at"] or "never used"
            typer.echo(f"{each['id']}  {each['name']}  {used}")

    asyncio.run(run())


@key.command("revoke")
def revoke_key_command(
    key_id: Annotated[str, typer.Argument(help="As `paythread key list` shows it.")],
    merchant_id: MerchantId = None,
    as_json: Json = False,
) -> None:
    """The key is worth nothing from here on, also in feeds that are open."""

    async def run() -> None:
        async with opened() as (_, database, _vault), database.transaction() as session:
            merchant = (await merchant_of(session, merchant_id)).id
            await revoke_key(session, merchant=merchant, key_id=key_id, actor=_ACTOR, now=utc_now())
        show({"id": key_id, "revoked": True}, as_json=as_json)

    asyncio.run(run())
