"""The bill of materials names what runs, and tells the build's tools from what is built in (app.evidence.materials)."""

import json
import re
from pathlib import Path

import app
from app.evidence.materials import bill_of_materials

LOCK = Path(app.__file__).parents[1] / "requirements/service.txt"


def test_every_package_of_the_services_lock_is_named_with_its_version() -> None:
    named = {part["purl"] for part in bill_of_materials()["components"]}
    lines = re.findall(
        r"^([a-z0-9._-]+)(?:\[[^]]*\])?==([^ \\;]+)(.*)$", LOCK.read_text(), re.MULTILINE
    )
    locked = {f"pkg:pypi/{name}@{version}" for name, version, rest in lines if ";" not in rest}
    assert len(locked) > 50
    assert set() == locked - named
    assert not {purl for purl in named if purl.startswith("pkg:pypi/pytest@")}


def test_the_front_ends_packages_are_told_from_its_tools(tmp_path: Path) -> None:
    lock = tmp_path / "package-lock.json"
    packages = {
        "": {"name": "console"},
        "node_modules/svelte": {"version": "5.0.0", "license": "MIT"},
        "node_modules/@sveltejs/vite": {"version": "6.1.0", "dev": True},
        "node_modules/only-on-macs": {"version": "1.0.0", "optional": True},
    }
    lock.write_text(json.dumps({"packages": packages}))
    found = {part["purl"]: part for part in bill_of_materials(lock)["components"]}
    assert {"expression": "MIT"} in found["pkg:npm/svelte@5.0.0"]["licenses"]
    assert "excluded" == found["pkg:npm/%40sveltejs/vite@6.1.0"]["scope"]
    assert not [purl for purl in found if "macs" in purl]


def test_where_the_front_end_came_built_that_is_said(tmp_path: Path) -> None:
    bill = bill_of_materials(tmp_path / "nothing.json")
    assert {"name": "paythread:front-end", "value": "not here"} in bill["metadata"]["properties"]
    assert ("CycloneDX", "1.5") == (bill["bomFormat"], bill["specVersion"])
