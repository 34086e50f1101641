"""What the two auditors answer, read into one shape."""

import json
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Audited:
    """`weak` names each package with a known weakness, as `name version: id`."""

    what: str
    checked: int
    unchecked: int
    weak: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """For the terminal."""
        if self.checked == 0:
            return f"{self.what}: not checked, nobody could be asked."
        left = f", {self.unchecked} could not be looked up" if self.unchecked else ""
        if not self.weak:
            return f"{self.what}: {self.checked} checked{left}, nothing known."
        return "\n".join(
            [f"{self.what}: {self.checked} checked{left}, KNOWN WEAKNESSES:", *self.weak]
        )

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def of_pip(text: str) -> Audited:
    """pip-audit's JSON; anything else is no answer."""
    told = _read(text).get("dependencies", [])
    checked = [each for each in told if "skip_reason" not in each]
    weak = [
        f"{each['name']} {each['version']}: {one['id']}"
        for each in checked
        for one in each.get("vulns", [])
    ]
    return Audited("Python", len(checked), len(told) - len(checked), tuple(weak))


def of_npm(text: str) -> Audited:
    """npm's JSON; anything else, as where its registry has no audit, is no answer."""
    told = _read(text)
    if "vulnerabilities" not in told:
        return Audited("Front end", 0, 0, ())
    weak = [
        f"{name} {each.get('range', '')}: {each.get('severity', 'unknown')}"
        for name, each in told["vulnerabilities"].items()
    ]
    count = told.get("metadata", {}).get("dependencies", {}).get("prod", 0)
    return Audited("Front end", max(1, count), 0, tuple(weak))


def _read(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
