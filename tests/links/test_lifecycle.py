"""The life of a link (`links.making`, `links.lifecycle`): made, amended, sent again, cancelled, expired."""

import json
from datetime import timedelta

import pytest

from channels.customers import CustomerDraft
from core.errors import InvalidField
from core.money import Money, UnknownCurrency
from links.drafts import LIFE_DEFAULT, Send
from links.lifecycle import EXPIRE
from links.showing import DETAILS
from links.states import LinkNotOpen, LinkState
from payments.errors import AttemptLive, NothingDue
from payments.states import PaymentState
from tests.links.conftest import EMAIL, PHONE, Shop
from tests.payments.fakes import Challenges, Declines
from tests.support.people import software


async def expire(shop: Shop) -> None:
    """Lets the work that is due be done."""
    await shop.run(EXPIRE)


# Making


async def test_a_new_link_is_active_with_an_open_payment_and_an_end(shop: Shop) -> None:
    link = await shop.make()
    payment = await shop.payment(link)

    assert (LinkState.ACTIVE, 1, shop.clock() + LIFE_DEFAULT, shop.agent.id) == (
        link.state,
        link.revision,
        link.expires_at,
        link.agent,
    )
    assert (PaymentState.OPEN, Money.of(4999, "GBP"), link.id) == (
        payment.state,
        payment.due,
        payment.link,
    )
    assert LIFE_DEFAULT == await shop.planned(EXPIRE)
    assert ["link.created"] == await shop.story(link)


async def test_what_the_journal_keeps_of_a_new_link_is_no_secret(shop: Shop) -> None:
    link = await shop.make(description="A quite private matter", metadata={"crm": "secret-7"})
    token = await shop.token(link)
    stored = repr(await shop.rows())

    for secret in (token, "A quite private matter", "secret-7"):
        assert secret not in stored
    [made] = await shop.events(link)
    assert (4999, "GBP", "INV-1") == (
        made.data["amount"],
        made.data["currency"],
        made.data["reference"],
    )


async def test_software_makes_links_that_are_nobodys_or_a_named_agents(shop: Shop) -> None:
    crm = shop.as_merchant(software(shop.merchant.id))

    assert None is (await crm.make()).agent
    assert "usr_7" == (await crm.make(agent="usr_7")).agent


@pytest.mark.parametrize("amount", [0, -1, 100_000_000_000])
async def test_an_amount_out_of_bounds_is_refused(shop: Shop, amount: int) -> None:
    with pytest.raises(InvalidField):
        await shop.make(amount)


async def test_a_currency_that_does_not_exist_is_refused(shop: Shop) -> None:
    with pytest.raises(UnknownCurrency):
        await shop.make(4999, "XXX")


async def test_metadata_comes_back_as_it_was_given(shop: Shop) -> None:
    link = await shop.make(metadata={"a": "1"})
    async with shop.database.snapshot() as session:
        text = await shop.vault.open(session, link.sealed_details, purpose=DETAILS)

    assert {"a": "1"} == json.loads(text or "")


async def test_a_link_for_a_customer_is_theirs_and_in_their_language(shop: Shop) -> None:
    draft = CustomerDraft("Casey", EMAIL, None, None, "de-DE")
    one = await shop.make(customer=draft)
    two = await shop.make(customer=one.customer)
    three = await shop.make(customer=draft, locale="fr-FR")

    assert one.customer is not None
    assert (one.customer, one.customer) == (two.customer, three.customer)
    assert ("de-DE", "fr-FR") == (one.locale, three.locale)


async def test_a_customer_who_does_not_exist_is_pointed_at_and_no_link_is_made(
    shop: Shop,
) -> None:
    before = await shop.rows()
    with pytest.raises(InvalidField) as refused:
        await shop.make(customer="cus_none")

    assert ["/customer"] == [field.pointer for field in refused.value.fields]
    assert before == await shop.rows()


async def test_whoever_a_link_is_sent_to_is_its_customer(shop: Shop) -> None:
    link = await shop.make(send=[Send("sms", PHONE), Send("email", EMAIL)])

    assert link.customer is not None
    assert ["link.created", "message.queued", "message.queued"] == await shop.story(link)


async def test_nothing_is_made_when_one_of_its_messages_cannot_be_sent(shop: Shop) -> None:
    before = await shop.rows()
    with pytest.raises(InvalidField):
        await shop.make(send=[Send("sms", PHONE), Send("email", "no address")])

    assert before == await shop.rows()


# Amending


async def test_another_amount_is_another_revision_for_the_customer(shop: Shop) -> None:
    link = await shop.make()
    amended = await shop.amend(link, amount=5999)

    assert (2, 5999) == (amended.revision, (await shop.payment(link)).due.minor)
    told = (await shop.events(link))[-1]
    assert ("link.updated", {"amount": 5999, "amount_before": 4999}) == (told.type, told.data)


async def test_another_description_is_another_revision_and_not_in_the_journal(
    shop: Shop,
) -> None:
    link = await shop.make()
    amended = await shop.amend(link, description="Gas bill")
    async with shop.database.snapshot() as session:
        assert "Gas bill" == await shop.showing.description(session, amended)

    assert 2 == amended.revision
    assert {"description_changed": True} == (await shop.events(link))[-1].data


async def test_another_end_is_planned_and_the_customer_sees_the_same(shop: Shop) -> None:
    link = await shop.make()
    amended = await shop.amend(link, expires_at=shop.clock() + timedelta(days=7))

    assert (1, timedelta(days=7)) == (amended.revision, await shop.planned(EXPIRE))


async def test_the_same_amount_is_no_change(shop: Shop) -> None:
    link = await shop.make()

    assert 1 == (await shop.amend(link, amount=4999)).revision
    assert ["link.created"] == await shop.story(link)


@pytest.mark.parametrize("life", [timedelta(seconds=59), timedelta(days=90, seconds=1)])
async def test_an_end_out_of_bounds_is_refused(shop: Shop, life: timedelta) -> None:
    link = await shop.make()
    with pytest.raises(InvalidField):
        await shop.amend(link, expires_at=shop.clock() + life)


async def test_nothing_is_amended_while_the_customer_pays(shop: Shop) -> None:
    link = await shop.make()
    shop.gateway.script = [Challenges()]
    await shop.submit(link)
    for change in ({"amount": 1}, {"description": "x"}):
        with pytest.raises(AttemptLive):
            await shop.amend(link, **change)


async def test_after_a_decline_the_amount_can_be_lowered(shop: Shop) -> None:
    link = await shop.make()
    shop.gateway.script = [Declines("insufficient_funds")]
    await shop.submit(link)
    await shop.amend(link, amount=100)
    await shop.submit(link)

    assert 100 == (await shop.payment(link)).captured.minor


async def test_a_link_that_has_ended_is_not_amended(shop: Shop) -> None:
    paid, cancelled = await shop.make(), await shop.make()
    await shop.submit(paid)
    await shop.cancel(cancelled)
    for link in (paid, cancelled):
        with pytest.raises((LinkNotOpen, NothingDue)):
            await shop.amend(link, amount=1)


# Sending


async def test_a_link_is_sent_again_as_the_same_link(shop: Shop) -> None:
    link = await shop.make(send=[Send("sms", PHONE)])
    before = await shop.token(link)
    shop.clock.advance(seconds=1)
    await shop.send(link, "email", EMAIL)
    async with shop.database.snapshot() as session:
        shown = await shop.showing.one(session, await shop.link(link))

    assert before == await shop.token(link)
    assert f"https://pay.acme.test/p/{before}" == shown["url"]
    assert ["sms", "email"] == [message["channel"] for message in shown["messages"]]


@pytest.mark.parametrize("how", ["paid", "cancelled", "past"])
async def test_a_link_that_has_ended_is_not_sent(shop: Shop, how: str) -> None:
    link = await shop.make()
    if how == "paid":
        await shop.submit(link)
    elif how == "cancelled":
        await shop.cancel(link)
    else:
        shop.clock.advance(LIFE_DEFAULT)
    with pytest.raises(LinkNotOpen):
        await shop.send(link)


# Cancelling


async def test_a_cancelled_link_calls_the_debt_off_and_its_messages_back(shop: Shop) -> None:
    link = await shop.make(send=[Send("sms", PHONE)])
    cancelled = await shop.cancel(link)
    payment = await shop.payment(link)

    assert (LinkState.CANCELLED, "cancelled", PaymentState.CANCELLED, False) == (
        cancelled.state,
        cancelled.progress.step,
        payment.state,
        payment.payable,
    )
    assert {"payment.cancelled", "message.failed", "link.cancelled"} <= set(await shop.story(link))


async def test_cancelling_again_changes_nothing(shop: Shop) -> None:
    link = await shop.make()
    once, before = await shop.cancel(link), await shop.rows()

    assert once == await shop.cancel(link)
    assert before == await shop.rows()


async def test_a_link_is_not_cancelled_while_the_customer_pays(shop: Shop) -> None:
    link = await shop.make()
    shop.gateway.script = [Challenges()]
    await shop.submit(link)
    with pytest.raises(AttemptLive):
        await shop.cancel(link)


async def test_a_paid_link_is_not_cancelled(shop: Shop) -> None:
    link = await shop.make()
    await shop.submit(link)
    with pytest.raises(LinkNotOpen):
        await shop.cancel(link)


async def test_an_expired_link_can_still_be_called_off(shop: Shop) -> None:
    link = await shop.make()
    shop.clock.advance(LIFE_DEFAULT)
    await expire(shop)

    assert LinkState.CANCELLED is (await shop.cancel(link)).state
    assert PaymentState.CANCELLED is (await shop.payment(link)).state
