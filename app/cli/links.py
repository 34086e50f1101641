"""`paythread link create` and `paythread feed`: the main job and the live feed from a terminal."""

import asyncio
import json
import secrets
from collections.abc import AsyncIterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated, Any

import typer
import websockets

from app.cli.remote import NoService, Remote
from core.money import AMOUNT_MINOR_MAX, Currency, Money, UnknownCurrency

link = typer.Typer(help="Payment links.", no_args_is_help=True)

Url = Annotated[str | None, typer.Option(help="The service's address.")]
Data = Annotated[Path, typer.Option(help="A demo's folder, for its address and key.")]
_ENDS = frozenset({"payment.paid", "payment.authorised", "link.cancelled", "link.expired"})
_HERE = Path(".paythread")


@link.callback()
def _group() -> None:
    """Keeps `create` a command of its own, as long as it is the only one."""


@link.command("create")
def create(
    amount: Annotated[str, typer.Option(help="In whole units with a point, e.g. 49.99.")],
    currency: Annotated[str, typer.Option(help="ISO 4217, e.g. GBP.")],
    to: Annotated[
        str | None, typer.Option(help="A phone number (SMS) or an email address.")
    ] = None,
    description: Annotated[str, typer.Option()] = "Payment",
    reference: Annotated[str | None, typer.Option()] = None,
    watch: Annotated[bool, typer.Option("--watch", help="Follow the progress live.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")] = False,
    url: Url = None,
    data: Data = _HERE,
) -> None:
    """Makes a payment link, and sends it if an address is given."""
    money = parse_amount(amount, currency)
    body: dict[str, Any] = {
        "amount": money.minor,
        "currency": money.currency.code,
        "description": description,
    }
    if reference is not None:
        body["reference"] = reference
    if to is not None:
        body["send"] = [{"channel": "email" if "@" in to else "sms", "to": to}]
    asyncio.run(_create(Remote(url, data), body, watch=watch, as_json=as_json))


def feed(url: Url = None, data: Data = _HERE) -> None:
    """Prints every event as it happens, one JSON object a line, until Ctrl-C."""
    asyncio.run(_feed(Remote(url, data)))


def parse_amount(text: str, code: str) -> Money:
    """An exact amount. Raises `typer.BadParameter` for anything that would have to be rounded or guessed."""
    try:
        currency = Currency.of(code)
        value = Decimal(text)
    except UnknownCurrency:
        raise typer.BadParameter(f"{code!r} is no active ISO 4217 currency code.") from None
    except InvalidOperation:
        raise typer.BadParameter("The amount is a plain number like 49.99.") from None
    minor = value.scaleb(currency.exponent) if value.is_finite() else Decimal(0)
    if not 0 < minor <= AMOUNT_MINOR_MAX or minor != minor.to_integral_value():
        raise typer.BadParameter(
            f"The amount must be more than zero, not absurd, with at most {currency.exponent} decimals."
        )
    return Money(int(minor), currency)


async def _create(remote: Remote, body: dict[str, Any], *, watch: bool, as_json: bool) -> None:
    key = secrets.token_hex(16)
    made = await remote.post("/v1/links", body, idempotency_key=key)
    if as_json:
        typer.echo(json.dumps(made))
    else:
        typer.echo(f"{made['id']}  {made['url']}")
    if not watch:
        return
    async for event in _events(remote, f"link:{made['id']}", after=0):
        typer.echo(json.dumps(event) if as_json else _line(event))
        if event["type"] in _ENDS:
            return


async def _feed(remote: Remote) -> None:
    async for event in _events(remote, "all", after=None):
        typer.echo(json.dumps(event))


async def _events(
    remote: Remote, topic: str, *, after: int | None
) -> AsyncIterator[dict[str, Any]]:
    """Events from a position on; a broken connection resumes where it was."""
    while True:
        try:
            async with websockets.connect(
                remote.feed_url,
                subprotocols=[websockets.Subprotocol("paythread.feed.v1")],
                additional_headers=remote.headers,
                proxy=None,
            ) as socket:
                subscribe = {"op": "subscribe", "after": after, "topics": [topic]}
                await socket.send(json.dumps(subscribe))
                async for text in socket:
                    frame = json.loads(text)
                    if frame["op"] == "heartbeat":
                        ack = {"op": "ack", "position": frame["position"]}
                        await socket.send(json.dumps(ack))
                    elif frame["op"] == "ready" and after is None:
                        after = frame["position"]
                    elif frame["op"] == "event":
                        after = frame["event"]["position"]
                        yield frame["event"]
        except websockets.InvalidStatus as error:
            raise NoService(f"The feed was refused: {error.response.status_code}.") from None
        except (OSError, websockets.ConnectionClosed):
            await asyncio.sleep(1)


def _line(event: dict[str, Any]) -> str:
    clock = event["occurred_at"][11:19]
    facts = {
        k: v for k, v in event["data"].items() if isinstance(v, str | int) and k != "payment_status"
    }
    words = " ".join(f"{name}={value}" for name, value in facts.items())
    return f"{clock}  {event['type']:<34} {words}"
