"""`python -m tests.bench [--json FILE]`: the table on the terminal, the same as JSON for a script."""

import argparse
import asyncio
import json
import tempfile
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.bench.cases import cases
from tests.bench.measure import Result, measure


async def run() -> list[Result]:
    """Every case, one after the other, on databases that are thrown away."""
    with tempfile.TemporaryDirectory(prefix="paythread-bench-") as folder:
        async with cases(Path(folder)) as found:
            return [await measure(case) for case in found]


def main() -> None:
    """Measures, shows, and writes JSON where it was asked to."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--json", type=Path, help="write the results to this file as well")
    arguments = parser.parse_args()
    results = asyncio.run(run())
    table = Table(title="What safety costs, on SQLite, one at a time", title_justify="left")
    table.add_column("what")
    table.add_column("ours /s", justify="right")
    table.add_column("bare /s", justify="right")
    table.add_column("times slower", justify="right")
    table.add_column("bare is")
    for result in results:
        table.add_row(
            result.name,
            f"{result.ours_per_second:,}",
            f"{result.bare_per_second:,}",
            result.times_slower,
            result.against,
        )
    Console().print(table)
    if arguments.json is not None:
        text = json.dumps([asdict(result) for result in results], indent=2, ensure_ascii=False)
        arguments.json.write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
