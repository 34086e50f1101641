"""A link that is handed over is another agent's from then on, with its payments and messages, on each database.

Through this `payments.owners` and `channels.message_owners` are seen as well.
"""

import pytest

from compliance.merchant_settings import write
from compliance.roles import Role
from core.errors import InvalidField
from links.assigning import assign, check_agent
from links.lifecycle import ApprovalWaiting
from links.links import Link
from payments.approvals import ApprovalPolicy, SameHands, check_never_theirs
from tests.conftest import NewMerchant, NewUser
from tests.links.conftest import EMAIL, Shop
from tests.support.people import person

NEW = "usr_01k9bbbbbbbbbbbbbbbbbbbbbb"


async def hand_over(shop: Shop, link: Link, agent: str = NEW) -> Link:
    async with shop.database.transaction() as session:
        return await assign(session, shop.agent, link, agent, now=shop.clock())


async def test_the_link_its_payment_and_what_is_told_of_them_are_the_new_agents(
    shop: Shop,
) -> None:
    link = await shop.make()
    await shop.send(link, "email", EMAIL)
    after = await hand_over(shop, link)
    await shop.report(link, "joined")
    await shop.submit(link)
    told = (await shop.events(link))[-3:]

    assert (NEW, NEW) == (after.agent, (await shop.payment(link)).agent)
    assert {NEW} == {event.agent for event in told}


async def test_both_agents_are_told_and_each_by_an_entry_of_their_own(shop: Shop) -> None:
    link = await shop.make()
    await hand_over(shop, link)
    updates = [event for event in await shop.events(link) if event.type == "link.updated"]

    assert [shop.agent.id, NEW] == [event.agent for event in updates]
    expected = {"agent": NEW, "agent_before": shop.agent.id}
    assert [expected, expected] == [event.data for event in updates]


async def test_handing_it_to_who_has_it_changes_nothing(shop: Shop) -> None:
    link = await shop.make()
    await hand_over(shop, link)
    before = await shop.rows()
    await hand_over(shop, link)

    assert before == await shop.rows()


async def test_what_waits_for_a_second_person_stays_where_it_is(shop: Shop) -> None:
    async with shop.database.transaction() as session:
        await write(
            session,
            shop.merchant.id,
            ApprovalPolicy,
            {"link_amount_units": 10},
            actor="system",
            now=shop.clock(),
        )
    link = await shop.make()

    with pytest.raises(ApprovalWaiting):
        await hand_over(shop, link)


async def test_whoever_gives_a_link_away_is_no_second_person_for_it(shop: Shop) -> None:
    maker = person(shop.merchant.id, Role.SUPERVISOR)
    link = await shop.as_merchant(maker).make()
    await hand_over(shop, link)
    other = person(shop.merchant.id, Role.SUPERVISOR)

    async with shop.database.snapshot() as session:
        await check_never_theirs(session, other, link.id)
        with pytest.raises(SameHands):
            await check_never_theirs(session, maker, link.id)


async def test_work_goes_to_nobody_who_cannot_do_it(
    shop: Shop, new_user: NewUser, new_merchant: NewMerchant
) -> None:
    merchant = shop.merchant.id
    auditor = await new_user(merchant, Role.AUDITOR)
    stranger = await new_user((await new_merchant("Other Ltd")).id)
    colleague = await new_user(merchant)
    supervisor = person(merchant, Role.SUPERVISOR)
    async with shop.database.snapshot() as session:
        await check_agent(session, shop.vault, supervisor, colleague.id)
        for unfit in (auditor.id, stranger.id, NEW, "me"):
            with pytest.raises(InvalidField):
                await check_agent(session, shop.vault, supervisor, unfit)
        with pytest.raises(InvalidField):
            await check_agent(session, shop.vault, shop.agent, colleague.id)
