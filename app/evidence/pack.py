"""Writes the evidence pack: a folder of Markdown, CSV and JSON files, with a manifest of their hashes."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from app.evidence.doors import Door
from app.evidence.inventories import CIPHERS
from app.evidence.named import table as security_tests
from app.evidence.requirements import REQUIREMENTS
from app.evidence.results import Results
from compliance.journal.verify import Verdict
from compliance.routes.csv_answers import csv_lines
from core.clock import rfc3339

Rows = Sequence[Mapping[str, Any]]

_INTRODUCTION: Final = """# Evidence pack

Made by `paythread evidence` at {made}. Paythread is designed for SAQ A; this is what the software can show of itself.
Whether an installation qualifies is for its owner and assessor to say.

| file | what it is | PCI DSS 4.0.1 |
| --- | --- | --- |
| [requirements.md](requirements.md), .csv | requirement, feature, tests, and their last result | all below |
| [security-tests.md](security-tests.md), .csv | law, threats, bad input: the tests of each, last result | 6.2.4 |
| [responsibilities.md](responsibilities.md) | who answers for what | 12.8.5, 12.9.2 |
| [data-flow.md](data-flow.md) | the data flow, drawn from the code's doors and tables | 1.2.4, 12.5.2 |
| [doors.csv](doors.csv) | every route, its permission or guard, and the roles that pass | 7.2, 7.3.3 |
| [scripts.json](scripts.json) | the pay page's scripts, with reason, authority and hash | 6.4.3 |
| [bom.json](bom.json) | the bill of materials: third-party software with versions and licences, CycloneDX | 6.3.2 |
| [ciphers.csv](ciphers.csv) | cryptography in use | 12.3.3 |
| [keys.csv](keys.csv) | master keys and data keys, by id and count | 3.6.1, 3.7 |
| [access.csv](access.csv) | users and API keys | 7.2.4, 7.2.5 |
| [kept.csv](kept.csv) | what is kept, how much, since when | 3.2.1, 10.5.1 |
| [retention.csv](retention.csv) | the retention rules, what is past them, and what the last run deleted | 3.2.1 |
| [journal.csv](journal.csv) | each merchant's journal, verified from its first entry | 10.3 |
| [manifest.json](manifest.json) | SHA-256 of each file | |

{tests}
"""
_WITHOUT_TESTS: Final = (
    "No report of a test run was given: the results say `not run`. `make test` writes `build/tests.xml`; "
    "hand it over with `--results`."
)


@dataclass(frozen=True, slots=True)
class Findings:
    """What was read out of the code and the database."""

    made_at: datetime
    doors: Sequence[Door]
    diagram: str
    scripts: Sequence[Mapping[str, Any]]
    materials: Mapping[str, Any]
    keys: Rows
    access: Rows
    kept: Rows
    retention: Rows
    verdicts: Sequence[Verdict]
    results: Results | None


def write_pack(folder: Path, found: Findings) -> list[Path]:
    """Writes every file, over those of an earlier pack. Raises `OSError`."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    files = {
        "README.md": _readme(found),
        "requirements.md": _requirements(found.results),
        "requirements.csv": csv_lines(_requirement_rows(found.results)),
        "security-tests.md": security_tests.page(found.results),
        "security-tests.csv": csv_lines(security_tests.rows(found.results)),
        "responsibilities.md": _responsibilities(),
        "data-flow.md": f"# Data flow\n\n```mermaid\n{found.diagram}```\n",
        "doors.csv": csv_lines(
            [
                ("method", "path", "permission", "roles", "guard"),
                *(
                    (d.method, d.path, d.permission or "", " ".join(d.roles), d.guard or "")
                    for d in found.doors
                ),
            ]
        ),
        "scripts.json": json.dumps(found.scripts, indent=2) + "\n",
        "bom.json": json.dumps(found.materials, indent=2) + "\n",
        "ciphers.csv": csv_lines([("protects", "how", "standard"), *CIPHERS]),
        "keys.csv": _table(found.keys, ("what", "state", "data_keys")),
        "access.csv": _table(
            found.access, ("merchant", "id", "kind", "role", "team", "since", "ended")
        ),
        "kept.csv": _table(found.kept, ("table", "rows", "oldest", "ends")),
        "retention.csv": _table(
            found.retention,
            (
                "merchant",
                "kind",
                "what",
                "setting",
                "days",
                "past",
                "oldest",
                "deleted",
                "last_run",
            ),
        ),
        "journal.csv": csv_lines(
            [
                ("merchant", "entries", "intact", "bad_position", "reason"),
                *(
                    (v.merchant, v.entries, "yes" if v.intact else "no", v.bad_position, v.reason)
                    for v in found.verdicts
                ),
            ]
        ),
    }
    hashes = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in files.items()}
    manifest = {"made_at": rfc3339(found.made_at), "sha256": hashes}
    files["manifest.json"] = json.dumps(manifest, indent=2) + "\n"
    for name, text in files.items():
        # As the bytes were hashed: CSV has its own line ends.
        (folder / name).write_bytes(text.encode())
    return [folder / name for name in files]


def _readme(found: Findings) -> str:
    tests = (
        _WITHOUT_TESTS
        if found.results is None
        else f"The results are those of a run of {found.results.count} tests."
    )
    return _INTRODUCTION.format(made=rfc3339(found.made_at), tests=tests)


def _requirement_rows(results: Results | None) -> Sequence[tuple[str, ...]]:
    head = ("requirement", "asks for", "feature", "who", "tests", "last result", "left to you")
    return [head] + [
        (
            each.number,
            each.asks,
            each.feature,
            each.owner.value,
            " ".join(each.tests),
            _result(each.tests, results),
            each.yours,
        )
        for each in REQUIREMENTS
    ]


def _requirements(results: Results | None) -> str:
    head, *rows = _requirement_rows(results)
    lines = [f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}"]
    for row in rows:
        number, asks, feature, who, tests, result, yours = row
        listed = "<br>".join(f"`{test}`" for test in tests.split())
        lines.append(f"| {number} | {asks} | {feature} | {who} | {listed} | {result} | {yours} |")
    return "# Requirements\n\n" + "\n".join(lines) + "\n"


def _result(tests: Sequence[str], results: Results | None) -> str:
    if not tests:
        return ""
    return "not run" if results is None else results.of(tests)


def _responsibilities() -> str:
    lines = ["| requirement | asks for | who | left to you |", "| --- | --- | --- | --- |"]
    lines += [
        f"| {each.number} | {each.asks} | {each.owner.value} | {each.yours} |"
        for each in REQUIREMENTS
    ]
    return "# Responsibilities\n\n" + "\n".join(lines) + "\n"


def _table(rows: Rows, columns: Sequence[str]) -> str:
    return csv_lines([columns, *([row[name] for name in columns] for row in rows)])
