"""Runs the demo: migrates, seeds, starts every process, waits until all answer, and stops them all together."""

import asyncio
import json
import os
import shutil
import signal
import socket
import sys
from datetime import datetime
from pathlib import Path
from typing import Final

import httpx2
import structlog
from rich.console import Console
from rich.table import Table

from app import schema
from app.demo.plan import DATABASE_VARIABLE, Child, Plan
from app.demo.secrets import DemoSecrets, load_or_make, write_private
from app.demo.seed import MERCHANT, PEOPLE, Seeded, seed
from app.demo.social import CHANNELS
from app.opening import open_database, open_vault
from app.settings import SettingsUnusable
from channels.accounts import accounts_of
from core.clock import utc_now

log = structlog.get_logger()

_FILES: Final = ("paythread.sqlite", "sandbox.sqlite", "simulator.sqlite")
_START_SECONDS_MAX: Final = 60
_STOP_SECONDS_MAX: Final = 4
_RESTARTS_MAX: Final = 1000
_RESTART_SECONDS: Final = 0.3
_PORTS_SECONDS_MAX: Final = 8


async def run_demo(folder: Path, port: int, *, reset: bool) -> int:
    """Until Ctrl-C. Answers the process's exit code."""
    plan = Plan(folder.absolute(), port, os.environ.get(DATABASE_VARIABLE) or None)
    if reset and plan.other_database is not None:
        raise SettingsUnusable(
            f"--reset forgets what is in the data folder; empty the database of {DATABASE_VARIABLE} yourself."
        )
    # First of all: a second demo, started by mistake, must not touch the files of the one that runs.
    await _wait_for_ports(port)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    (folder / "demo.json").unlink(missing_ok=True)
    if reset:
        _forget(folder)
    secrets = load_or_make(folder, [person.email for person in PEOPLE])
    seeded, accounts = await _prepare(plan, secrets, now=utc_now())
    children = [
        plan.sandbox(secrets, seeded.psp_account, MERCHANT),
        plan.simulator(secrets, accounts),
        plan.service(secrets),
    ]
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopping.set)
    keepers = [asyncio.create_task(_keep(child, folder, stopping)) for child in children]
    try:
        await _until_all_answer(children, keepers, stopping)
        if not stopping.is_set():
            description = json.dumps(plan.description(secrets, seeded), indent=2)
            write_private(folder / "demo.json", description)
            _greet(plan, secrets)
        await stopping.wait()
    finally:
        stopping.set()
        # Whoever waits for this file on the next start must not find the old one.
        (folder / "demo.json").unlink(missing_ok=True)
        results = await asyncio.gather(*keepers, return_exceptions=True)
    failed = [result for result in results if isinstance(result, BaseException)]
    for failure in failed:
        print(f"paythread demo: {failure}", file=sys.stderr)
    return 1 if failed else 0


async def _prepare(
    plan: Plan, secrets: DemoSecrets, *, now: datetime
) -> tuple[Seeded, dict[str, str]]:
    settings = plan.settings(secrets)
    vault = open_vault(settings)
    database, _ = open_database(settings, vault)
    try:
        await schema.migrate(database)
        seeded = await seed(database, vault, settings, secrets, now=now)
        async with database.snapshot() as session:
            accounts = await accounts_of(session, merchant=seeded.merchant)
        return seeded, {account.provider: account.id for account in accounts}
    finally:
        await database.close()


async def _keep(child: Child, folder: Path, stopping: asyncio.Event) -> None:
    """Runs one process until the demo stops. One that dies by itself is started again, as a supervisor would."""
    log_path = folder / "logs" / f"{child.name.replace(' ', '-')}.log"
    log_path.parent.mkdir(exist_ok=True, mode=0o700)
    for _ in range(_RESTARTS_MAX):
        with log_path.open("ab") as output:
            process = await asyncio.create_subprocess_exec(
                *child.command,
                env={**_own_environment(), **child.environment, "PAYTHREAD_PARENT_WATCH": "1"},
                stdin=asyncio.subprocess.PIPE,
                stdout=output,
                stderr=output,
                # Ctrl-C reaches us alone; we stop the others in good order.
                start_new_session=True,
            )
        ended = asyncio.create_task(process.wait())
        stopped = asyncio.create_task(stopping.wait())
        await asyncio.wait({ended, stopped}, return_when=asyncio.FIRST_COMPLETED)
        if stopping.is_set():
            stopped.cancel()
            await _stop(process)
            ended.cancel()
            return
        stopped.cancel()
        print(
            f"paythread demo: the {child.name} ended; starting it again (see {log_path})",
            file=sys.stderr,
        )
        await asyncio.sleep(_RESTART_SECONDS)
    raise RuntimeError(f"the {child.name} keeps ending; see {log_path}")


async def _stop(process: asyncio.subprocess.Process) -> None:
    if process.returncode is not None:
        return
    process.terminate()
    try:
        async with asyncio.timeout(_STOP_SECONDS_MAX):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()


async def _until_all_answer(
    children: list[Child], keepers: list[asyncio.Task[None]], stopping: asyncio.Event
) -> None:
    deadline = asyncio.get_running_loop().time() + _START_SECONDS_MAX
    async with httpx2.AsyncClient(timeout=2, trust_env=False) as client:
        for child in children:
            while not stopping.is_set() and not await _answers(client, child.health_url):
                if asyncio.get_running_loop().time() > deadline or any(k.done() for k in keepers):
                    stopping.set()
                    raise SettingsUnusable(f"The {child.name} did not start; see its log.")
                await asyncio.sleep(0.1)


async def _answers(client: httpx2.AsyncClient, url: str) -> bool:
    try:
        return (await client.get(url)).status_code == 200
    except httpx2.HTTPError:
        return False


def _own_environment() -> dict[str, str]:
    """Ours, without settings that were meant for a real installation."""
    own = (f"{channel.upper()}_" for channel in CHANNELS)
    foreign = (
        *("PAYTHREAD_", "STRIPE_", "TWILIO_", "SMTP_", "IMAP_"),
        *("TELEGRAM_", "CHATBOT_", "VONAGE_", "WEBCHAT_"),
        *own,
    )
    return {name: value for name, value in os.environ.items() if not name.startswith(foreign)}


def _forget(folder: Path) -> None:
    for name in _FILES:
        for path in folder.glob(f"{name}*"):
            path.unlink()
    (folder / "demo-secrets.json").unlink(missing_ok=True)
    shutil.rmtree(folder / "logs", ignore_errors=True)


async def _wait_for_ports(port: int) -> None:
    """Gives a demo that was killed a moment to take its processes down. Raises `SettingsUnusable`."""
    deadline = asyncio.get_running_loop().time() + _PORTS_SECONDS_MAX
    while (taken := _taken_port(port)) is not None:
        if asyncio.get_running_loop().time() > deadline:
            raise SettingsUnusable(f"Port {taken} is taken; choose another with --port.")
        await asyncio.sleep(0.1)


def _taken_port(port: int) -> int | None:
    for wanted in range(port, port + 5):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", wanted))
            except OSError:
                return wanted
    return None


def _greet(plan: Plan, secrets: DemoSecrets) -> None:
    console = Console()
    console.print(
        "\n[bold]Paythread is running.[/bold] Everything is on this machine, and no money is real.\n"
    )
    places = Table(show_header=False, box=None, padding=(0, 2))
    places.add_row("1. Agent's console", plan.service_url)
    places.add_row("2. Customer's phone and mailbox", plan.simulator_url)
    places.add_row("   A shop with the web chat in it", f"{plan.simulator_url}/shop")
    places.add_row("   Sandbox PSP, with its test cards", plan.sandbox_url)
    places.add_row("   API description", f"{plan.service_url}/docs")
    console.print(places)
    people = Table("Role", "Email", "Password", box=None, padding=(0, 2))
    for person in PEOPLE:
        people.add_row(person.role.value, person.email, secrets.passwords[person.email])
    console.print(people)
    console.print(
        "\nSign in, press “New link”, send it to any phone number (say +44 7700 900123), open it on the phone,"
        "\nand pay with 4242 4242 4242 4242, any later date and any code. Ctrl-C stops everything.\n"
    )
