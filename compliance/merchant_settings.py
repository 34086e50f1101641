"""Settings of one merchant: what its admins may tune. What runs the installation itself is `app.settings`.

A room declares its settings as a frozen dataclass whose fields carry their rules:

    @dataclass(frozen=True, slots=True)
    class FraudPolicy(Setting):
        name: ClassVar[str] = "fraud"
        link_declines_hour_block: int = whole(10, least=1, most=100_000)

and reads it with `await read(session, merchant, FraudPolicy)`. Only what somebody chose is stored: a default that we
improve later reaches every merchant that never touched it. No setting is a secret; secrets live in the vault.
"""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Final, Protocol, TypeVar, cast

import sqlalchemy as sa
import structlog

from compliance.journal import Event, record
from core.database import JsonText, Prepared, Session, UtcDateTime, metadata, upsert
from core.errors import FieldError, PaythreadError

log = structlog.get_logger()
_RULE: Final = "rule"

merchant_settings = sa.Table(
    "merchant_settings",
    metadata,
    sa.Column("merchant", sa.String(40), sa.ForeignKey("merchants.id"), primary_key=True),
    sa.Column("name", sa.String(40), primary_key=True),
    sa.Column("value", JsonText, nullable=False),
    sa.Column("updated_at", UtcDateTime, nullable=False),
    sa.Column("updated_by", sa.String(60), nullable=False),
)

_STORED: Final = Prepared(
    sa.select(merchant_settings.c.value).where(
        merchant_settings.c.merchant == sa.bindparam("merchant"),
        merchant_settings.c.name == sa.bindparam("name"),
    )
)


class SettingsInvalid(PaythreadError):
    """Some of the changes name no setting, or have a value that it cannot take. Nothing was changed."""

    code = "invalid_settings"


class Unfit(ValueError):
    """A value that a rule refuses; the text says what it must be, and does not repeat it."""


class Rule(Protocol):
    """What values a field takes, in the form that JSON has them."""

    @property
    def shape(self) -> dict[str, Any]:
        """The same as far as JSON Schema (2020-12) can say it: for a form."""
        ...

    def taken(self, value: object) -> Any:
        """The value as the dataclass holds it. Raises `Unfit`."""
        ...


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number within bounds, both included."""

    least: int
    most: int

    @property
    def shape(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.least, "maximum": self.most}

    def taken(self, value: object) -> int:
        if type(value) is not int:  # True is an int to Python, and 5.0 equals 5
            raise Unfit("must be a whole number")
        if not self.least <= value <= self.most:
            raise Unfit(f"must be from {self.least} to {self.most}")
        return value


@dataclass(frozen=True, slots=True)
class Switch:
    """On or off."""

    @property
    def shape(self) -> dict[str, Any]:
        return {"type": "boolean"}

    def taken(self, value: object) -> bool:
        if type(value) is not bool:
            raise Unfit("must be true or false")
        return value


@dataclass(frozen=True, slots=True)
class Choices:
    """Any of some words, each once; `what` says in the plural what they are."""

    among: frozenset[str]
    what: str

    @property
    def shape(self) -> dict[str, Any]:
        return {"type": "array", "uniqueItems": True, "items": {"enum": sorted(self.among)}}

    def taken(self, value: object) -> tuple[str, ...]:
        if not isinstance(value, list | tuple):
            raise Unfit("must be a list")
        if any(not isinstance(each, str) or each not in self.among for each in value):
            raise Unfit(f"must be a list of {self.what}")
        return tuple(sorted(set(value)))


def ruled(default: object, rule: Rule) -> Any:
    """A field with a rule. A default of None says "not set", which null brings back."""
    return dataclasses.field(default=default, metadata={_RULE: rule})


def whole(default: int | None, *, least: int, most: int) -> Any:
    """A field for a whole number."""
    return ruled(default, Whole(least, most))


def switch(*, default: bool) -> Any:
    """A field that is on or off."""
    return ruled(default, Switch())


def choices(*default: str, among: Iterable[str], what: str) -> Any:
    """A field for a set of words."""
    return ruled(default, Choices(frozenset(among), what))


class Setting:
    """The base of a kind of settings: a frozen dataclass, every field of which has a rule and a default."""

    __slots__ = ()
    name: ClassVar[str]


K = TypeVar("K", bound=Setting)


async def read(session: Session, merchant: str, kind: type[K]) -> K:
    """The settings of this kind as they hold now. What is missing, or stored and no longer valid, has its default."""
    return _made(kind, await _stored(session, merchant, kind.name))


async def write(
    session: Session,
    merchant: str,
    kind: type[K],
    changes: Mapping[str, object],
    *,
    actor: str,
    now: datetime,
    origin: str | None = None,
) -> K:
    """Changes the fields named; null gives a field its default back. Journals what became different, from what to what.

    Raises `SettingsInvalid` with a pointer a fault; then nothing is changed.
    """
    faults = faults_of(kind, changes)
    if faults:
        raise _invalid(faults)
    # Two admins who change two fields at once must both find theirs in the end.
    await session.lock(f"settings:{merchant}")
    stored = await _stored(session, merchant, kind.name)
    before = _made(kind, stored)
    for field, value in changes.items():
        if value is None:
            stored.pop(field, None)
        else:
            stored[field] = _rules(kind)[field].taken(value)
    after = _made(kind, stored)
    await _store(session, merchant, kind.name, stored, actor=actor, now=now)
    told = _differences(before, after)
    if told:
        record(
            session,
            Event(
                type="settings.changed",
                merchant=merchant,
                occurred_at=now,
                actor=actor,
                origin=origin,
                data={"settings": kind.name, "changes": told},
            ),
        )
    return after


def faults_of(kind: type[Setting], changes: Mapping[str, object]) -> list[FieldError]:
    """What is wrong with the changes: unknown names, and values that a rule refuses."""
    rules, faults = _rules(kind), []
    for field, value in changes.items():
        pointer = f"/{kind.name}/{_escaped(field)}"
        rule = rules.get(field)
        if rule is None:
            faults.append(FieldError(pointer, "is not a setting that is known here"))
        elif value is not None:
            try:
                rule.taken(value)
            except Unfit as unfit:
                faults.append(FieldError(pointer, str(unfit)))
    return faults


def as_json(setting: Setting) -> dict[str, Any]:
    """Every field with the value that holds."""
    return {name: _plain(getattr(setting, name)) for name in _rules(type(setting))}


class SettingsBook:
    """All kinds that there are: what the settings door shows and changes."""

    def __init__(self, kinds: Sequence[type[Setting]]) -> None:
        self._kinds = {kind.name: kind for kind in kinds}
        assert len(self._kinds) == len(kinds), "two kinds of settings have one name"

    def shapes(self) -> dict[str, dict[str, Any]]:
        """A JSON Schema for each kind. A field whose default is null need not be set."""
        return {name: _shape(kind) for name, kind in self._kinds.items()}

    async def all(self, session: Session, merchant: str) -> dict[str, dict[str, Any]]:
        """Every setting of the merchant, by kind."""
        rows = await session.all(
            sa.select(merchant_settings.c.name, merchant_settings.c.value).where(
                merchant_settings.c.merchant == merchant,
                merchant_settings.c.name.in_(sorted(self._kinds)),
            )
        )
        stored = {row["name"]: row["value"] for row in rows}
        return {
            name: as_json(_made(kind, stored.get(name, {}))) for name, kind in self._kinds.items()
        }

    async def change(
        self,
        session: Session,
        merchant: str,
        changes: Mapping[str, Mapping[str, object]],
        *,
        actor: str,
        now: datetime,
        origin: str | None = None,
    ) -> dict[str, dict[str, Any]]:
        """Changes several kinds at once, all or nothing. Answers every setting. Raises `SettingsInvalid`."""
        faults = [
            FieldError(f"/{_escaped(name)}", "is no kind of settings that is known here")
            for name in changes
            if name not in self._kinds
        ]
        known = {self._kinds[name]: part for name, part in changes.items() if name in self._kinds}
        faults += [fault for kind, part in known.items() for fault in faults_of(kind, part)]
        if faults:
            raise _invalid(faults)
        for kind, part in known.items():
            await write(session, merchant, kind, part, actor=actor, now=now, origin=origin)
        return await self.all(session, merchant)


def _rules(kind: type[Setting]) -> dict[str, Rule]:
    fields = dataclasses.fields(cast(Any, kind))
    return {field.name: field.metadata[_RULE] for field in fields}


def _shape(kind: type[Setting]) -> dict[str, Any]:
    rules, defaults = _rules(kind), as_json(kind())
    fields = {name: {**rules[name].shape, "default": defaults[name]} for name in rules}
    return {"type": "object", "additionalProperties": False, "properties": fields}


def _made(kind: type[K], stored: Mapping[str, object]) -> K:
    values = {}
    for field, rule in _rules(kind).items():
        if field in stored:
            try:
                values[field] = rule.taken(stored[field])
            except Unfit:
                log.warning("settings.stored_value_unfit", settings=kind.name, field=field)
    return kind(**values)


async def _stored(session: Session, merchant: str, name: str) -> dict[str, object]:
    row = await session.ask_one(_STORED, merchant=merchant, name=name)
    return dict(row["value"]) if row is not None else {}


async def _store(
    session: Session,
    merchant: str,
    name: str,
    value: Mapping[str, object],
    *,
    actor: str,
    now: datetime,
) -> None:
    fresh = {"value": dict(value), "updated_at": now, "updated_by": actor}
    await session.execute(
        upsert(session, merchant_settings)
        .values(merchant=merchant, name=name, **fresh)
        .on_conflict_do_update(index_elements=["merchant", "name"], set_=fresh)
    )


def _differences(before: Setting, after: Setting) -> dict[str, dict[str, Any]]:
    old, new = as_json(before), as_json(after)
    return {name: {"from": old[name], "to": new[name]} for name in new if old[name] != new[name]}


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _invalid(faults: Sequence[FieldError]) -> SettingsInvalid:
    return SettingsInvalid("Some settings cannot be changed like this.", fields=tuple(faults))


def _escaped(name: str) -> str:
    """A name as a part of an RFC 6901 pointer."""
    return name.replace("~", "~0").replace("/", "~1")
