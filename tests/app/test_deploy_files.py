"""The deployment files and the operator's page say what the code says: settings, commands, routes, and no secret."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from app.cli.main import grow
from app.http import health
from app.settings import Settings
from compliance.journal import EVENT_TYPES

PROJECT = Path(__file__).resolve().parents[2]
DEPLOY = PROJECT / "docs" / "deploy"
OPERATIONS = PROJECT / "docs" / "operations.md"
FILES = sorted(path for path in DEPLOY.rglob("*") if path.is_file())
TEXTS = {path.relative_to(PROJECT).as_posix(): path.read_text() for path in [*FILES, OPERATIONS]}
FAMILIES = ("PAYTHREAD", "STRIPE", "TWILIO", "SMTP")
# Of the shell and of Compose, not of the service: who calls it, whose name it bears, the key of a terminal.
FOREIGN = {"PAYTHREAD_DOMAIN", "PAYTHREAD_API_KEY"}
COMMANDS = typer.main.get_command(grow([]))

text_of = pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())


def variables() -> set[str]:
    """As the environment names them."""
    return {
        str(field.validation_alias or f"PAYTHREAD_{name}".upper())
        for name, field in Settings.model_fields.items()
    }


def documents() -> list[Any]:
    return [d for p in FILES if p.suffix == ".yaml" for d in yaml.safe_load_all(p.read_text())]


def values(found: Any, wanted: str) -> Iterator[Any]:
    """Everything under that name, however deep."""
    if isinstance(found, dict):
        for name, value in found.items():
            if name == wanted:
                yield value
            yield from values(value, wanted)
    elif isinstance(found, list):
        for value in found:
            yield from values(value, wanted)


@text_of
def test_every_variable_that_is_named_is_a_setting(text: str) -> None:
    named = set(re.findall(rf"\b(?:{'|'.join(FAMILIES)})_[A-Z_]*[A-Z]\b", text))
    assert set() == named - variables() - FOREIGN


def test_the_operator_s_page_names_every_setting() -> None:
    assert set() == variables() - set(re.findall(r"[A-Z]+_[A-Z_]*[A-Z]", OPERATIONS.read_text()))


def sources() -> str:
    """The code's own words, all of them."""
    rooms = ("app", "core", "compliance", "payments", "channels", "agent_feed", "links")
    return "\n".join(
        path.read_text()
        for room in rooms
        for path in (PROJECT / room).rglob("*.py")
        if "node_modules" not in path.parts
    )


def test_the_operator_s_page_names_every_metric_and_no_other() -> None:
    def names(pattern: str, text: str) -> set[str]:
        return {name.removesuffix("_total") for name in re.findall(pattern, text)}

    known = names(r'"(paythread_[a-z_]+)",', sources())
    assert known == names(r"`(paythread_[a-z_]+)", OPERATIONS.read_text())


def test_what_an_alarm_quotes_from_log_and_journal_is_said_there() -> None:
    alarms = OPERATIONS.read_text().partition("## Watch")[2].partition("## Payment providers")[0]
    quoted = set(re.findall(r"`([a-z]+\.[a-z_]+)`", alarms))
    code = sources()
    assert len(quoted) > 15
    assert set() == {name for name in quoted - EVENT_TYPES if f'"{name}"' not in code}


def runs() -> list[list[str]]:
    """What the files run: by a container, by a unit, in the shell."""
    lists = [
        found for d in documents() for name in ("command", "args") for found in values(d, name)
    ]
    inside = re.findall(r"^CMD (.*)", TEXTS["docs/deploy/Dockerfile"], re.MULTILINE)
    lists += [re.findall(r'"([^"]+)"', line) for line in inside]
    lines = [
        line
        for text in TEXTS.values()
        for line in re.findall(r"\bpaythread ([a-z][^`\n;&|#]*)", text)
    ]
    lists += [re.sub(r"[\[\]'\"]", " ", line).split() for line in lines]
    return [words for words in lists if words[0] != "redis-server"]


def test_every_command_that_is_run_exists_with_its_options() -> None:
    found = runs()
    assert len(found) > 20
    for words in found:
        command: Any = COMMANDS
        for name in words:
            if hasattr(command, "commands"):
                assert name in command.commands, words
                command = command.commands[name]
        known = {name for one in command.params for name in (*one.opts, *one.secondary_opts)}
        assert set() == {word for word in words if word.startswith("--")} - known, words


def test_every_probe_asks_a_route_at_the_port_that_is_listened_on() -> None:
    routes = {getattr(route, "path", None) for route in health.router.routes}
    asked = [
        path
        for d in documents()
        for probe in values(d, "httpGet")
        for path in values(probe, "path")
    ]
    asked += re.findall(r"health_uri (\S+)", TEXTS["docs/deploy/Caddyfile"])
    asked += re.findall(r"127\.0\.0\.1:8001(/\w+)", TEXTS["docs/deploy/compose.yaml"])
    assert len(asked) >= 8
    assert set() == set(asked) - routes
    # The port for those inside, in every place that names it.
    listened = {c[c.index("--health-port") + 1] for c in runs() if "--health-port" in c}
    told = [
        str(p["containerPort"])
        for d in documents()
        for ps in values(d, "ports")
        for p in ports_in(ps)
    ]
    told += re.findall(r"health_port (\d+)", TEXTS["docs/deploy/Caddyfile"])
    assert len(told) == 3
    assert set() == set(told) - listened


def ports_in(found: list[Any]) -> list[Any]:
    return [port for port in found if isinstance(port, dict) and port["name"] == "inside"]


@text_of
def test_no_secret_stands_in_a_file(text: str) -> None:
    secret = r"MASTER_KEY|DATABASE_URL|PASSWORD|SECRET_KEY|WEBHOOK_SECRET|AUTH_TOKEN"
    for name, value in re.findall(rf"(\w*(?:{secret})\w*)\s*[:=]\s*(\S+)", text):
        harmless = value.startswith(
            ("{file:", "/run/secrets/", "/etc/paythread/secrets/", "$", "`", '"$(')
        )
        assert harmless, f"{name} has a value of its own"
    assert not re.search(r"\b(?:sk|whsec|rk)_[A-Za-z0-9]{8,}|[A-Za-z0-9+/]{43}=", text)


def test_who_stops_it_waits_longer_than_it_drains() -> None:
    """The service's own grace is 3 seconds after the drain, and 3 more for a worker inside."""
    for document in documents():
        for grace in values(document, "terminationGracePeriodSeconds"):
            assert grace > 15 + 6
        for grace in values(document, "stop_grace_period"):
            assert int(grace.rstrip("s")) > 10 + 6


def test_the_service_s_lock_is_a_part_of_the_developers() -> None:
    """The same versions with the same hashes, so that what was tested is what runs."""

    def pins(name: str) -> set[str]:
        text = (PROJECT / "requirements" / name).read_text().replace("\\\n", " ")
        return {line for line in text.splitlines() if "==" in line}

    def versions(name: str) -> set[str]:
        return {pin.split()[0] for pin in pins(name)}

    assert set() == versions("service.txt") - versions("dev.txt")
    assert all("--hash=sha256:" in pin for pin in pins("service.txt"))
    assert not any(pin.startswith(("pytest", "playwright")) for pin in versions("service.txt"))
