"""A rotation wraps every data key anew while others seal, read and erase; broken off, it goes on where it was."""

import asyncio

import pytest
import sqlalchemy as sa

from compliance.journal.query import Query
from compliance.journal.read import Reader
from compliance.key_rotation import PIECE, Census, Rotated, census, rotate
from compliance.master_keys import MasterKey, MasterKeys, MasterKeyUnusable
from compliance.merchants import Merchant
from compliance.vault import Vault, vault_keys
from core.database import Database
from tests.conftest import MASTER_KEY, NewMerchant
from tests.support.clock import SettableClock

NEW = MasterKey.from_text("cd" * 32)
BOTH = MasterKeys(NEW, MASTER_KEY)
NAME = "customer.name"


async def seal(
    database: Database, vault: Vault, merchant: str, subjects: list[str], clock: SettableClock
) -> dict[str, str]:
    async with database.transaction() as session:
        return {
            subject: await vault.seal(
                session, merchant, subject, subject, purpose=NAME, now=clock()
            )
            for subject in subjects
        }


async def opens(database: Database, vault: Vault, sealed: str) -> str | None:
    async with database.snapshot() as session:
        return await vault.open(session, sealed, purpose=NAME)


async def counted(database: Database) -> Census:
    async with database.snapshot() as session:
        return await census(session, BOTH)


async def rotated(database: Database, clock: SettableClock, piece: int = PIECE) -> list[Rotated]:
    going = rotate(database, BOTH, actor="system", now=clock(), piece=piece)
    return [each async for each in going]


@pytest.fixture
def vault() -> Vault:
    """A process that has heard of the new key and still wraps under the old one."""
    return Vault(MasterKeys(MASTER_KEY, NEW))


async def test_what_was_sealed_before_opens_under_the_new_key_alone(
    database: Database, vault: Vault, clock: SettableClock, merchant: Merchant
) -> None:
    subjects = [f"cus_{number}" for number in range(PIECE + 3)]
    sealed = await seal(database, vault, merchant.id, subjects, clock)
    steps = await rotated(database, clock)
    assert 0 == steps[0].done
    assert steps[-1].done == steps[-1].of >= len(subjects)
    found = await counted(database)
    assert (0, 0) == (found.earlier, found.unknown)
    only_new = Vault(NEW)
    for subject in (subjects[0], subjects[-1]):
        assert subject == await opens(database, only_new, sealed[subject])
    with pytest.raises(MasterKeyUnusable):
        await opens(database, Vault(MASTER_KEY), sealed[subjects[0]])


async def test_what_is_sealed_does_not_change_so_that_hashes_and_copies_still_match(
    database: Database, vault: Vault, clock: SettableClock, merchant: Merchant
) -> None:
    await seal(database, vault, merchant.id, ["cus_1"], clock)
    async with database.snapshot() as session:
        before = (await vault.key(session, merchant.id, "cus_1", now=clock())).mac("phone", "1")
    await rotated(database, clock)
    async with database.snapshot() as session:
        after = (await Vault(NEW).key(session, merchant.id, "cus_1", now=clock())).mac("phone", "1")
    assert before == after


async def test_broken_off_it_goes_on_and_done_again_it_has_nothing_to_do(
    database: Database, vault: Vault, clock: SettableClock, merchant: Merchant
) -> None:
    subjects = [f"cus_{number}" for number in range(PIECE + 3)]
    await seal(database, vault, merchant.id, subjects, clock)
    async for step in rotate(database, BOTH, actor="system", now=clock()):
        if step.done:
            break
    half = await counted(database)
    assert half.current
    assert half.earlier
    steps = await rotated(database, clock)
    assert Rotated(0, half.earlier) == steps[0]
    assert [Rotated(0, 0)] == await rotated(database, clock)


async def test_each_merchants_journal_tells_it(
    database: Database,
    vault: Vault,
    reader: Reader,
    clock: SettableClock,
    new_merchant: NewMerchant,
) -> None:
    for name, subjects in (("Acme", ["cus_1", "cus_2"]), ("Rival", ["cus_3"])):
        made = await new_merchant(name)
        await seal(database, vault, made.id, subjects, clock)
        await rotated(database, clock)
        async with database.snapshot() as session:
            entries = await reader.read(session, Query(merchant=made.id))
        told = next(each for each in entries if each.type == "settings.changed")
        assert ("settings.changed", "system") == (told.type, told.actor)
        what = {name: told.data[name] for name in ("setting", "change", "master_key_id")}
        assert {"setting": "master_key", "change": "rotated", "master_key_id": NEW.id} == what
        assert told.data["keys"] >= len(subjects)


async def test_a_key_under_a_master_key_that_is_not_here_stops_it_and_loses_nothing(
    database: Database, clock: SettableClock, merchant: Merchant
) -> None:
    lost = MasterKey.from_text("ef" * 32)
    sealed = await seal(database, Vault(lost), merchant.id, ["cus_1"], clock)
    assert 1 == (await counted(database)).unknown
    with pytest.raises(MasterKeyUnusable):
        await rotated(database, clock)
    assert "cus_1" == await opens(database, Vault(lost), sealed["cus_1"])


async def test_an_erased_customer_stays_erased(
    database: Database, vault: Vault, clock: SettableClock, merchant: Merchant
) -> None:
    sealed = await seal(database, vault, merchant.id, ["cus_1", "cus_2"], clock)
    async with database.transaction() as session:
        await vault.destroy(session, merchant.id, "cus_1", now=clock())
    await rotated(database, clock)
    assert [None, "cus_2"] == [
        await opens(database, Vault(NEW), sealed[subject]) for subject in sealed
    ]


async def test_sealing_reading_and_erasing_go_on_beside_it(
    database: Database, clock: SettableClock, merchant: Merchant
) -> None:
    """Three others work, one of which has not heard of the new key; afterwards each text opens, or is erased."""
    early, both = Vault(MASTER_KEY), Vault(BOTH)
    subjects = [f"cus_{number}" for number in range(40)]
    sealed = await seal(database, early, merchant.id, subjects, clock)

    async def go_on_sealing() -> None:
        for number in range(40, 60):
            vault = early if number % 2 else both
            sealed.update(await seal(database, vault, merchant.id, [f"cus_{number}"], clock))

    async def erase() -> None:
        for subject in subjects[::4]:
            async with database.transaction() as session:
                await both.destroy(session, merchant.id, subject, now=clock())

    async def read() -> None:
        for subject in subjects[1::4]:
            assert subject == await opens(database, Vault(BOTH), sealed[subject])

    await asyncio.gather(rotated(database, clock, piece=5), go_on_sealing(), erase(), read())
    await rotated(database, clock)
    assert (0, 0) == ((found := await counted(database)).earlier, found.unknown)
    erased = set(subjects[::4])
    for subject, text in sealed.items():
        expected = None if subject in erased else subject
        assert expected == await opens(database, Vault(NEW), text)
    async with database.snapshot() as session:
        gone = await session.scalar(
            sa.select(sa.func.count())
            .select_from(vault_keys)
            .where(vault_keys.c.destroyed_at.is_not(None), vault_keys.c.wrapped.is_(None))
        )
    assert len(erased) == gone
