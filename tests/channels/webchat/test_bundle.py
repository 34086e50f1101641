"""The widget as it is served (channels.webchat.bundle): small, one valid script, in every language whole."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

import channels.webchat
from channels.webchat.bundle import SOURCES, load_bundle

ASSETS = Path(channels.webchat.__file__).parent / "assets"
BYTES_MAX = 15_000


def test_the_widget_is_under_15_kb_compressed() -> None:
    assert len(load_bundle().compressed) < BYTES_MAX


def test_every_source_is_in_it_and_no_name_is_declared_twice() -> None:
    assert sorted(SOURCES) == sorted(path.name for path in ASSETS.glob("*.js"))
    declared = [
        name
        for source in SOURCES
        for name in re.findall(
            r"^(?:export )?(?:const|let|class|(?:async )?function) (\w+)",
            (ASSETS / source).read_text(),
            re.MULTILINE,
        )
    ]
    assert len(declared) == len(set(declared))


def test_what_is_served_is_one_script_without_modules(tmp_path: Path) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("no node on this machine")
    script = tmp_path / "widget.js"
    script.write_bytes(load_bundle().body)
    checked = subprocess.run([node, "--check", str(script)], capture_output=True, check=False)
    assert checked.stderr.decode() == ""
    assert not re.search(rb"^(import|export) ", load_bundle().body, re.MULTILINE)


def test_nothing_in_it_reads_markup_or_runs_text() -> None:
    """No page's policy has to be loosened for it: no markup from strings, no handlers in attributes, no eval."""
    body = load_bundle().body.decode()
    forbidden = (
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|\.on\w+ ="
    )
    assert re.findall(forbidden, body) == []
    assert re.findall(r"https?://(?!www\.w3\.org)", body) == []


def test_every_language_has_every_text() -> None:
    source = (ASSETS / "texts.js").read_text()
    [names] = re.findall(r"'(open close [a-z ]+)'", source)
    rows = re.findall(r"^\s+(?:(\w+):|'([\w-]+)':)?\s*'(.+\|.+)',$", source, re.MULTILINE)
    assert len(rows) == 12
    for _, _, texts in rows:
        assert len(texts.split("|")) == len(names.split())
        assert all(text.strip() for text in texts.split("|"))
        assert texts.count("{n}") == 1


def test_the_sources_type_check() -> None:
    console = Path(__file__).parents[3] / "agent_feed/console"
    checker = console / "node_modules/.bin/tsc"
    if not checker.exists():
        pytest.skip("the console's TypeScript is not installed")
    settings = console / "tsconfig.assets.webchat.json"
    checked = subprocess.run([checker, "-p", settings], capture_output=True, check=False)
    assert checked.stdout.decode() == ""


def test_a_comment_without_an_end_is_refused(tmp_path: Path) -> None:
    for name in SOURCES:
        (tmp_path / name).write_text("/* and then\nconst a = 1;\n")
    with pytest.raises(AssertionError):
        load_bundle(tmp_path)
