"""A merchant's settings: defaults until somebody chose, typed and bounded, every change on the record."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import pytest
import sqlalchemy as sa

from compliance.journal import Entry, Query, Reader
from compliance.merchant_settings import (
    Setting,
    SettingsBook,
    SettingsInvalid,
    as_json,
    choices,
    merchant_settings,
    read,
    switch,
    whole,
    write,
)
from compliance.merchants import Merchant
from core.database import Database
from tests.conftest import NewMerchant
from tests.support.clock import SettableClock


@dataclass(frozen=True, slots=True)
class Kitchen(Setting):
    """Settings that no room has."""

    name: ClassVar[str] = "kitchen"
    spoons: int = whole(4, least=1, most=100)
    oven_limit: int | None = whole(None, least=0, most=300)
    lights: bool = switch(default=True)
    spices: tuple[str, ...] = choices("salt", among=("salt", "pepper", "mace"), what="spices")


@dataclass(frozen=True, slots=True)
class Garden(Setting):
    """A second kind."""

    name: ClassVar[str] = "garden"
    trees: int = whole(2, least=0, most=9)


@dataclass(frozen=True)
class House:
    """What a test does, one transaction each."""

    database: Database
    clock: SettableClock
    reader: Reader
    merchant: str

    async def kitchen(self) -> Kitchen:
        async with self.database.snapshot() as session:
            return await read(session, self.merchant, Kitchen)

    async def change(self, **changes: object) -> Kitchen:
        async with self.database.transaction() as session:
            return await write(
                session, self.merchant, Kitchen, changes, actor="user:usr_1", now=self.clock()
            )

    async def change_all(self, changes: Mapping[str, Mapping[str, object]]) -> Any:
        async with self.database.transaction() as session:
            return await SettingsBook([Kitchen, Garden]).change(
                session, self.merchant, changes, actor="user:usr_1", now=self.clock()
            )

    async def store(self, value: object) -> None:
        """What an older or newer version left."""
        async with self.database.transaction() as session:
            await session.execute(
                sa.insert(merchant_settings).values(
                    merchant=self.merchant,
                    name="kitchen",
                    value=value,
                    updated_at=self.clock(),
                    updated_by="system",
                )
            )

    async def told(self) -> list[Entry]:
        async with self.database.snapshot() as session:
            return await self.reader.read(session, Query(merchant=self.merchant))


@pytest.fixture
def house(database: Database, clock: SettableClock, reader: Reader, merchant: Merchant) -> House:
    return House(database, clock, reader, merchant.id)


def pointers(refusal: SettingsInvalid) -> dict[str, str]:
    return {fault.pointer: fault.detail for fault in refusal.fields}


async def test_until_somebody_chose_the_defaults_hold(house: House) -> None:
    assert Kitchen() == await house.kitchen()


async def test_what_was_chosen_holds_and_the_rest_keeps_its_defaults(house: House) -> None:
    answered = await house.change(spoons=7, spices=["pepper", "mace", "mace"], oven_limit=0)

    expected = Kitchen(spoons=7, oven_limit=0, lights=True, spices=("mace", "pepper"))
    assert (expected, expected) == (answered, await house.kitchen())


async def test_a_second_change_leaves_the_first_alone(house: House) -> None:
    await house.change(spoons=7)
    await house.change(lights=False)

    assert Kitchen(spoons=7, lights=False) == await house.kitchen()


async def test_null_brings_the_default_back(house: House) -> None:
    await house.change(spoons=7, oven_limit=5)
    await house.change(spoons=None, oven_limit=None)

    assert Kitchen() == await house.kitchen()


async def test_a_default_that_is_improved_reaches_whoever_never_touched_it(house: House) -> None:
    """Only what was chosen is stored."""
    await house.change(lights=False)
    async with house.database.snapshot() as session:
        stored = await session.scalar(sa.select(merchant_settings.c.value))

    assert {"lights": False} == stored


@pytest.mark.parametrize(
    ("field", "value", "detail"),
    [
        ("spoons", 0, "must be from 1 to 100"),
        ("spoons", 101, "must be from 1 to 100"),
        ("spoons", "7", "must be a whole number"),
        ("spoons", 7.0, "must be a whole number"),
        ("spoons", True, "must be a whole number"),
        ("spoons", [7], "must be a whole number"),
        ("lights", 1, "must be true or false"),
        ("lights", "yes", "must be true or false"),
        ("spices", "salt", "must be a list"),
        ("spices", {"salt": 1}, "must be a list"),
        ("spices", ["sand"], "must be a list of spices"),
        ("spices", [["salt"]], "must be a list of spices"),
        ("forks", 1, "is not a setting that is known here"),
        ("name", "x", "is not a setting that is known here"),
    ],
)
async def test_an_unknown_name_or_a_value_that_does_not_fit_changes_nothing(
    house: House, field: str, value: object, detail: str
) -> None:
    with pytest.raises(SettingsInvalid) as refusal:
        await house.change(**{"oven_limit": 200, field: value})

    assert {f"/kitchen/{field}": detail} == pointers(refusal.value)
    assert (Kitchen(), []) == (await house.kitchen(), await house.told())


async def test_what_is_stored_and_no_longer_known_or_valid_is_passed_over(house: House) -> None:
    """By a version that had other names and other bounds."""
    await house.store({"spoons": 1000, "toaster": True, "lights": False})

    assert Kitchen(lights=False) == await house.kitchen()


async def test_what_this_version_does_not_know_is_kept_for_the_one_that_does(house: House) -> None:
    await house.store({"toaster": True})
    await house.change(spoons=7)
    async with house.database.snapshot() as session:
        stored = await session.scalar(sa.select(merchant_settings.c.value))

    assert {"toaster": True, "spoons": 7} == stored


async def test_a_change_is_on_the_record_with_what_was_and_what_is(house: House) -> None:
    await house.change(spoons=7, lights=True)
    await house.change(spoons=7)
    await house.change(spoons=None, spices=[])

    assert [
        ("settings.changed", "user:usr_1", {"spoons": {"from": 4, "to": 7}}),
        (
            "settings.changed",
            "user:usr_1",
            {"spoons": {"from": 7, "to": 4}, "spices": {"from": ["salt"], "to": []}},
        ),
    ] == [(each.type, each.actor, each.data["changes"]) for each in await house.told()]
    assert {"kitchen"} == {each.data["settings"] for each in await house.told()}


async def test_two_admins_who_change_two_things_at_once_both_find_theirs(house: House) -> None:
    await asyncio.gather(house.change(spoons=7), house.change(lights=False))

    assert Kitchen(spoons=7, lights=False) == await house.kitchen()


async def test_another_merchants_settings_are_their_own(
    house: House, new_merchant: NewMerchant
) -> None:
    other = await new_merchant("Other Ltd")
    await house.change(spoons=7)
    async with house.database.snapshot() as session:
        assert Kitchen() == await read(session, other.id, Kitchen)


async def test_several_kinds_change_together_or_not_at_all(house: House) -> None:
    with pytest.raises(SettingsInvalid) as refusal:
        await house.change_all(
            {"kitchen": {"spoons": 7}, "garden": {"trees": 10, "a/b~c": 1}, "attic": {}}
        )
    assert {"/garden/trees", "/garden/a~1b~0c", "/attic"} == set(pointers(refusal.value))
    assert Kitchen() == await house.kitchen()

    answered = await house.change_all({"kitchen": {"spoons": 7}, "garden": {"trees": 9}})
    assert {"kitchen": as_json(Kitchen(spoons=7)), "garden": {"trees": 9}} == answered


async def test_the_book_shows_every_kind(house: House) -> None:
    await house.change(spices=["mace", "salt"])
    async with house.database.snapshot() as session:
        shown = await SettingsBook([Kitchen, Garden]).all(session, house.merchant)

    assert {
        "kitchen": {"spoons": 4, "oven_limit": None, "lights": True, "spices": ["mace", "salt"]},
        "garden": {"trees": 2},
    } == shown
