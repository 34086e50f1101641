"""`python -m tests.bench [WHAT …] [--json FILE]`: tables on the terminal, the same as JSON for a script.

WHAT is any of primitives, feed, writes; all of them unless some are named. Every figure stands beside a bare baseline
from the same run; only the ratio means anything on a machine that is shared.
"""

import argparse
import asyncio
import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.bench.cases import cases
from tests.bench.feed.cases import ratios as feed_ratios
from tests.bench.measure import Result, measure
from tests.bench.ratios import Ratio
from tests.bench.writes.cases import ratios as write_ratios
from tests.support import postgres

_CONSOLE = Console()


async def primitives() -> list[Result]:
    """Every pair of primitives, one after the other, on databases that are thrown away."""
    with tempfile.TemporaryDirectory(prefix="paythread-bench-") as folder:
        async with cases(Path(folder)) as found:
            return [await measure(case) for case in found]


def show_primitives(results: Sequence[Result]) -> None:
    table = Table(title="What safety costs, on SQLite, one at a time", title_justify="left")
    for name in ("what", "ours /s", "bare /s", "times slower", "bare is"):
        table.add_column(name, justify="left" if name in {"what", "bare is"} else "right")
    for result in results:
        table.add_row(
            result.name,
            f"{result.ours_per_second:,}",
            f"{result.bare_per_second:,}",
            result.times_slower,
            result.against,
        )
    _CONSOLE.print(table)


def show_ratios(title: str, ratios: Sequence[Ratio]) -> None:
    table = Table(title=title, title_justify="left")
    for name in ("what", "ours", "bare", "ratio", "target", "bare is"):
        table.add_column(name, justify="left" if name in {"what", "bare is"} else "right")
    for one in ratios:
        sign = "" if one.target is None else ("≥ " if one.better == "higher" else "≤ ")
        mark = {True: " ✓", False: " ✗", None: ""}[one.reached]
        table.add_row(
            one.name,
            f"{one.ours:,.1f} {one.unit}",
            f"{one.bare:,.1f} {one.unit}",
            f"{one.ratio:.2f}",
            "" if one.target is None else f"{sign}{one.target:g}{mark}",
            one.against,
        )
    _CONSOLE.print(table)


def writes() -> Iterator[Ratio]:
    """On SQLite, and on PostgreSQL where there is one."""
    yield from write_ratios()
    binaries = postgres.find_binaries()
    if binaries is None:
        _CONSOLE.print("no PostgreSQL here: its figures are left out")
        return
    with postgres.PostgresServer(binaries, durable=True) as server:
        yield from write_ratios(server.url(server.create_empty()))


def main() -> None:
    """Measures, shows, and writes JSON where it was asked to."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("what", nargs="*", choices=["primitives", "feed", "writes", []])
    parser.add_argument("--json", type=Path, help="write the results to this file as well")
    arguments = parser.parse_args()
    wanted = arguments.what or ["primitives", "feed", "writes"]
    found: list[dict[str, object]] = []
    if "primitives" in wanted:
        results = asyncio.run(primitives())
        show_primitives(results)
        found += [asdict(result) for result in results]
    sections: tuple[tuple[str, str, Callable[[], Iterator[Ratio]]], ...] = (
        ("feed", "The live feed", feed_ratios),
        ("writes", "Requests that write, 16 at a time, one process", writes),
    )
    for name, title, measured in sections:
        if name in wanted:
            ratios = list(measured())
            show_ratios(title, ratios)
            found += [{**asdict(one), "ratio": one.ratio, "reached": one.reached} for one in ratios]
    if arguments.json is not None:
        text = json.dumps(found, indent=2, ensure_ascii=False)
        arguments.json.write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
