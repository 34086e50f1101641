"""`paythread page inventory` lists the pay page's scripts; `page check` looks at it now, as the monitor does."""

import asyncio
import json
from typing import Annotated, Any

import typer

from app.cli.opened import merchant_of
from app.settings import SettingsUnusable, load_settings
from app.wiring import House, open_house
from core.clock import utc_now
from links.watch.canary import page_of_account
from links.watch.expecting import expected
from links.watch.inventory import page_json
from links.watch.looking import PageOutOfReach
from payments.accounts import list_accounts

page = typer.Typer(help="What the pay page runs (PCI DSS 6.4.3 and 11.6.1).", no_args_is_help=True)

MerchantOption = Annotated[
    str | None, typer.Option("--merchant", help="Which merchant; needed where there are several.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON value, for scripts.")]


@page.command("inventory")
def inventory_command(merchant: MerchantOption = None, as_json: JsonOption = False) -> None:
    """Every script of every account's page: why it is there, who authorised it, its hash."""
    pages = asyncio.run(_inventory(merchant))
    if as_json:
        typer.echo(json.dumps({"data": pages}))
        return
    for each in pages:
        typer.echo(f"{each['account']} ({each['provider']}, {each['mode']})")
        for script in each["scripts"]:
            typer.echo(f"  {script['url']}  ({script['loaded']})")
            typer.echo(f"    why: {script['reason']}")
            typer.echo(f"    by:  {script['authorised']}")
            typer.echo(f"    is:  {script['integrity'] or script['enforced']}")


@page.command("check")
def check_command(
    merchant: MerchantOption = None,
    as_json: JsonOption = False,
    browser: Annotated[
        bool,
        typer.Option("--browser", help="Run it in a browser too; needs Playwright and Chromium."),
    ] = False,
) -> None:
    """Looks at each account's page at its public address now. Exit code 1: something differs; 3: out of reach."""
    found = asyncio.run(_check(merchant, browser=browser))
    if as_json:
        typer.echo(json.dumps({"data": found}))
    else:
        for each in found:
            typer.echo(f"{each['account']}: {each['state']}")
            for difference in each.get("differences", []):
                typer.echo(
                    f"  {difference['what']} {difference['name']}: "
                    f"{difference['from']} -> {difference['to']}"
                )
            for script in each.get("unlisted_scripts", []):
                typer.echo(f"  ran in the browser and is not in the inventory: {script}")
    states = {each["state"] for each in found}
    if "changed" in states or any(each.get("unlisted_scripts") for each in found):
        raise typer.Exit(1)
    if "out_of_reach" in states:
        raise typer.Exit(3)


async def _inventory(merchant_id: str | None) -> list[dict[str, Any]]:
    house = await open_house(load_settings())
    try:
        return await scripts_of(house, merchant_id)
    finally:
        await house.close()


async def scripts_of(house: House, merchant_id: str | None) -> list[dict[str, Any]]:
    """The inventory of each of the merchant's accounts."""
    found = []
    for account in await _accounts(house, merchant_id):
        watched = await page_of_account(house.database, house.pay_desk, account)
        ours = expected(watched, house.monitor.front_headers, now=utc_now())
        found.append(page_json(watched, ours))
    return found


async def _check(merchant_id: str | None, *, browser: bool) -> list[dict[str, Any]]:
    house = await open_house(load_settings())
    try:
        found: list[dict[str, Any]] = []
        for account in await _accounts(house, merchant_id):
            try:
                check = await house.monitor.check(account)
            except PageOutOfReach as error:
                found.append({"account": account, "state": "out_of_reach", "reason": error.detail})
                continue
            if check is not None:
                more = {"unlisted_scripts": await _unlisted(house, account)} if browser else {}
                found.append({**check.as_json(), **more})
        return found
    finally:
        await house.close()


async def _accounts(house: House, merchant_id: str | None) -> list[str]:
    async with house.database.snapshot() as session:
        merchant = await merchant_of(session, merchant_id)
        return [each.id for each in await list_accounts(session, merchant.id) if each.active]


async def _unlisted(house: House, account: str) -> list[str]:
    """What ran in a real browser and is not in the inventory, the PSP's own frames and further files left out."""
    try:
        from playwright.async_api import async_playwright
    except ImportError:
        raise SettingsUnusable("--browser needs Playwright: pip install playwright.") from None
    watched = await page_of_account(house.database, house.pay_desk, account)
    ours = expected(watched, house.monitor.front_headers, now=utc_now())
    url = house.pay_desk.sending.showing.page_url(watched.token)
    ran: set[str] = set()
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch()
        tab = await chromium.new_page()
        devtools = await tab.context.new_cdp_session(tab)
        devtools.on("Debugger.scriptParsed", lambda told: ran.add(str(told["url"])))
        await devtools.send("Debugger.enable")
        await tab.goto(url, wait_until="networkidle")
        await chromium.close()
    base = house.settings.pay_url
    listed = {f"{base}{path}" for path in ours.files} | ours.psp_scripts | {""}
    origins = tuple(f"{origin.rstrip('/')}/" for origin in watched.psp.page.origins)
    return sorted(
        each.replace(watched.token, "{token}")
        for each in ran - listed
        if not each.startswith(origins or ("\0",))
    )
