"""The bill of materials (PCI DSS 6.3.2): whose software this service is made of, as CycloneDX 1.5.

Of Python what is installed here, so that it is what runs; of the front end what its lock file says was built in.
https://cyclonedx.org/docs/1.5/json/
"""

import json
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any, Final

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import app

_OURS: Final = "paythread"
_FRONT_END: Final = Path(app.__file__).parents[1] / "agent_feed/console/package-lock.json"


def bill_of_materials(lock: Path = _FRONT_END) -> dict[str, Any]:
    """The document. Without the lock file, as where the front end came built, its part is missing and said to be."""
    parts = [*_installed(), *(_locked(lock) if lock.is_file() else ())]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "name": _OURS,
                "version": metadata.version(_OURS),
            },
            "properties": [
                {"name": "paythread:front-end", "value": "yes" if lock.is_file() else "not here"}
            ],
        },
        "components": sorted(parts, key=lambda part: part["purl"]),
    }


def _installed() -> Iterator[dict[str, Any]]:
    """What the service needs, and what that needs, as installed here."""
    waiting: list[tuple[str, frozenset[str]]] = [(_OURS, frozenset())]
    seen = set(waiting)
    told = {_OURS}
    while waiting:
        name, extras = waiting.pop()
        found = metadata.distribution(name)
        if name not in told:
            told.add(name)
            yield _part("pypi", name, found.version, _licence(found))
        for needed in map(Requirement, found.requires or ()):
            wanted = (canonicalize_name(needed.name), frozenset(needed.extras))
            if wanted not in seen and _applies(needed, extras) and _is_here(wanted[0]):
                seen.add(wanted)
                waiting.append(wanted)


def _licence(found: metadata.Distribution) -> str | None:
    """As an SPDX expression, where the package tells one."""
    told = found.metadata.json.get("license_expression")
    return told if isinstance(told, str) else None


def _applies(needed: Requirement, extras: frozenset[str]) -> bool:
    marker = needed.marker
    return marker is None or any(marker.evaluate({"extra": extra}) for extra in extras | {""})


def _is_here(name: str) -> bool:
    try:
        metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return False
    return True


def _locked(lock: Path) -> Iterator[dict[str, Any]]:
    packages: dict[str, dict[str, Any]] = json.loads(lock.read_text("utf-8"))["packages"]
    for path, found in packages.items():
        name = path.rpartition("node_modules/")[2]
        if not name or found.get("optional") or "version" not in found:
            continue
        part = _part("npm", name.replace("@", "%40"), found["version"], found.get("license"))
        # Tools of the build, whose own code is not in what customers get.
        yield part | ({"scope": "excluded"} if found.get("dev") else {})


def _part(kind: str, name: str, version: str, licence: str | None) -> dict[str, Any]:
    part: dict[str, Any] = {
        "type": "library",
        "name": name.replace("%40", "@"),
        "version": version,
        "purl": f"pkg:{kind}/{name}@{version}",
    }
    if licence:
        part["licenses"] = [{"expression": licence}]
    return part
