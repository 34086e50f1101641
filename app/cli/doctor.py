"""`paythread doctor`: checks the configuration and every connection, and says what to mend."""

import asyncio
from collections.abc import Awaitable, Callable

import sqlalchemy as sa
import typer
from redis.asyncio import Redis
from redis.exceptions import RedisError

from app import schema
from app.http.console import DIST
from app.master_key_source import master_keys
from app.settings import load_settings
from app.wiring import House, open_house
from channels.accounts import accounts_of
from compliance.journal.anchor_rounds import unproven_since
from compliance.key_rotation import census
from compliance.merchants import list_merchants
from core.clock import rfc3339
from core.errors import PaythreadError

Check = Callable[[House], Awaitable[list[str]]]


def doctor() -> None:
    """Exit code 1 when something needs mending."""
    troubles = asyncio.run(_run())
    if troubles:
        raise typer.Exit(1)


async def _run() -> int:
    settings = load_settings()
    typer.echo("ok    settings")
    try:
        house = await open_house(settings)
    except (PaythreadError, sa.exc.SQLAlchemyError, OSError) as error:
        typer.echo(f"MEND  database: {_words(error)}")
        return 1
    troubles = 0
    try:
        for name, check in (
            ("schema", _schema),
            ("sealing", _sealing),
            ("anchors", _anchors),
            ("proxy", _proxy),
            ("redis", _redis),
            ("console", _console),
            ("single sign-on", _single_sign_on),
            ("payment providers", _gateways),
            ("channels", _channels),
        ):
            found = await _checked(check, house)
            troubles += len(found)
            typer.echo(f"ok    {name}" if not found else f"MEND  {name}: {'; '.join(found)}")
    finally:
        await house.close()
    return troubles


async def _checked(check: Check, house: House) -> list[str]:
    try:
        return await check(house)
    except (PaythreadError, sa.exc.SQLAlchemyError, OSError) as error:
        return [_words(error)]


async def _schema(house: House) -> list[str]:
    found = await schema.revision_of(house.database)
    return ["run `paythread migrate`"] if schema.standing(found) == "older" else []


async def _sealing(house: House) -> list[str]:
    async with house.database.snapshot() as session:
        found = await census(session, master_keys(house.settings))
    if found.unknown:
        return [f"{found.unknown} keys are under a master key that is not set: put it back"]
    if found.earlier:
        return [
            f"{found.earlier} keys are under an earlier master key: run `paythread keys rotate`"
        ]
    return []


async def _anchors(house: House) -> list[str]:
    anchoring = house.anchoring
    late = house.clock() - 3 * anchoring.every
    names = [each.name for each in anchoring.destinations]
    async with house.database.snapshot() as session:
        found = await unproven_since(session, names)
    return [
        f"{name} has been told of no entry since {rfc3339(since)}: see the worker's log"
        for name, since in found.items()
        if since is not None and since < late
    ]


async def _proxy(house: House) -> list[str]:
    # The service speaks no TLS itself, so there is a proxy.
    if house.settings.secure and not house.settings.trusted_proxies:
        return [
            "name your proxy in PAYTHREAD_TRUSTED_PROXIES, or every customer counts as one address"
        ]
    return []


async def _redis(house: House) -> list[str]:
    url = house.settings.redis_url
    if url is None:
        return []
    client = Redis.from_url(url, socket_connect_timeout=2, socket_timeout=2)
    try:
        await client.ping()
    except (RedisError, OSError) as error:
        return [_words(error)]
    finally:
        await client.aclose()
    return []


async def _console(_house: House) -> list[str]:
    return (
        [] if (DIST / "index.html").is_file() else ["the front end is not built; run `make setup`"]
    )


async def _single_sign_on(house: House) -> list[str]:
    trouble = await house.sso_desk.check()
    return [] if trouble is None else [trouble]


async def _gateways(house: House) -> list[str]:
    async with house.database.snapshot() as session:
        merchants = await list_merchants(session)
    if not merchants:
        return ["there is no merchant yet; run `paythread merchant create`"]
    found = []
    for merchant in merchants:
        try:
            _, gateway = await house.gateways.for_merchant(merchant.id)
            await gateway.check()
        except PaythreadError as error:
            found.append(f"{merchant.name}: {error.detail}")
    return found


async def _channels(house: House) -> list[str]:
    found: list[str] = []
    async with house.database.snapshot() as session:
        for merchant in await list_merchants(session):
            accounts = await accounts_of(session, merchant=merchant.id)
            if not accounts:
                found.append(
                    f"{merchant.name}: no channel is set up, only QR codes and copied links work"
                )
            for account in accounts:
                provider = await house.providers.of(session, account)
                trouble = await provider.check()
                if trouble is not None:
                    found.append(trouble)
    return found


def _words(error: Exception) -> str:
    if isinstance(error, PaythreadError):
        return error.detail
    return f"it does not answer ({type(error).__name__})"
