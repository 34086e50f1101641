"""Receipts by email and text message: to whom, how many, and what they teach about a customer (nothing)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from channels.addresses import address_hash
from channels.catalogue import AddressKind
from channels.consents import ConsentPlace, ConsentState, ConsentStopped, set_consent
from channels.customer_table import customers
from channels.customers import CustomerDraft, get_customer
from channels.message_store import Message, get_message
from compliance.merchant_settings import write
from core.errors import InvalidField
from links.brand import Brand
from links.customer_records import LinkRecords
from links.drafts import Send
from links.links import Link
from links.page_settings import ReceiptSettings
from links.receipt_sending import (
    PER_ADDRESS_MAX,
    PER_PAYMENT_MAX,
    SEND,
    NothingPaid,
    ReceiptSending,
    ReceiptsExhausted,
    masked,
)
from links.tables import receipt_messages
from payments.payments import get_payment
from tests.links.conftest import EMAIL, PHONE, Shop
from tests.payments.fakes import Authorises

CASEY = CustomerDraft(name="Casey Jones", email=EMAIL, phone=PHONE)
TYPED = "someone.else@example.com"


async def paid(shop: Shop, **draft: Any) -> Link:
    link = await shop.make(**({"send": [Send("email", EMAIL), Send("sms", PHONE)]} | draft))
    await shop.submit(link)
    return link


async def ask(shop: Shop, link: Link, channel: str = "email", to: str | None = None) -> Message:
    async with shop.database.transaction() as session:
        payment = await get_payment(session, link.payment)
        message = await ReceiptSending(shop.showing).send(
            session, link, payment, channel=channel, to=to, now=shop.clock()
        )
    async with shop.database.snapshot() as session:
        return await get_message(
            session, shop.vault, merchant=shop.merchant.id, message_id=message.id
        )


async def offered(shop: Shop, link: Link) -> list[tuple[str, str]]:
    async with shop.database.snapshot() as session:
        offers = await ReceiptSending(shop.showing).offers(session, link)
    return [(each.channel, each.masked) for each in offers]


async def setting(shop: Shop, kind: Any, **changes: object) -> None:
    async with shop.database.transaction() as session:
        await write(session, shop.merchant.id, kind, changes, actor="system", now=shop.clock())


@pytest.mark.parametrize(
    ("address", "shown"),
    [("casey@example.com", "c•••@example.com"), ("+447700900123", "+44 ••• 123")],
)
def test_an_address_is_shown_so_that_its_owner_knows_it(address: str, shown: str) -> None:
    assert shown == masked(address)


async def test_it_can_go_where_the_link_went(shop: Shop) -> None:
    link = await paid(shop)
    assert [("email", "c•••@example.com"), ("sms", "+44 ••• 123")] == await offered(shop, link)
    message = await ask(shop, link)

    assert (EMAIL, "receipt", link.id) == (message.to, message.purpose, message.link)
    assert message.state is not None
    assert "queued" == message.state.value


async def test_it_says_what_was_paid_and_asks_for_nothing(shop: Shop) -> None:
    await setting(shop, Brand, legal_name="Acme Travel plc")
    link = await paid(shop)
    by_mail, by_text = await ask(shop, link), await ask(shop, link, "sms")

    for words in ("£49.99", "Acme Travel plc", "INV-1", link.payment, "Visa •••• 4242"):
        assert words in by_mail.content.text
        assert words in (by_mail.content.html or "")
    assert "Acme Travel: receipt for £49.99" == by_mail.content.subject
    assert "£49.99" in by_text.content.text
    for content in (by_mail.content, by_text.content):
        assert "http" not in content.text
        assert await shop.token(link) not in f"{content.text}{content.html}"
        assert content.button is None


async def test_it_is_in_the_customers_language(shop: Shop) -> None:
    link = await paid(shop, locale="de-DE", currency="EUR")
    message = await ask(shop, link)

    assert "hat Ihre Zahlung erhalten" in message.content.text
    assert "49,99" in message.content.text


async def test_the_agent_sees_that_it_went_out_and_the_link_stands_as_before(shop: Shop) -> None:
    link = await paid(shop)
    before = await shop.link(link)
    await ask(shop, link)
    told = (await shop.events(link))[-1]

    assert ("message.queued", "receipt", "customer") == (
        told.type,
        told.data["purpose"],
        told.actor,
    )
    after = await shop.link(link)
    assert (before.state, before.progress) == (after.state, after.progress)


async def test_before_anything_is_paid_there_is_none(shop: Shop) -> None:
    link = await shop.make(send=[Send("email", EMAIL)])
    with pytest.raises(NothingPaid):
        await ask(shop, link)


async def test_what_is_only_held_has_no_receipt_yet(shop: Shop) -> None:
    shop.gateway.script = [Authorises()]
    link = await paid(shop, capture="manual")
    with pytest.raises(NothingPaid):
        await ask(shop, link)


async def test_it_never_goes_where_the_link_did_not_unless_an_address_is_given(shop: Shop) -> None:
    link = await paid(shop, send=[])
    assert [] == await offered(shop, link)
    with pytest.raises(InvalidField):
        await ask(shop, link)


async def test_a_link_for_many_offers_nobody_the_address_of_another(shop: Shop) -> None:
    link = await shop.make(usage="multi", send=[Send("email", EMAIL)])
    assert [] == await offered(shop, link)


async def test_a_typed_address_teaches_nothing_about_the_customer(shop: Shop) -> None:
    link = await paid(shop, customer=CASEY)
    assert link.customer is not None
    message = await ask(shop, link, to=TYPED)

    async with shop.database.snapshot() as session:
        customer = await get_customer(
            session, shop.vault, merchant=shop.merchant.id, customer_id=link.customer
        )
    assert TYPED == message.to
    assert link.customer != message.customer
    assert EMAIL == customer.email
    assert TYPED not in [each.address for each in customer.addresses]


async def test_a_typed_address_of_somebody_else_stays_with_them(shop: Shop) -> None:
    other = await shop.make(customer=CustomerDraft(name="Robin", email=TYPED))
    link = await paid(shop, customer=CASEY)
    message = await ask(shop, link, to=TYPED.upper().replace("EXAMPLE.COM", "example.com"))
    async with shop.database.snapshot() as session:
        count = await session.scalar(sa.select(sa.func.count()).select_from(customers))

    assert other.customer == message.customer
    assert 2 == count


async def test_the_customers_own_address_may_be_typed_as_well(shop: Shop) -> None:
    link = await paid(shop, customer=CASEY, send=[])
    message = await ask(shop, link, "sms", to="07700 900123")

    assert (PHONE, link.customer) == (message.to, message.customer)


@pytest.mark.parametrize(
    ("channel", "to"),
    [("email", "nonsense"), ("email", "a@b,c@d"), ("sms", "+1"), ("sms", EMAIL), ("telegram", "7")],
)
async def test_what_is_no_address_is_refused(shop: Shop, channel: str, to: str) -> None:
    link = await paid(shop)
    with pytest.raises(InvalidField):
        await ask(shop, link, channel, to)


async def test_whoever_said_stop_is_not_written_to(shop: Shop) -> None:
    link = await paid(shop)
    async with shop.database.transaction() as session:
        hashed = await address_hash(
            session,
            shop.vault,
            merchant=shop.merchant.id,
            kind=AddressKind.EMAIL,
            address=EMAIL,
            now=shop.clock(),
        )
        await set_consent(
            session,
            ConsentPlace(shop.merchant.id, "email", hashed),
            ConsentState.STOPPED,
            customer=None,
            conversation=None,
            agent=None,
            actor="customer",
            how="message",
            now=shop.clock(),
        )
    for to in (None, EMAIL):
        with pytest.raises(ConsentStopped):
            await ask(shop, link, to=to)
    assert not [each for each in await shop.events(link) if each.data.get("purpose")]


async def test_one_payment_has_a_few_receipts_at_most(shop: Shop) -> None:
    link = await paid(shop)
    for number in range(PER_PAYMENT_MAX):
        await ask(shop, link, to=f"somebody{number}@example.com")
    with pytest.raises(ReceiptsExhausted):
        await ask(shop, link)


async def test_one_address_has_a_few_receipts_a_day_at_most(shop: Shop) -> None:
    for _ in range(PER_ADDRESS_MAX):
        await ask(shop, await paid(shop))
    link = await paid(shop)
    with pytest.raises(ReceiptsExhausted):
        await ask(shop, link)

    shop.clock.advance(timedelta(days=1, seconds=1))
    await ask(shop, link)


async def test_by_itself_none_goes_out_unless_the_merchant_wants_it(shop: Shop) -> None:
    await paid(shop, customer=CASEY)
    assert 0 == await shop.run(SEND)


async def test_by_itself_it_goes_to_the_customers_email_once(shop: Shop) -> None:
    await setting(shop, ReceiptSettings, automatic_email=True)
    link = await paid(shop, customer=CASEY, send=[])
    job = (await shop.due(SEND))[0]
    for _ in range(2):
        async with shop.database.transaction() as session:
            await ReceiptSending(shop.showing).send_by_itself(session, job, now=shop.clock())

    told = [each for each in await shop.events(link) if each.data.get("purpose") == "receipt"]
    assert [("message.queued", "system", "email")] == [
        (each.type, each.actor, each.channel) for each in told
    ]


async def test_by_itself_each_part_has_its_own(shop: Shop) -> None:
    await setting(shop, ReceiptSettings, automatic_email=True)
    link = await shop.make(minimum_amount=1000, customer=CASEY)
    for amount in (2000, 2999):
        await shop.submit(link, amount=amount)
        assert 1 == await shop.run(SEND)

    told = [each for each in await shop.events(link) if each.data.get("purpose") == "receipt"]
    async with shop.database.snapshot() as session:
        texts = [
            (
                await get_message(
                    session,
                    shop.vault,
                    merchant=shop.merchant.id,
                    message_id=str(each.data["message"]),
                )
            ).content.text
            for each in told
        ]
    assert ["£20.00", "£29.99"] == [text.split("Amount: ")[1].split("\n")[0] for text in texts]
    assert "Still to pay: £29.99" in texts[0]
    assert "Paid in all: £49.99" in texts[1]


async def test_by_itself_it_goes_nowhere_without_an_address(shop: Shop) -> None:
    await setting(shop, ReceiptSettings, automatic_email=True)
    link = await paid(shop, send=[])
    assert 1 == await shop.run(SEND)
    assert [] == [each for each in await shop.events(link) if each.data.get("purpose")]
    assert 0 == await shop.run(SEND)


async def test_another_merchants_receipts_count_for_nothing(
    shop: Shop, new_shop: Any, new_merchant: Any
) -> None:
    for _ in range(PER_ADDRESS_MAX):
        await ask(shop, await paid(shop))
    other = await new_shop(await new_merchant(name="Other"))
    link = await paid(replace(other))
    assert EMAIL == (await ask(other, link)).to


async def test_whoever_is_erased_is_not_found_by_their_receipts_either(shop: Shop) -> None:
    link = await paid(shop, customer=CASEY)
    await ask(shop, link)
    assert link.customer is not None
    async with shop.database.transaction() as session:
        await LinkRecords(shop.lifecycle, shop.showing).end(
            session, shop.agent, [link.customer], now=shop.clock()
        )
    async with shop.database.snapshot() as session:
        hashes = await session.all(sa.select(receipt_messages.c.address_hash))
    assert ["erased"] == [row["address_hash"] for row in hashes]
