"""A phone that a visitor leaves (channels.webchat.claimed_phone, channels.claimed_addresses): a claim, and no more."""

import pytest

from channels.addresses import address_hash
from channels.catalogue import AddressKind
from channels.consents import ConsentPlace, ConsentState, consent_of, set_consent
from channels.customers import Customer, find_by_address, get_customer
from channels.inbound import record_inbound
from channels.port import Content, Inbound
from tests.channels.conftest import PHONE, Desk
from tests.channels.webchat.conftest import Browser, Chat

OTHER_PHONE = "+447700900456"


async def visitors_customer(chat: Chat, browser: Browser) -> Customer:
    async with chat.desk.database.snapshot() as session:
        [found] = await find_by_address(
            session,
            chat.desk.vault,
            merchant=chat.desk.merchant,
            kind=AddressKind.WEBCHAT,
            address=browser.visitor,
            now=chat.desk.clock(),
        )
    return found


async def consent_at(desk: Desk, phone: str) -> ConsentState:
    async with desk.database.snapshot() as session:
        return await consent_of(session, await place_of(desk, session, phone))


async def place_of(desk: Desk, session: object, phone: str) -> ConsentPlace:
    hashed = await address_hash(
        session,  # type: ignore[arg-type]
        desk.vault,
        merchant=desk.merchant.id,
        kind=AddressKind.PHONE,
        address=phone,
        now=desk.clock(),
    )
    return ConsentPlace(desk.merchant.id, "sms", hashed)


async def test_a_cut_conversation_goes_on_by_text_message(chat: Chat) -> None:
    visitor = await chat.arrive()
    await visitor.write("Hello")
    assert (await visitor.post("/phone", {"phone": "07700 900123"})).status_code == 204
    customer = await visitors_customer(chat, visitor)
    assert customer.phone == PHONE
    assert await consent_at(chat.desk, PHONE) is ConsentState.GRANTED
    message = await chat.desk.queue(customer, content=Content("Shall we go on here?"), link=None)
    assert message.to == PHONE
    assert (await chat.desk.events("customer.updated"))[-1].data == {"fields": ["phone"]}


async def test_a_phone_before_the_first_word_makes_the_customer_whom_the_word_belongs_to(
    chat: Chat,
) -> None:
    visitor = await chat.arrive()
    await visitor.post("/phone", {"phone": PHONE})
    customer = await visitors_customer(chat, visitor)
    await visitor.write("Hello")
    [entry] = await chat.desk.events("message.received")
    assert entry.customer == customer.id


async def test_claiming_a_strangers_phone_leads_to_nobody(chat: Chat) -> None:
    """Neither does the stranger's number find the claimant, nor do the stranger's words."""
    stranger = await chat.desk.customer(phone=PHONE, name="Sam")
    visitor = await chat.arrive()
    await visitor.write("Hello")
    chat.desk.clock.advance(seconds=5)
    assert (await visitor.post("/phone", {"phone": PHONE})).status_code == 204
    claimant = await visitors_customer(chat, visitor)
    assert claimant.id != stranger.id
    assert (await chat.desk.customer(phone=PHONE)).id == stranger.id
    message = await chat.desk.queue(None, to=PHONE, content=Content("Hi"), link=None)
    assert message.customer == stranger.id


async def test_a_claim_alone_recognises_nobody(chat: Chat) -> None:
    visitor = await chat.arrive()
    await visitor.post("/phone", {"phone": PHONE})
    claimant = await visitors_customer(chat, visitor)
    async with chat.desk.database.transaction() as session:
        await record_inbound(
            session,
            chat.desk.vault,
            chat.desk.accounts["sms"],
            Inbound(provider_id="SM1", sender=PHONE, recipient="+447700900999", text="Who is it?"),
            now=chat.desk.clock(),
        )
    [entry] = await chat.desk.events("message.received")
    assert entry.customer is not None
    assert entry.customer != claimant.id


async def test_an_agent_who_gives_the_number_makes_it_like_any_other(chat: Chat) -> None:
    visitor = await chat.arrive()
    await visitor.post("/phone", {"phone": PHONE})
    claimant = await visitors_customer(chat, visitor)
    from channels.customers import change_customer

    async with chat.desk.database.transaction() as session:
        await change_customer(
            session,
            chat.desk.vault,
            merchant=chat.desk.merchant,
            customer_id=claimant.id,
            changes={"phone": PHONE},
            agent=None,
            actor="user:usr_1",
            now=chat.desk.clock(),
        )
    assert (await chat.desk.customer(phone=PHONE)).id == claimant.id


async def test_a_later_claim_takes_the_place_of_the_earlier_and_of_nothing_else(chat: Chat) -> None:
    visitor = await chat.arrive()
    await visitor.post("/phone", {"phone": OTHER_PHONE})
    await visitor.post("/phone", {"phone": PHONE})
    claimant = await visitors_customer(chat, visitor)
    assert claimant.phone == PHONE
    await visitor.post("/phone", {"phone": PHONE})
    assert len(await chat.desk.events("customer.updated")) == 2


async def test_a_claim_takes_back_no_stop(chat: Chat) -> None:
    async with chat.desk.database.transaction() as session:
        await set_consent(
            session,
            await place_of(chat.desk, session, PHONE),
            ConsentState.STOPPED,
            customer=None,
            conversation=None,
            agent=None,
            actor="customer",
            how="message",
            now=chat.desk.clock(),
        )
    visitor = await chat.arrive()
    assert (await visitor.post("/phone", {"phone": PHONE})).status_code == 204
    assert await consent_at(chat.desk, PHONE) is ConsentState.STOPPED


@pytest.mark.parametrize(
    "phone", ["nonsense", "+1", "12345678901234567890", "", 7, "+44 9098 790000"]
)
async def test_what_is_no_phone_is_refused_without_being_repeated(
    chat: Chat, phone: object
) -> None:
    visitor = await chat.arrive()
    answer = await visitor.post("/phone", {"phone": phone})
    assert answer.status_code == 422
    assert str(phone or "-no-") not in answer.text


async def test_a_claim_is_kept_with_its_own_customer_alone(chat: Chat) -> None:
    """Two visitors may claim one number: each has it, and neither meets the other."""
    one, other = await chat.arrive(), await chat.arrive()
    for visitor in (one, other):
        await visitor.post("/phone", {"phone": PHONE})
    first, second = await visitors_customer(chat, one), await visitors_customer(chat, other)
    assert first.id != second.id
    async with chat.desk.database.snapshot() as session:
        again = await get_customer(
            session, chat.desk.vault, merchant=chat.desk.merchant.id, customer_id=first.id
        )
    assert again.phone == PHONE
