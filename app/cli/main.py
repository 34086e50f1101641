"""The command line's tree. Each group has a file of its own; errors of ours are one sentence and exit code 1."""

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import typer

from app import logs
from app.cli import (
    access,
    doctor,
    evidence,
    journal,
    keys,
    links,
    page,
    psps,
    reconcile,
    retention,
    schema,
    telegram,
)
from app.processes import default_host, serve, watch_parent, work
from app.settings import load_settings
from core.errors import PaythreadError

app = typer.Typer(
    name="paythread",
    help="Secure payment links over every channel, with a live feed of each step the customer takes.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
    rich_markup_mode=None,
)
app.add_typer(access.merchant, name="merchant")
app.add_typer(access.user, name="user")
app.add_typer(access.key, name="key")
app.add_typer(psps.psp, name="psp")
app.add_typer(links.link, name="link")
app.add_typer(journal.journal, name="journal")
app.add_typer(keys.keys, name="keys")
app.add_typer(telegram.telegram, name="telegram")
app.add_typer(page.page, name="page")
app.command("feed")(links.feed)
app.command("reconcile")(reconcile.reconcile)
app.command("retention")(retention.retention)
app.command("evidence")(evidence.evidence)
app.command("migrate")(schema.migrate)
app.command("doctor")(doctor.doctor)


HealthPort = Annotated[
    int | None,
    typer.Option(
        min=1, max=65535, help="Answer /healthz, /readyz and /metrics to whoever reaches this port."
    ),
]


@app.command("demo")
def demo(
    data: Annotated[Path, typer.Option(help="Where the demo keeps everything.")] = Path(
        ".paythread"
    ),
    port: Annotated[
        int,
        typer.Option(min=1024, max=65532, help="The service's port; the next three are used too."),
    ] = 8000,
    reset: Annotated[
        bool, typer.Option("--reset", help="Forget what an earlier demo kept here.")
    ] = False,
) -> None:
    """Starts everything on this machine, with a seeded merchant and simulated far ends."""
    from app.demo.run import run_demo

    logs.configure("console")
    raise typer.Exit(asyncio.run(run_demo(data, port, reset=reset)))


@app.command("serve")
def serve_command(
    host: Annotated[str | None, typer.Option(help="Where to listen.")] = None,
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8000,
    no_worker: Annotated[
        bool, typer.Option("--no-worker", help="Leave due work to `paythread worker`.")
    ] = False,
    health_port: HealthPort = None,
) -> None:
    """Serves the API, the console, the pay page and the feed."""
    settings = load_settings()
    logs.configure(settings.log_format)
    watch_parent()
    asyncio.run(
        serve(
            settings,
            host=host or default_host(settings),
            port=port,
            with_worker=not no_worker,
            health_port=health_port,
        )
    )


@app.command("worker")
def worker_command(
    host: Annotated[str | None, typer.Option(help="Where to listen.")] = None,
    health_port: HealthPort = None,
) -> None:
    """Does due work: sends messages, asks PSPs about silent attempts, expires links."""
    settings = load_settings()
    logs.configure(settings.log_format)
    watch_parent()
    asyncio.run(work(settings, host=host or default_host(settings), health_port=health_port))


def main() -> None:
    """The entry point. An error of ours is a sentence on standard error, never a traceback."""
    try:
        app()
    except PaythreadError as error:
        print(f"paythread: {error.detail}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
