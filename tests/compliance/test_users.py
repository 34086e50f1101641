"""Users are found by a keyed hash of their address, and their names are sealed."""

import pytest
import sqlalchemy as sa

from compliance.journal import Query, Reader
from compliance.merchants import Merchant
from compliance.passwords import WeakPassword
from compliance.roles import Role
from compliance.users import (
    EmailTaken,
    get_user,
    list_users,
    names_of,
    new_password_hash,
    normalise_email,
    teammates_of,
    users,
)
from compliance.vault import Vault
from core.database import Database
from core.errors import NotFound
from tests.conftest import NewMerchant, NewUser
from tests.support.clock import SettableClock


async def test_a_user_is_found_again_as_they_were_made(
    database: Database, vault: Vault, merchant: Merchant, new_user: NewUser
) -> None:
    made = await new_user(merchant.id, Role.SUPERVISOR, team="billing")
    async with database.snapshot() as session:
        assert made == await get_user(session, vault, made.id)


async def test_name_and_address_are_not_in_the_database_in_the_clear(
    database: Database, merchant: Merchant, new_user: NewUser
) -> None:
    made = await new_user(merchant.id)
    async with database.snapshot() as session:
        [row] = await session.all(sa.select(users))
    assert made.email not in repr(dict(row))
    assert made.name not in repr(dict(row))


@pytest.mark.parametrize("again", ["zoe@acme.example", "ZOE@Acme.Example", "  zoe@acme.example "])
async def test_an_address_signs_in_one_user_whatever_its_case(
    merchant: Merchant, new_user: NewUser, again: str
) -> None:
    await new_user(merchant.id, email="zoe@acme.example")
    with pytest.raises(EmailTaken):
        await new_user(merchant.id, email=again)


def test_addresses_are_compared_without_case_and_blanks() -> None:
    assert "zoe@acme.example" == normalise_email(" Zoe@ACME.example\n")


async def test_a_user_who_was_switched_off_is_not_found_and_still_has_a_name_on_their_work(
    database: Database, vault: Vault, merchant: Merchant, new_user: NewUser, clock: SettableClock
) -> None:
    made = await new_user(merchant.id)
    async with database.transaction() as session:
        await session.execute(sa.update(users).values(disabled_at=clock()))
    async with database.snapshot() as session:
        with pytest.raises(NotFound):
            await get_user(session, vault, made.id)
        assert [made] == list(await list_users(session, vault, merchant.id))


async def test_users_of_one_merchant_are_listed_and_no_others(
    database: Database, vault: Vault, new_merchant: NewMerchant, new_user: NewUser
) -> None:
    ours, theirs = await new_merchant("Ours"), await new_merchant("Theirs")
    one, two = await new_user(ours.id), await new_user(ours.id, Role.ADMIN)
    await new_user(theirs.id)
    async with database.snapshot() as session:
        assert {one.id, two.id} == {user.id for user in await list_users(session, vault, ours.id)}


async def test_teammates_are_the_teams_members_of_this_merchant(
    database: Database, new_merchant: NewMerchant, new_user: NewUser
) -> None:
    ours, theirs = await new_merchant("Ours"), await new_merchant("Theirs")
    one = await new_user(ours.id, team="billing")
    two = await new_user(ours.id, team="billing")
    alone = await new_user(ours.id)
    await new_user(ours.id, team="sales")
    await new_user(theirs.id, team="billing")
    async with database.snapshot() as session:
        assert {one.id, two.id} == await teammates_of(session, one)
        assert {alone.id} == await teammates_of(session, alone)


async def test_making_a_user_is_in_the_journal_without_their_name(
    database: Database, merchant: Merchant, new_user: NewUser, reader: Reader
) -> None:
    made = await new_user(merchant.id, Role.AUDITOR)
    async with database.snapshot() as session:
        [entry] = await reader.read(session, Query(merchant=merchant.id))
    assert "user.changed" == entry.type
    assert {"user": made.id, "change": "created", "role": "auditor", "team": None} == entry.data


async def test_a_weak_password_is_not_hashed() -> None:
    with pytest.raises(WeakPassword):
        await new_password_hash("short1")


async def test_names_are_told_of_ones_own_people_alone(
    database: Database,
    vault: Vault,
    merchant: Merchant,
    new_merchant: NewMerchant,
    new_user: NewUser,
) -> None:
    ours = await new_user(merchant.id)
    theirs = await new_user((await new_merchant()).id, email="rob@rival.example")
    async with database.snapshot() as session:
        found = await names_of(session, vault, merchant.id, {ours.id, theirs.id, "usr_nobody"})
    assert {ours.id: ours.name} == found
