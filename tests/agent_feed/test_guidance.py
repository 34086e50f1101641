"""Guidance: a merchant's own words for a situation, checked, journalled, and nobody else's."""

import pytest

from agent_feed.guidance import SITUATIONS, TEXT_LENGTH_MAX, all_scripts, script_for, set_script
from compliance.journal import Query, Reader
from compliance.merchant_settings import SettingsInvalid
from compliance.principal import Principal
from compliance.roles import Role
from compliance.vault import Vault
from core.database import Database
from core.errors import NotFound
from tests.conftest import NewMerchant
from tests.support.clock import SettableClock


@pytest.fixture
async def boss(new_merchant: NewMerchant) -> Principal:
    merchant = await new_merchant()
    return Principal(merchant.id, "user", "usr_1", "Sam", Role.SUPERVISOR)


async def test_own_words_take_the_place_of_none_and_go_again(
    database: Database, boss: Principal, clock: SettableClock
) -> None:
    async with database.transaction() as session:
        await set_script(session, boss, "stalled", " Take your time. ", now=clock())
    async with database.snapshot() as session:
        own = await all_scripts(session, boss.merchant)
    assert {"situation": "stalled", "text": "Take your time."} in own
    assert len(SITUATIONS) == len(own)
    async with database.transaction() as session:
        await set_script(session, boss, "stalled", None, now=clock())
    async with database.snapshot() as session:
        assert (await script_for(session, boss.merchant, "stalled"))["text"] is None


async def test_the_journal_says_who_changed_what(
    database: Database, boss: Principal, clock: SettableClock, vault: Vault
) -> None:
    async with database.transaction() as session:
        await set_script(session, boss, "help", "I am here.", now=clock())
        await set_script(session, boss, "help", "I am here.", now=clock())
    query = Query(merchant=boss.merchant, types=frozenset({"settings.changed"}))
    async with database.snapshot() as session:
        [entry] = await Reader(vault).read(session, query)
    assert ("user:usr_1", {"help": {"from": None, "to": "I am here."}}) == (
        entry.actor,
        entry.data["changes"],
    )


@pytest.mark.parametrize(
    "text",
    ["", "  ", "x" * (TEXT_LENGTH_MAX + 1), "a\x07b", "abc \u202e def", "say 4242 4242 4242 4242"],
)
async def test_what_is_no_plain_short_text_is_refused(
    database: Database, boss: Principal, clock: SettableClock, text: str
) -> None:
    with pytest.raises(SettingsInvalid):
        async with database.transaction() as session:
            await set_script(session, boss, "help", text, now=clock())


async def test_there_are_only_so_many_situations(database: Database, boss: Principal) -> None:
    async with database.snapshot() as session:
        with pytest.raises(NotFound):
            await script_for(session, boss.merchant, "raining")
