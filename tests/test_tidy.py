"""The style that a reader relies on, kept by a test: where things are done, what they are called, how long they get.

The last test runs the migrations, and with them `app.migrations.env`.
"""

import ast
import json
import re
import shutil
import subprocess
import warnings
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
ROOMS = ("core", "compliance", "payments", "channels", "agent_feed", "links", "app")
FAR_ENDS = (
    "payments/sandbox/",
    "payments/adyen_sandbox/",
    "payments/mollie_sandbox/",
    "channels/simulator/",
)
MIGRATIONS = "app/migrations/versions/"
DOOR_NAMES = {"routes", "pages", "socket"}
LINES_MAX, LINES_USUAL = 400, 300

# An SDK or protocol library, and the only place that may know it.
SDK_HOMES = {
    "stripe": "payments/gateways/stripe",
    "Adyen": "payments/gateways/adyen",
    "mollie": "payments/gateways/mollie",
    "twilio": "tests/",  # our adapter speaks the protocol itself; the SDK is the tests' oracle
    "aiosmtplib": "channels/providers/smtp",
    "aiosmtpd": "channels/simulator/networks/email/",
    "authlib": "compliance/sso/",
    "joserfc": "compliance/sso/",
    "argon2": "compliance/passwords.py",
    "limits": "core/throttle.py",
    "webauthn": "compliance/passkey_proofs.py",
    "phonenumbers": "channels/addresses.py",
    "email_validator": "channels/addresses.py",
    "qrcode": "links/qr.py",
    "PIL": "links/",
    "alembic": "app/",
}
NO_NAMES = {
    "util",
    "utils",
    "helper",
    "helpers",
    "service",
    "services",
    "manager",
    "managers",
    "common",
    "misc",
}
CLOCK_READS = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
    ("time", "time_ns"),
}
# Written in two parts, so that this file does not hold what it looks for.
FORBIDDEN_TEXT = tuple(
    first + second
    for first, second in [
        ("pypi", ".org"),
        ("pythonhosted", ".org"),
        ("registry.npm", "js"),
        ("npmmirror", ".com"),
        ("/work", "/main"),
        ("/root", "/"),
        ("/tmp", "/notes"),
    ]
)


@cache
def tracked() -> tuple[str, ...]:
    """Every file that is in the repository or about to be."""
    if shutil.which("git") is None or not (PROJECT / ".git").exists():
        pytest.skip("no git: which files belong to the project is not known")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=PROJECT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    return tuple(name for name in listed.split("\0") if name and (PROJECT / name).is_file())


def python_files(*starts: str) -> list[str]:
    return [name for name in tracked() if name.endswith(".py") and name.startswith(starts)]


ROOM_STARTS = tuple(f"{room}/" for room in ROOMS)


@cache
def tree(name: str) -> ast.Module:
    return ast.parse((PROJECT / name).read_text(encoding="utf-8"), name)


def imported(name: str) -> Iterator[str]:
    """The dotted names that a file imports, wherever in it."""
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def is_door(name: str) -> bool:
    parts = name.removesuffix(".py").split("/")
    return (
        parts[0] == "app"
        or bool(DOOR_NAMES & set(parts[1:]))
        or (name.startswith(FAR_ENDS) and parts[-1] == "__main__")
    )


def test_an_sdk_is_known_in_one_place() -> None:
    strangers = [
        f"{name} imports {sdk}"
        for name in python_files(*ROOM_STARTS)
        for sdk in {module.partition(".")[0] for module in imported(name)}
        if sdk in SDK_HOMES and not name.startswith(SDK_HOMES[sdk])
    ]
    assert [] == strangers


def test_only_doors_know_the_web_framework() -> None:
    strangers = [
        name
        for name in python_files(*ROOM_STARTS)
        if {"fastapi", "starlette"} & {module.partition(".")[0] for module in imported(name)}
        and not is_door(name)
    ]
    assert [] == strangers


def test_only_the_database_commits() -> None:
    strangers = [
        f"{name}:{node.lineno}"
        for name in python_files(*ROOM_STARTS)
        if not name.startswith("core/database/")
        for node in ast.walk(tree(name))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "commit"
    ]
    assert [] == strangers


def test_only_the_clock_reads_the_time() -> None:
    def reads(node: ast.AST) -> bool:
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            return False
        owner = node.func.value
        name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
        return (name, node.func.attr) in CLOCK_READS

    clocks = {f"{end}clock.py" for end in FAR_ENDS}
    strangers = [
        f"{name}:{getattr(node, 'lineno', 0)}"
        for name in python_files(*ROOM_STARTS)
        if not name.startswith("core/") and name not in clocks
        for node in ast.walk(tree(name))
        if reads(node)
    ]
    assert [] == strangers


def test_no_float_comes_near_money() -> None:
    strangers = [
        f"{name}:{getattr(node, 'lineno', 0)}"
        for name in python_files("payments/", "links/", "core/money.py")
        for node in ast.walk(tree(name))
        if (isinstance(node, ast.Constant) and isinstance(node.value, float))
        or (isinstance(node, ast.Name) and node.id == "float")
    ]
    assert [] == strangers


def test_tests_replace_nothing_of_ours_behind_its_back() -> None:
    offences = []
    for name in python_files("tests/"):
        if any(
            module.startswith(("unittest.mock", "mock", "pytest_mock")) for module in imported(name)
        ):
            offences.append(f"{name} imports a mock library")
        for node in ast.walk(tree(name)):
            if isinstance(node, ast.arg) and node.arg == "mocker":
                offences.append(f"{name}:{node.lineno} asks for a mocker")
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in {"setattr", "delattr"}
                and getattr(node.func.value, "id", "") == "monkeypatch"
            ):
                offences.append(f"{name}:{node.lineno} patches")
    assert [] == offences


def test_every_module_has_a_test_that_names_it() -> None:
    """By the test file's name, by importing it, or in the words of the test file's docstring."""
    tests = python_files("tests/")
    stems = {
        Path(name).stem.removeprefix("test_")
        for name in tests
        if Path(name).name.startswith("test_")
    }
    known = {module for name in tests for module in imported(name)}
    known |= {module.rpartition(".")[0] for module in known}
    texts = [ast.get_docstring(tree(name)) or "" for name in tests]
    untested = []
    for name in python_files(*ROOM_STARTS):
        path = Path(name)
        # A far end is tested across the wire, as the provider that it stands for; its own rooms are its own affair.
        if name.startswith((MIGRATIONS, *FAR_ENDS)) or path.name in {"__init__.py", "__main__.py"}:
            continue
        module = name.removesuffix(".py").replace("/", ".")
        by_name = any(stem == path.stem or stem.endswith(f"_{path.stem}") for stem in stems)
        if not by_name and module not in known and not any(module in text for text in texts):
            untested.append(name)
    assert [] == untested


def test_no_file_is_too_long_to_read() -> None:
    too_long = []
    for name in tracked():
        if not name.endswith((".py", ".ts", ".svelte", ".js", ".css")) or name.startswith(
            MIGRATIONS
        ):
            continue
        lines = (PROJECT / name).read_text(encoding="utf-8").count("\n")
        if lines > LINES_MAX:
            too_long.append(f"{name}: {lines} lines")
        elif lines > LINES_USUAL and not name.startswith("tests/"):
            warnings.warn(
                f"{name} has {lines} lines: is there a second question in it?", stacklevel=1
            )
    assert [] == too_long


def test_no_file_has_a_name_that_answers_no_question() -> None:
    strangers = [
        name
        for name in python_files(*ROOM_STARTS, "tests/")
        if NO_NAMES & {part.removesuffix(".py") for part in name.split("/")}
    ]
    assert [] == strangers


def test_every_folder_of_tests_is_a_package_so_that_equal_names_do_not_meet() -> None:
    folders = {str(Path(name).parent) for name in python_files("tests/")}
    assert [] == sorted(
        folder for folder in folders if not (PROJECT / folder / "__init__.py").exists()
    )


def test_lock_files_name_no_place_to_fetch_from() -> None:
    def without_funding(value: object) -> object:
        if isinstance(value, dict):
            return {key: without_funding(item) for key, item in value.items() if key != "funding"}
        return value

    offences = []
    for name in tracked():
        text = None
        if re.fullmatch(r"requirements/.*\.txt", name):
            text = (PROJECT / name).read_text()
        elif name.endswith("package-lock.json"):
            text = json.dumps(without_funding(json.loads((PROJECT / name).read_text())))
        if text is not None and ("://" in text or '"resolved"' in text):
            offences.append(name)
    assert [] == offences


def test_no_file_names_a_registry_or_somebodys_machine() -> None:
    offences = []
    for name in tracked():
        try:
            text = (PROJECT / name).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        offences += [f"{name} holds {word}" for word in FORBIDDEN_TEXT if word in text]
    assert [] == offences


async def test_the_migrations_make_the_tables_that_the_code_declares(tmp_path: Path) -> None:
    """After every revision, Alembic would find nothing to change."""
    if not (PROJECT / "app" / "schema.py").exists():
        pytest.skip("no migrations yet")
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    from app import schema
    from app.tables import metadata
    from core.database import Database

    database = Database(f"sqlite:///{tmp_path / 'migrated.db'}")
    await schema.migrate(database)
    async with database.engine.connect() as connection:
        differences = await connection.run_sync(
            lambda sync: compare_metadata(
                MigrationContext.configure(sync, opts={"compare_type": True}), metadata
            )
        )
    await database.close()
    assert [] == differences
