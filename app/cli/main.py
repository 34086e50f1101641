"""The command line's tree. Each group has a file of its own; errors of ours are one sentence and exit code 1.

Only the group that is asked for is loaded: all of them together take seconds.
"""

import asyncio
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from app import logs
from app.settings import load_settings
from core.errors import PaythreadError

# By its first word: the file beside this one, and what of it is meant.
_GROUPS: Final = {
    "merchant": ("access", "merchant"),
    "user": ("access", "user"),
    "key": ("access", "key"),
    "psp": ("psps", "psp"),
    "link": ("links", "link"),
    "journal": ("journal", "journal"),
    "keys": ("keys", "keys"),
    "telegram": ("telegram", "telegram"),
    "page": ("page", "page"),
}
_COMMANDS: Final = {
    "feed": ("links", "feed"),
    "reconcile": ("reconcile", "reconcile"),
    "retention": ("retention", "retention"),
    "evidence": ("evidence", "evidence"),
    "migrate": ("schema", "migrate"),
    "doctor": ("doctor", "doctor"),
}

# Those of this file.
_OWN: Final = frozenset({"demo", "serve", "worker"})

app = typer.Typer(
    name="paythread",
    help="Secure payment links over every channel, with a live feed of each step the customer takes.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
    rich_markup_mode=None,
)


def grow(words: Sequence[str]) -> typer.Typer:
    """The tree as far as these words of a command line lead; all of it for help, and for what is not known."""
    asked = next((word for word in words if not word.startswith("-")), None)
    everything = {**_GROUPS, **_COMMANDS}
    named = [asked] if asked in everything or asked in _OWN else list(everything)
    for name in named:
        if name in _GROUPS:
            app.add_typer(_meant(*_GROUPS[name]), name=name)
        elif name in _COMMANDS:
            app.command(name)(_meant(*_COMMANDS[name]))
    return app


def _meant(file: str, name: str) -> Any:
    return getattr(import_module(f"app.cli.{file}"), name)


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
    from app.processes import default_host, serve, watch_parent

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
    from app.processes import default_host, watch_parent, work

    settings = load_settings()
    logs.configure(settings.log_format)
    watch_parent()
    asyncio.run(work(settings, host=host or default_host(settings), health_port=health_port))


def main() -> None:
    """The entry point. An error of ours is a sentence on standard error, never a traceback."""
    try:
        grow(sys.argv[1:])()
    except PaythreadError as error:
        print(f"paythread: {error.detail}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
