"""Whether lists, timelines and the feed stay as fast in a big journal as in a small one.

`python -m tests.bench.size --entries 10000 --entries 1000000 --database postgres` fills a database of each size,
runs the service's own queries against all of them in turns of one call, and shows how many times slower the largest is
than the smallest. With `--server URL` the databases are made, and dropped, on a PostgreSQL of your own, as it is set.
"""

import argparse
import asyncio
import gc
import json
import random
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import psycopg
from rich.console import Console
from rich.table import Table

from compliance.journal import Reader
from compliance.master_keys import MasterKey
from compliance.vault import Vault
from core.database import Database
from tests.bench.size_cases import Case, cases_of
from tests.bench.size_fill import fill
from tests.bench.size_town import plan_town
from tests.support import postgres

RATIO_MAX: Final = 1.5
_WARM: Final = 30
# A case that is not flat is measured less often, so that the rest still has its turn.
_SECONDS_A_CASE: Final = 20.0


@dataclass(frozen=True, slots=True)
class Stage:
    """One database of one size, filled."""

    entries: int
    database: Database
    cases: Sequence[Case]


@dataclass(frozen=True, slots=True)
class Result:
    """One case: milliseconds by size, and how many times slower the largest size is than the smallest."""

    case: str
    calls: int
    p50_ms: dict[int, float]
    p99_ms: dict[int, float]

    @property
    def ratio_p50(self) -> float:
        return _last_to_first(self.p50_ms)

    @property
    def ratio_p99(self) -> float:
        return _last_to_first(self.p99_ms)

    def as_json(self) -> dict[str, object]:
        return {
            "case": self.case,
            "calls": self.calls,
            "p50_ms": self.p50_ms,
            "p99_ms": self.p99_ms,
            "ratio_p50": round(self.ratio_p50, 2),
            "ratio_p99": round(self.ratio_p99, 2),
        }


def _last_to_first(by_size: dict[int, float]) -> float:
    return by_size[max(by_size)] / by_size[min(by_size)]


class _Undone(Exception):
    """Takes back what a case has written."""


async def run(urls: dict[int, str], *, calls: int, only: str = "") -> list[Result]:
    """Fills the empty database of each size, then measures every case whose name holds `only`."""
    async with _stages(urls) as stages:
        return await measure(stages, calls=calls, only=only)


async def measure(stages: Sequence[Stage], *, calls: int, only: str = "") -> list[Result]:
    """Every case whose name holds `only`, against stages that stay open together."""
    # What the largest town left in memory is out of the collector's sight: its pauses are no query's.
    gc.collect()
    gc.freeze()
    results = []
    for number, case in enumerate(stages[0].cases):
        if only in case.name:
            results.append(await _measure(stages, number, calls=calls))
            show = ", ".join(f"{value:.2f}" for value in results[-1].p99_ms.values())
            print(f"{case.name}: p99 {show} ms", flush=True)
    gc.unfreeze()
    return results


@asynccontextmanager
async def _stages(urls: dict[int, str]) -> AsyncIterator[list[Stage]]:
    reader = Reader(Vault(MasterKey.from_text("ab" * 32)))
    stages = []
    for entries, url in sorted(urls.items()):
        started = time.perf_counter()
        town = plan_town(entries)
        fill(url, town)
        print(f"{entries:,} entries filled in {time.perf_counter() - started:.0f} s", flush=True)
        stages.append(Stage(entries, Database(url), cases_of(town, reader)))
    yield stages
    for stage in stages:
        await stage.database.close()


async def _measure(stages: Sequence[Stage], number: int, *, calls: int) -> Result:
    """The sizes take turns of one call, so that what else the machine does falls on all of them."""
    took: dict[int, list[float]] = {stage.entries: [] for stage in stages}
    draw = random.Random(number)
    gc.collect()
    until = time.perf_counter() + _SECONDS_A_CASE
    for call in range(_WARM + calls):
        if time.perf_counter() > until and len(took[stages[0].entries]) > 2:
            break
        for stage in draw.sample(stages, len(stages)):
            seconds = await _once(stage.database, stage.cases[number], draw)
            if call >= _WARM or seconds > 0.1:
                took[stage.entries].append(seconds * 1000)
    return Result(
        stages[0].cases[number].name,
        min(map(len, took.values())),
        {entries: round(_percentile(values, 50), 3) for entries, values in took.items()},
        {entries: round(_percentile(values, 99), 3) for entries, values in took.items()},
    )


async def _once(database: Database, case: Case, draw: random.Random) -> float:
    """One call in a database transaction of its own, as a request has it."""
    subject = draw.choice(case.subjects)
    started = time.perf_counter()
    if case.writes:
        try:
            async with database.transaction() as session:
                await case.act(session, subject)
                raise _Undone
        except _Undone:
            pass
    else:
        async with database.snapshot() as session:
            await case.act(session, subject)
    return time.perf_counter() - started


def _percentile(values: Sequence[float], percent: int) -> float:
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, len(ranked) * percent // 100)] if ranked else float("nan")


@contextmanager
def databases(kind: str, sizes: Sequence[int], server_url: str | None) -> Iterator[dict[int, str]]:
    """An empty database of each size, gone afterwards."""
    if kind == "postgres" and server_url is not None:
        yield from _databases_at(server_url, sizes)
        return
    if kind == "sqlite":
        with tempfile.TemporaryDirectory(prefix="paythread-size-") as folder:
            yield {size: f"sqlite:///{Path(folder) / f'{size}.db'}" for size in sizes}
        return
    binaries = postgres.find_binaries()
    if binaries is None:
        raise SystemExit("There is no PostgreSQL server (initdb) here.")
    with postgres.PostgresServer(binaries) as server:
        yield {size: server.url(server.create_empty()) for size in sizes}


def _databases_at(server_url: str, sizes: Sequence[int]) -> Iterator[dict[int, str]]:
    """Ours on somebody's server, whose other databases are left alone."""
    names = {size: f"paythread_size_{size}" for size in sizes}
    parts = urlsplit(server_url)
    with psycopg.connect(server_url, autocommit=True) as admin:
        try:
            for name in names.values():
                admin.execute(f"CREATE DATABASE {name} TEMPLATE template0")
            yield {size: parts._replace(path=f"/{name}").geturl() for size, name in names.items()}
        finally:
            for name in names.values():
                admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def show(kind: str, results: Sequence[Result]) -> None:
    """The table on the terminal."""
    sizes = sorted(results[0].p99_ms)
    table = Table(title=f"{kind}: milliseconds, p50 / p99", title_justify="left")
    table.add_column("query")
    for size in sizes:
        table.add_column(f"{size:,}", justify="right")
    table.add_column("times slower", justify="right")
    for result in results:
        cells = [f"{result.p50_ms[size]:.2f} / {result.p99_ms[size]:.2f}" for size in sizes]
        mark = "" if result.ratio_p99 <= RATIO_MAX else " !"
        table.add_row(result.case, *cells, f"{result.ratio_p50:.2f} / {result.ratio_p99:.2f}{mark}")
    Console(width=120).print(table)


def main() -> None:
    """Measures, shows, and writes JSON where it was asked to."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.size", description=__doc__)
    parser.add_argument("--entries", type=int, action="append", help="a size; give it twice")
    parser.add_argument("--database", choices=["sqlite", "postgres"], action="append")
    parser.add_argument("--server", help="postgresql://… of a server of your own, for this")
    parser.add_argument("--calls", type=int, default=1000, help="how often each query is run")
    parser.add_argument("--only", default="", help="cases whose name holds this text")
    parser.add_argument("--json", type=Path, help="write the results to this file as well")
    arguments = parser.parse_args()
    found = {}
    for kind in arguments.database or ["sqlite", "postgres"]:
        with databases(kind, arguments.entries or [10_000, 1_000_000], arguments.server) as urls:
            results = asyncio.run(run(urls, calls=arguments.calls, only=arguments.only))
        show(kind, results)
        found[kind] = [result.as_json() for result in results]
    if arguments.json is not None:
        arguments.json.write_text(f"{json.dumps(found, indent=2)}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
