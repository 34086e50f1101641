"""The statements of one request, caught as they went to the driver, and run again with fresh keys."""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

import sqlalchemy as sa

_ID: Final = re.compile(r"\b[a-z]{3}_[0-9a-z]{26}\b")
_HEX: Final = re.compile(r"\b[0-9a-f]{64}\b")
_ALPHABET: Final = "0123456789abcdefghjkmnpqrstvwxyz"


@dataclass
class Recipe:
    """What one request ran. `made` are the keys that it made, which each run makes anew."""

    statements: list[tuple[str, Any]] = field(default_factory=list)
    made: set[str] = field(default_factory=set)

    def learn(self, key: str) -> None:
        """Finds out which values must differ from run to run: ids and digests first seen in an INSERT, and the key."""
        self.made.add(key)
        for sql, parameters in self.statements:
            if sql.startswith("INSERT"):
                for value in _values(parameters):
                    if isinstance(value, str):
                        self.made.update(_HEX.findall(value))
                        first = _ID.fullmatch(value)
                        self.made.update({value} if first else set())
        for sql, parameters in self.statements:
            if sql.startswith("SELECT api_keys") or "merchant_settings" in sql:
                self.made.difference_update(v for v in _values(parameters) if isinstance(v, str))

    def fresh(self, kept: frozenset[str]) -> "Run":
        """One run of it. `kept` are keys that were there before."""
        names = {old: _another(old) for old in self.made - kept}
        pattern = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))
        return Run(self, names, pattern)


@dataclass
class Run:
    """One request's statements with keys of their own; `position` is what the journal's head answered."""

    recipe: Recipe
    names: dict[str, str]
    pattern: "re.Pattern[str]"
    position: int | None = None

    def parameters(self, sql: str, parameters: Any) -> Any:
        """The parameters of one statement, keys replaced."""
        entry = sql.startswith("INSERT INTO journal_entries")

        def one(value: Any) -> Any:
            if isinstance(value, str):
                return self.pattern.sub(lambda found: self.names[found.group()], value)
            return value

        if isinstance(parameters, dict):
            mapped = {name: one(value) for name, value in parameters.items()}
            if entry:
                mapped["position"] = self.position
            return mapped
        found = [one(value) for value in parameters]
        if entry:
            found[1] = self.position
        return tuple(found)


@contextmanager
def caught(engine: sa.Engine) -> Iterator[Recipe]:
    """What the engine runs within the block; executemany counts as its first row."""
    recipe = Recipe()

    def note(_c: Any, _cursor: Any, sql: str, parameters: Any, _x: Any, many: bool) -> None:
        if not sql.startswith(("BEGIN", "COMMIT", "PRAGMA", "SET TRANSACTION")):
            recipe.statements.append((sql, parameters[0] if many else parameters))

    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        yield recipe
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)


def _values(parameters: Any) -> list[Any]:
    return list(parameters.values() if isinstance(parameters, dict) else parameters)


def _another(old: str) -> str:
    if _HEX.fullmatch(old):
        return secrets.token_hex(32)
    if _ID.fullmatch(old):
        tail = "".join(secrets.choice(_ALPHABET) for _ in range(26))
        return f"{old[:4]}{tail}"
    return secrets.token_hex(12)
