"""A big link waits for a second person: nothing of it leaves before, and its maker is not that person."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from channels.message_store import Message
from channels.messages import SEND, messages_of_links
from channels.states import DeliveryState
from compliance.api_keys import create_key
from compliance.merchant_settings import write
from compliance.principal import NotAllowed, Principal
from compliance.roles import Role
from core import work
from links.approving import Approving, NothingToDecide
from links.drafts import LIFE_DEFAULT, Send
from links.lifecycle import EXPIRE, ApprovalWaiting
from links.links import APPROVED, REJECTED, WAITING, Link
from links.states import LinkNotOpen, LinkState
from payments.approvals import ApprovalPolicy, SameHands
from payments.errors import NothingDue
from tests.links.conftest import PHONE, Shop
from tests.support.people import person, software

BIG, SMALL = 100_001, 100_000


@pytest.fixture
async def limited(shop: Shop) -> Shop:
    """A shop whose links above 1000 pounds need a second person."""
    async with shop.database.transaction() as session:
        await write(
            session,
            shop.merchant.id,
            ApprovalPolicy,
            {"link_amount_units": 1_000},
            actor="system",
            now=shop.clock(),
        )
    return shop


def supervisor(shop: Shop) -> Principal:
    return person(shop.merchant.id, Role.SUPERVISOR)


async def approve(shop: Shop, link: Link, who: Principal) -> Link:
    async with shop.database.transaction() as session:
        approving = Approving(shop.reader, shop.lifecycle)
        return await approving.approve(session, who, link, now=shop.clock())


async def reject(shop: Shop, link: Link, who: Principal) -> Link:
    async with shop.database.transaction() as session:
        approving = Approving(shop.reader, shop.lifecycle)
        return await approving.reject(session, who, link, now=shop.clock())


async def sent(shop: Shop, link: Link) -> Sequence[Message]:
    async with shop.database.snapshot() as session:
        found = await messages_of_links(
            session, shop.vault, merchant=shop.merchant.id, links=[link.id]
        )
    return found.get(link.id, [])


async def deliveries_due(shop: Shop) -> int:
    async with shop.database.transaction() as session:
        due = await work.claim(session, kinds=[SEND], now=shop.clock(), lease_seconds=60, limit=50)
    return len(due)


async def test_without_a_limit_no_link_waits(shop: Shop) -> None:
    assert (await shop.make(99_999_999)).approval is None


async def test_a_link_up_to_the_limit_goes_out_at_once(limited: Shop) -> None:
    link = await limited.make(SMALL, send=[Send("sms", PHONE)])

    assert (None, 1) == (link.approval, await deliveries_due(limited))
    assert "paid" == (await limited.submit(link)).status


async def test_a_link_above_the_limit_waits_and_so_do_its_messages(limited: Shop) -> None:
    link = await limited.make(BIG, send=[Send("sms", PHONE)])
    await limited.send(link, "email", "casey@example.com")

    assert (WAITING, LinkState.ACTIVE) == (link.approval, link.state)
    assert (0, [DeliveryState.QUEUED] * 2) == (
        await deliveries_due(limited),
        [message.state for message in await sent(limited, link)],
    )
    assert WAITING == (await limited.events(link))[0].data["approval"]
    with pytest.raises(NothingDue):
        await limited.submit(link)


async def test_the_limit_is_about_value_in_every_currency(limited: Shop) -> None:
    links = [
        await limited.make(100_000, "JPY"),
        await limited.make(100_001, "JPY"),
        await limited.make(1_000_000, "KWD"),
        await limited.make(1_000_001, "KWD"),
    ]

    assert [None, WAITING, None, WAITING] == [link.approval for link in links]


async def test_a_second_person_lets_it_go(limited: Shop) -> None:
    link = await limited.make(BIG, send=[Send("sms", PHONE)])
    second = supervisor(limited)
    approved = await approve(limited, link, second)
    told = (await limited.events(link))[-1]

    assert (APPROVED, 1) == (approved.approval, await deliveries_due(limited))
    assert ("link.updated", {"approval": "approved"}, second.actor) == (
        told.type,
        told.data,
        told.actor,
    )
    assert "paid" == (await limited.submit(link)).status


async def test_a_second_person_calls_it_off(limited: Shop) -> None:
    link = await limited.make(BIG, send=[Send("sms", PHONE)])
    rejected = await reject(limited, link, supervisor(limited))

    assert (REJECTED, LinkState.CANCELLED) == (rejected.approval, rejected.state)
    assert [DeliveryState.FAILED] == [message.state for message in await sent(limited, link)]
    assert ["link.updated", "payment.cancelled", "message.failed", "link.cancelled"] == (
        await limited.story(link)
    )[-4:]


async def test_deciding_again_changes_nothing_and_the_other_way_is_refused(limited: Shop) -> None:
    link, second = await limited.make(BIG), supervisor(limited)
    await approve(limited, link, second)
    before = await limited.rows()
    await approve(limited, link, second)

    assert before == await limited.rows()
    with pytest.raises(NothingToDecide):
        await reject(limited, link, second)


async def test_a_link_that_nobody_was_asked_about_is_not_decided(limited: Shop) -> None:
    link = await limited.make(SMALL)
    for decide in (approve, reject):
        with pytest.raises(NothingToDecide):
            await decide(limited, link, supervisor(limited))


# The second person


async def test_the_maker_is_not_the_second_person(limited: Shop) -> None:
    boss = supervisor(limited)
    link = await limited.as_merchant(boss).make(BIG)
    for decide in (approve, reject):
        with pytest.raises(SameHands):
            await decide(limited, link, boss)

    assert APPROVED == (await approve(limited, link, supervisor(limited))).approval


async def test_giving_the_link_to_a_colleague_does_not_make_its_maker_the_second_person(
    limited: Shop,
) -> None:
    boss = supervisor(limited)
    link = await limited.as_merchant(boss).make(BIG, agent=limited.agent.id)
    with pytest.raises(SameHands):
        await approve(limited, link, boss)


async def test_whose_work_it_is_is_not_the_second_person(limited: Shop) -> None:
    boss = supervisor(limited)
    crm = limited.as_merchant(software(limited.merchant.id))
    link = await crm.make(BIG, agent=boss.id)
    with pytest.raises(SameHands):
        await approve(limited, link, boss)


async def test_whoever_made_the_key_is_not_the_second_person_for_its_links(limited: Shop) -> None:
    """A link made with one's own API key is made by the same hands."""
    boss = person(limited.merchant.id, Role.ADMIN)
    async with limited.database.transaction() as session:
        key = await create_key(
            session,
            merchant=limited.merchant.id,
            name="Mine",
            actor=boss.actor,
            now=limited.clock(),
        )
    crm = replace(software(limited.merchant.id), id=key.id)
    link = await limited.as_merchant(crm).make(BIG)
    with pytest.raises(SameHands):
        await approve(limited, link, boss)

    assert APPROVED == (await approve(limited, link, supervisor(limited))).approval


@pytest.mark.parametrize("role", [Role.AGENT, Role.AUDITOR])
async def test_agents_and_auditors_decide_nothing(limited: Shop, role: Role) -> None:
    link = await limited.make(BIG)
    with pytest.raises(NotAllowed):
        await approve(limited, link, person(limited.merchant.id, role))


async def test_software_decides_nothing(limited: Shop) -> None:
    """A key is nobody's second pair of eyes."""
    link = await limited.make(BIG)
    with pytest.raises(NotAllowed):
        await approve(limited, link, software(limited.merchant.id))


# What was agreed to


async def test_what_waits_is_not_changed_under_the_second_persons_eyes(limited: Shop) -> None:
    link = await limited.make(BIG)
    for change in ({"amount": BIG + 1}, {"amount": SMALL}, {"description": "Other"}):
        with pytest.raises(ApprovalWaiting):
            await limited.amend(link, **change)


async def test_a_small_link_that_is_made_big_waits(limited: Shop) -> None:
    """The limit is not got round by amending."""
    link = await limited.make(SMALL)
    amended = await limited.amend(link, amount=BIG)

    assert WAITING == amended.approval
    assert WAITING == (await limited.events(link))[-1].data["approval"]
    with pytest.raises(NothingDue):
        await limited.submit(link)


async def test_whoever_made_it_big_is_not_the_second_person(limited: Shop) -> None:
    link, boss = await limited.make(SMALL), supervisor(limited)
    await limited.as_merchant(boss).amend(link, amount=BIG)
    with pytest.raises(SameHands):
        await approve(limited, link, boss)


async def test_more_than_was_agreed_to_waits_again_and_less_does_not(limited: Shop) -> None:
    link = await limited.make(BIG + 1_000)
    await approve(limited, link, supervisor(limited))
    less = await limited.amend(link, amount=BIG)
    more = await limited.amend(link, amount=BIG + 1)

    assert (APPROVED, WAITING) == (less.approval, more.approval)


async def test_a_newer_link_for_a_big_debt_is_agreed_to_anew(limited: Shop) -> None:
    old = await limited.make(BIG)
    await approve(limited, old, supervisor(limited))

    assert WAITING == (await limited.make(BIG, supersedes=old.id)).approval


async def test_an_expired_link_is_not_approved(limited: Shop) -> None:
    link = await limited.make(BIG)
    limited.clock.advance(LIFE_DEFAULT)
    await limited.run(EXPIRE)
    with pytest.raises(LinkNotOpen):
        await approve(limited, link, supervisor(limited))
