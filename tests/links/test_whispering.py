"""A supervisor's word reaches the agent on the link and nobody else, masked, and goes with the customer."""

import pytest

from agent_feed.access import own_sight, sight_of_link
from compliance.principal import Principal
from compliance.roles import Role
from links.links import Link
from links.whispering import NobodyListens, whisper
from tests.links.conftest import Shop
from tests.support.people import person, software

WORDS = "Offer the second card"


async def say(shop: Shop, link: Link, text: str = WORDS) -> None:
    supervisor = person(shop.merchant.id, Role.SUPERVISOR)
    async with shop.database.transaction() as session:
        whisper(session, supervisor, link, text, now=shop.clock())


async def heard(shop: Shop, caller: Principal, link: Link) -> list[str]:
    """What of it this caller reads, by the query and by the test of single entries alike."""
    async with shop.database.snapshot() as session:
        sight = await sight_of_link(session, shop.reader, caller, link.id)
        assert sight is not None
        read = await shop.reader.read(session, sight.query(limit=100))
    live = [entry for entry in await shop.events(link) if sight.covers(entry)]
    assert [entry.id for entry in live] == [entry.id for entry in read]
    return [entry.data["text"] for entry in read if entry.type == "note.whispered"]


async def test_the_links_agent_and_supervisors_hear_it_and_a_teammate_does_not(shop: Shop) -> None:
    merchant, agent = shop.merchant.id, shop.agent
    mate = person(merchant, teammates=frozenset({agent.id}))
    link = await shop.make()
    await say(shop, link)

    assert [WORDS] == await heard(shop, agent, link)
    assert [WORDS] == await heard(shop, person(merchant, Role.SUPERVISOR), link)
    assert [] == await heard(shop, mate, link)
    [said] = [entry for entry in await shop.events(link) if entry.type == "note.whispered"]
    assert (True, False) == (own_sight(agent).covers(said), own_sight(mate).covers(said))


async def test_a_card_number_is_masked_and_told_as_an_incident(shop: Shop) -> None:
    link = await shop.make()
    await say(shop, link, "It is 4242 4242 4242 4242")

    [words] = await heard(shop, shop.agent, link)
    assert "4242 4242 4242 4242" not in words
    assert "incident.card_number_masked" in await shop.story(link)


async def test_a_link_of_nobody_has_nobody_who_listens(shop: Shop) -> None:
    link = await shop.as_merchant(software(shop.merchant.id)).make()
    with pytest.raises(NobodyListens):
        await say(shop, link)


async def test_it_changes_nothing_about_the_link(shop: Shop) -> None:
    link = await shop.make()
    before = await shop.link(link)
    await say(shop, link)

    assert before == await shop.link(link)
