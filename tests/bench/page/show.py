"""Starts a demo, weighs its page in each state, and has Lighthouse look at it."""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import httpx2
from rich.console import Console
from rich.table import Table

from tests.bench.page.lighthouse import rate
from tests.bench.page.weight import BYTES_MAX, made, weights
from tests.e2e.processes import free_ports

_START_SECONDS_MAX: Final = 150
_STOP_SECONDS_MAX: Final = 30


@contextmanager
def demo() -> Iterator[dict[str, Any]]:
    """What a demo's `demo.json` says, while it runs."""
    with tempfile.TemporaryDirectory(prefix="paythread-page-") as folder:
        port = str(free_ports(4))
        process = subprocess.Popen(
            [sys.executable, "-m", "app.cli", "demo", "--data", folder, "--port", port],
            stdout=subprocess.DEVNULL,
        )
        try:
            told = Path(folder) / "demo.json"
            deadline = time.monotonic() + _START_SECONDS_MAX
            while not told.exists():
                assert process.poll() is None, "the demo ended"
                assert time.monotonic() < deadline, "the demo does not answer"
                time.sleep(0.2)
            yield json.loads(told.read_text())
        finally:
            process.terminate()
            process.wait(_STOP_SECONDS_MAX)


def show_page(console: Console, peers: Path | None) -> None:
    """The table on the terminal."""
    with demo() as told:
        found = list(weights(told))
        key = {"Authorization": f"Bearer {told['api_key']}"}
        with httpx2.Client(base_url=told["service_url"], trust_env=False) as client:
            rating = rate(made(client, key)["url"], peers)
    table = Table(title=f"The page, bytes as sent (at most {BYTES_MAX:,})", title_justify="left")
    for name in ("state", "by", "HTML", "CSS", "script", "together"):
        table.add_column(name, justify="left" if name in {"state", "by"} else "right")
    for each in found:
        table.add_row(
            each.state,
            each.encoding,
            *(f"{n:,}" for n in (each.html, each.css, each.script, each.total)),
        )
    console.print(table)
    if rating is None:
        console.print("Lighthouse is not installed: left out (docs/performance.md tells how)")
    else:
        console.print(f"Lighthouse: {rating.scores}, largest paint {rating.largest_paint}")
        for line in rating.lost:
            console.print(f"  {line}")
