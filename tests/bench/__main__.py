"""`python -m tests.bench [WHAT …] [--peers FOLDER] [--json FILE]`: one table on the terminal, and the same as JSON.

WHAT is any of primitives, feed, peers, page, pages, writes; all of them unless some are named. Every figure but those
of `page` stands beside a bare baseline from the same run; only the ratio means anything on a machine that is shared.
"""

import argparse
import asyncio
import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.bench.cases import cases
from tests.bench.feed import against
from tests.bench.feed.cases import ratios as feed_ratios
from tests.bench.measure import measure
from tests.bench.page.show import show_page
from tests.bench.pages.cases import ratios as page_ratios
from tests.bench.ratios import Ratio
from tests.bench.writes.cases import ratios as write_ratios
from tests.support import postgres

_CONSOLE = Console()


def primitives() -> Iterator[Ratio]:
    """Every pair of primitives, one after the other, on databases that are thrown away."""

    async def all_of_them() -> list[Ratio]:
        with tempfile.TemporaryDirectory(prefix="paythread-bench-") as folder:
            async with cases(Path(folder)) as found:
                return [await measure(case) for case in found]

    yield from asyncio.run(all_of_them())


def peers(folder: Path | None) -> Iterator[Ratio]:
    """Other people's servers, where they are installed."""
    there, missing = against.find(folder)
    for name in missing:
        _CONSOLE.print(f"{name} is not installed: left out (docs/performance.md tells how)")
    yield from against.ratios(there)


def page(folder: Path | None) -> Iterator[Ratio]:
    """The page's weight and Lighthouse's figures: a table of its own, for they have no baseline."""
    show_page(_CONSOLE, folder)
    yield from ()


def on_both(ratios: Callable[[str | None], Iterator[Ratio]]) -> Iterator[Ratio]:
    """On SQLite, and on PostgreSQL where there is one."""
    yield from ratios(None)
    binaries = postgres.find_binaries()
    if binaries is None:
        _CONSOLE.print("no PostgreSQL here: its figures are left out")
        return
    with postgres.PostgresServer(binaries, durable=True) as server:
        yield from ratios(server.url(server.create_empty()))


def show(sections: Sequence[Sequence[Ratio]]) -> None:
    """The table, a section a part."""
    table = Table(title="Ours beside a bare baseline", title_justify="left")
    for name in ("what", "ours", "bare", "ratio", "target", "bare is"):
        table.add_column(name, justify="left" if name in {"what", "bare is"} else "right")
    for ratios in sections:
        table.add_section()
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


def keep(sections: Sequence[Sequence[Ratio]], file: Path) -> None:
    """The same as JSON."""
    rows = [
        {**asdict(one), "ratio": one.ratio, "reached": one.reached}
        for part in sections
        for one in part
    ]
    file.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(rows, indent=2, ensure_ascii=False)
    file.write_text(f"{text}\n", encoding="utf-8")
    _CONSOLE.print(f"the same as JSON: {file}")


def main() -> None:
    """Measures, shows, and writes JSON where it was asked to."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    names = ("primitives", "feed", "peers", "page", "pages", "writes")
    parser.add_argument("what", nargs="*", choices=[*names, []])
    parser.add_argument("--peers", type=Path, help="where other people's servers are installed")
    parser.add_argument("--json", type=Path, help="write the results to this file as well")
    arguments = parser.parse_args()
    parts: dict[str, Callable[[], Iterator[Ratio]]] = {
        "primitives": primitives,
        "feed": feed_ratios,
        "peers": lambda: peers(arguments.peers),
        "page": lambda: page(arguments.peers),
        "pages": lambda: on_both(page_ratios),
        "writes": lambda: on_both(write_ratios),
    }
    found: list[list[Ratio]] = []
    with ExitStack() as at_the_end:
        # What was measured is shown and kept even where a later part fails.
        if arguments.json is not None:
            at_the_end.callback(lambda: keep(found, arguments.json))
        at_the_end.callback(lambda: show(found))
        for name in arguments.what or names:
            with _CONSOLE.status(f"{name} …"):
                part: list[Ratio] = []
                found.append(part)
                part.extend(parts[name]())


if __name__ == "__main__":
    main()
