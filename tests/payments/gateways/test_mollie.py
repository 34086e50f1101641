"""The gateway to Mollie, by the official SDK against the far end's process.

Also `payments.gateways.mollie_books` and what a customer's choice on Mollie's page comes to.
"""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from core.clock import utc_now
from core.ids import new_id
from core.money import CURRENCIES, Money
from payments.errors import GatewayUnavailable, MethodUnusable, WebhookForged
from payments.gateway import (
    Abandoned,
    Accepted,
    Authorised,
    Challenged,
    ChargeOrder,
    Declined,
    Done,
    GatewayEvent,
    MoneyOrder,
    Outcome,
    Processing,
    Question,
    RefundFact,
    Refused,
    Succeeded,
    Unknown,
    Unreached,
)
from payments.gateways.mollie import MollieGateway
from tests.mollie_sandbox.harness import API_KEY, MollieSandbox
from tests.payments.gateways.mollie_psp import RETURN_URL, MolliePsp, mollie_config
from tests.sandbox.harness import eventually
from tests.support.free_port import free_port
from tests.support.vectors import vectors

DUE = Money.of(4999, "EUR")
PART = Money.of(2000, "EUR")


@pytest.fixture(scope="module")
async def far_end(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[MollieSandbox]:
    running = MollieSandbox(tmp_path_factory.mktemp("mollie"))
    await running.start()
    yield running
    running.stop()


@pytest.fixture
async def psp(far_end: MollieSandbox) -> AsyncIterator[MolliePsp]:
    made = MolliePsp(far_end)
    yield made
    await made.close()


def order(**changes: Any) -> ChargeOrder:
    asked: dict[str, Any] = {
        "attempt_id": new_id("att", utc_now()),
        "amount": DUE,
        "method": None,
        "capture": "automatic",
        "description": "INV-1",
        "force_challenge": False,
        "metadata": {"paythread_link": "lnk_1"},
        "return_url": RETURN_URL,
    }
    return ChargeOrder(**(asked | changes))


def about(
    asked: ChargeOrder, reference: str | None = None, *, age: timedelta = timedelta(seconds=1)
) -> Question:
    now = utc_now()
    return Question(
        attempt_id=asked.attempt_id,
        reference=reference,
        amount=asked.amount,
        started_at=now - age,
        now=now,
    )


def money_order(reference: str, amount: Money = DUE, **changes: Any) -> MoneyOrder:
    order_id = new_id("ref", utc_now())
    return MoneyOrder(
        **({"order_id": order_id, "reference": reference, "amount": amount} | changes)
    )


async def paid(psp: MolliePsp, **changes: Any) -> tuple[ChargeOrder, str]:
    """An attempt that was paid, and its reference."""
    await psp.will("succeed")
    asked = order(**changes)
    outcome = await psp.charge(asked)
    assert isinstance(outcome, Succeeded)
    return asked, outcome.reference


async def held(psp: MolliePsp) -> tuple[ChargeOrder, str]:
    await psp.will("hold")
    asked = order(capture="manual")
    outcome = await psp.charge(asked)
    assert isinstance(outcome, Authorised)
    assert DUE == outcome.amount
    return asked, outcome.reference


def open_at(outcome: Outcome) -> str:
    """The reference of a payment that waits for its customer."""
    assert isinstance(outcome, Challenged)
    assert outcome.reference is not None
    return outcome.reference


# Paying


async def test_a_charge_leads_the_customer_to_mollies_page(
    psp: MolliePsp, far_end: MollieSandbox
) -> None:
    outcome = await psp.gateway.charge(order())

    assert isinstance(outcome, Challenged)
    assert ("psp_page", None, None) == (outcome.place, outcome.client_secret, outcome.action)
    assert outcome.url is not None
    assert outcome.url.startswith(f"{far_end.url}/checkout/")
    assert RETURN_URL == await far_end.choose(outcome.url, "canceled")


async def test_the_same_attempt_is_one_payment_however_often_it_is_sent(psp: MolliePsp) -> None:
    asked = order()
    first, second = await psp.gateway.charge(asked), await psp.gateway.charge(asked)

    assert first == second
    assert 1 == await psp.charges(asked.attempt_id)


@pytest.mark.parametrize(
    ("what", "kind"), [("succeed", Succeeded), ("process", Processing), ("challenge", Challenged)]
)
async def test_what_the_customer_chose_is_what_we_are_told(
    psp: MolliePsp, what: str, kind: type
) -> None:
    await psp.will(what)

    assert isinstance(await psp.charge(order()), kind)


@pytest.mark.parametrize(
    "code",
    [
        "generic_decline",
        "insufficient_funds",
        "lost_or_stolen",
        "expired_card",
        "incorrect_cvc",
        "processing_error",
        "limit_exceeded",
        "fraud_suspected",
    ],
)
async def test_a_decline_comes_with_its_reason_in_our_words(psp: MolliePsp, code: str) -> None:
    await psp.will(code)
    outcome = await psp.charge(order())

    assert isinstance(outcome, Declined)
    assert code == outcome.code


async def test_every_currency_comes_back_to_the_minor_unit(psp: MolliePsp) -> None:
    """Of every code that the vectors name, Mollie takes these; of the others it says that it does not."""
    taken = []
    for code in vectors("currency_exponents.json")["iso4217"]:
        if code not in CURRENCIES:
            continue
        await psp.will("succeed")
        amount = Money.of(123457, code)
        outcome = await psp.charge(order(amount=amount))
        if outcome == Declined(None, "card_not_supported"):
            continue
        assert isinstance(outcome, Succeeded), (code, outcome)
        assert amount == outcome.captured
        taken.append(code)

    assert {"EUR", "GBP", "ISK", "JPY", "HUF", "USD"} <= set(taken)
    assert 26 <= len(taken) <= 30


async def test_the_card_is_told_by_its_last_four_digits(psp: MolliePsp) -> None:
    await psp.will("succeed")
    outcome = await psp.charge(order())

    assert isinstance(outcome, Succeeded)
    card = outcome.card
    assert ("visa", "4242", "NL") == (card.brand, card.last4, card.country)
    assert card.fingerprint


# Silence


async def test_silence_is_unknown_and_asking_finds_the_payment_with_its_link(
    psp: MolliePsp,
) -> None:
    await psp.will("fail silently")
    asked = order()

    assert isinstance(await psp.gateway.charge(asked), Unknown)
    found = await psp.gateway.ask(about(asked))
    assert isinstance(found, Challenged)
    assert found.url
    assert 1 == await psp.charges(asked.attempt_id)


async def test_what_never_arrived_is_unknown_until_nobody_can_pay_it_any_more(
    psp: MolliePsp,
) -> None:
    await psp.will("stay away")
    asked = order()
    young, old = timedelta(seconds=89), timedelta(seconds=91)

    assert isinstance(await psp.gateway.charge(asked), Unknown)
    assert isinstance(await psp.gateway.ask(about(asked, age=young)), Unknown)
    assert isinstance(await psp.gateway.cancel(about(asked, age=young)), Unknown)
    assert Abandoned(None) == await psp.gateway.ask(about(asked, age=old))
    assert Abandoned(None) == await psp.gateway.cancel(about(asked, age=old))
    assert 0 == await psp.charges(asked.attempt_id)


async def test_an_order_that_reaches_mollie_after_it_was_given_up_is_paid_by_nobody(
    psp: MolliePsp, far_end: MollieSandbox
) -> None:
    """Its link went to no one; it is found if we ask, and expires."""
    asked = order()
    old = about(asked, age=timedelta(seconds=91))
    assert Abandoned(None) == await psp.gateway.ask(old)
    late = await far_end.create(metadata={"paythread_attempt": asked.attempt_id})

    assert late.id == open_at(await psp.gateway.ask(old))
    await far_end.control("payments", late.id, expire=True)
    assert Abandoned(late.id) == await psp.gateway.ask(old)


async def test_a_refused_connection_proves_that_nothing_left() -> None:
    gateway = MollieGateway({"api_key": API_KEY, "api_base": f"http://127.0.0.1:{free_port()}"})
    asked = order()

    assert isinstance(await gateway.charge(asked), Unreached)
    assert isinstance(await gateway.ask(about(asked, "tr_1234")), Unknown)
    assert isinstance(await gateway.cancel(about(asked, "tr_1234")), Unknown)
    assert isinstance(await gateway.refund(money_order("tr_1234")), Unknown)
    assert isinstance(await gateway.capture(money_order("tr_1234")), Unknown)
    with pytest.raises(GatewayUnavailable):
        await gateway.check()
    await gateway.close()


async def test_an_account_that_is_turned_away_has_charged_nothing(far_end: MollieSandbox) -> None:
    """Another PSP may be tried; an order for money waits until the key is mended."""
    gateway = MollieGateway(mollie_config(far_end) | {"api_key": "test_another"})

    assert isinstance(await gateway.charge(order()), Unreached)
    assert isinstance(await gateway.refund(money_order("tr_1234")), Unknown)
    with pytest.raises(GatewayUnavailable):
        await gateway.check()
    await gateway.close()


async def test_an_order_that_mollie_will_not_take_is_a_decline(psp: MolliePsp) -> None:
    assert Declined(None, "processing_error") == await psp.gateway.charge(order(return_url=None))


# Calling off


async def test_an_open_payment_is_called_off_and_stays_so(psp: MolliePsp) -> None:
    asked = order()
    reference = open_at(await psp.gateway.charge(asked))
    question = about(asked, reference)

    assert Abandoned(reference) == await psp.gateway.cancel(question)
    assert Abandoned(reference) == await psp.gateway.cancel(question)
    assert Abandoned(reference) == await psp.gateway.ask(question)


async def test_one_that_mollie_will_not_cancel_stays_open_until_it_expires(
    psp: MolliePsp, far_end: MollieSandbox
) -> None:
    """As most of Mollie's payments do. The truth is told, not what was wished."""
    asked = order()
    outcome = await psp.gateway.charge(asked)
    reference = open_at(outcome)
    await far_end.control("payments", reference, isCancelable=False)

    assert outcome == await psp.gateway.cancel(about(asked, reference))
    await far_end.control("payments", reference, expire=True)
    assert Abandoned(reference) == await psp.gateway.cancel(about(asked, reference))


async def test_a_hold_is_let_go(psp: MolliePsp) -> None:
    asked, reference = await held(psp)

    assert Abandoned(reference) == await psp.gateway.cancel(about(asked, reference))


async def test_a_failed_payment_is_final(psp: MolliePsp) -> None:
    await psp.will("generic_decline")
    asked = order()
    outcome = await psp.charge(asked)
    assert isinstance(outcome, Declined)

    assert Abandoned(outcome.reference) == await psp.gateway.cancel(about(asked, outcome.reference))


async def test_calling_off_what_was_paid_tells_so(psp: MolliePsp) -> None:
    asked, reference = await paid(psp)

    assert isinstance(await psp.gateway.cancel(about(asked, reference)), Succeeded)


# Capturing


async def captured(psp: MolliePsp, asked: ChargeOrder, reference: str) -> Money:
    async def done() -> Money | None:
        found = await psp.gateway.ask(about(asked, reference))
        return found.captured if isinstance(found, Succeeded) else None

    amount: Money = await eventually(done)
    return amount


async def test_a_hold_is_captured_once_however_often_it_is_ordered(psp: MolliePsp) -> None:
    asked, reference = await held(psp)
    ordered = money_order(reference)
    first = await psp.gateway.capture(ordered)
    second = await psp.gateway.capture(ordered)

    assert isinstance(first, Accepted)
    assert first == second
    assert DUE == await captured(psp, asked, reference)
    again = await psp.gateway.capture(money_order(reference, order_id=ordered.order_id, again=True))
    assert Done(first.reference, DUE) == again


async def test_what_is_not_captured_is_let_go(psp: MolliePsp, far_end: MollieSandbox) -> None:
    asked, reference = await held(psp)

    assert isinstance(await psp.gateway.capture(money_order(reference, PART)), Accepted)
    assert PART == await captured(psp, asked, reference)
    status = (await far_end.sdk().payments.get_async(payment_id=reference)).status
    assert "paid" == status


async def test_more_than_is_held_is_not_captured(psp: MolliePsp) -> None:
    asked, reference = await held(psp)
    outcome = await psp.gateway.capture(money_order(reference, Money.of(5000, "EUR")))

    assert Refused("The amount is higher than the maximum") == outcome
    assert isinstance(await psp.gateway.ask(about(asked, reference)), Authorised)


async def test_a_capture_that_fails_at_the_bank_is_reported(
    psp: MolliePsp, far_end: MollieSandbox
) -> None:
    _, reference = await held(psp)
    outcome = await psp.gateway.capture(money_order(reference))
    assert isinstance(outcome, Accepted)
    await far_end.control("captures", outcome.reference, status="failed")
    event = await completed(psp, reference)

    assert event.capture is not None
    assert (outcome.reference, True) == (event.capture.reference, event.capture.failed)
    assert isinstance(event.outcome, Authorised)


# Refunding


async def test_a_refund_is_accepted_and_then_done(psp: MolliePsp) -> None:
    asked, reference = await paid(psp)
    ordered = money_order(reference, PART)
    outcome = await psp.gateway.refund(ordered)
    assert isinstance(outcome, Accepted)

    async def done() -> bool:
        sight = await psp.gateway.look(about(asked, reference))
        fact = RefundFact(outcome.reference, PART, "succeeded", ordered.order_id)
        return [fact] == list(sight.refunds)

    await eventually(done)


async def test_several_refunds_add_up_and_no_more_goes_back_than_came(psp: MolliePsp) -> None:
    _, reference = await paid(psp)
    for _ in range(2):
        assert isinstance(await psp.gateway.refund(money_order(reference, PART)), Accepted)

    assert isinstance(await psp.gateway.refund(money_order(reference, PART)), Refused)


async def test_a_refund_without_an_answer_is_sent_again_and_made_once(
    psp: MolliePsp, far_end: MollieSandbox
) -> None:
    asked, reference = await paid(psp)
    ordered = money_order(reference, PART)
    await far_end.faults(timeout_after=1)
    first = await psp.gateway.refund(ordered)
    second = await psp.gateway.refund(
        money_order(reference, PART, order_id=ordered.order_id, again=True)
    )

    assert isinstance(first, Unknown)
    assert isinstance(second, Accepted | Done)
    assert 1 == len((await psp.gateway.look(about(asked, reference))).refunds)


async def test_a_refund_older_than_its_key_is_found_by_its_order(
    psp: MolliePsp, far_end: MollieSandbox
) -> None:
    """Mollie forgets a key after an hour. Here the refund was made under another, which comes to the same."""
    asked, reference = await paid(psp)
    ordered = money_order(reference, PART, again=True)
    made = await far_end.sdk().refunds.create_async(
        payment_id=reference,
        refund_request={
            "amount": {"currency": "EUR", "value": "20.00"},
            "metadata": {"paythread_order": ordered.order_id},
        },
    )
    outcome = await psp.gateway.refund(ordered)

    assert isinstance(outcome, Accepted | Done)
    assert made.id == outcome.reference
    assert 1 == len((await psp.gateway.look(about(asked, reference))).refunds)


async def test_twenty_refunds_of_one_order_at_once_are_one(psp: MolliePsp) -> None:
    asked, reference = await paid(psp)
    ordered = money_order(reference, PART)
    outcomes = await asyncio.gather(*(psp.gateway.refund(ordered) for _ in range(20)))

    assert 1 == len({each.reference for each in outcomes if isinstance(each, Accepted)})
    assert 1 == len((await psp.gateway.look(about(asked, reference))).refunds)


async def test_a_refund_of_nothing_known_is_refused(psp: MolliePsp) -> None:
    assert isinstance(await psp.gateway.refund(money_order("tr_unknown12")), Refused)


# Reports


async def completed(psp: MolliePsp, reference: str) -> GatewayEvent:
    (event,) = psp.gateway.read_events({}, f"id={reference}".encode(), now=utc_now())
    assert event == psp.gateway.reread_event(event.body)
    return await psp.gateway.complete_event(event)


async def test_a_report_is_completed_with_all_that_mollie_knows(
    psp: MolliePsp, far_end: MollieSandbox
) -> None:
    asked, reference = await paid(psp)
    made = await far_end.control("refunds", reference, amount={"currency": "EUR", "value": "20.00"})
    opened = await far_end.control("chargebacks", reference)
    event = await completed(psp, reference)

    assert asked.attempt_id == event.attempt_id
    assert not event.look
    assert isinstance(event.outcome, Succeeded)
    assert [RefundFact(made["id"], PART, "pending")] == list(event.refunds)
    assert event.dispute is not None
    assert (opened["id"], DUE, "open") == (
        event.dispute.reference,
        event.dispute.amount,
        event.dispute.state,
    )


async def test_a_report_of_a_payment_that_mollie_does_not_know_is_forged(psp: MolliePsp) -> None:
    with pytest.raises(WebhookForged):
        await completed(psp, "tr_unknown12")


async def test_a_report_that_cannot_be_completed_is_not_taken(
    psp: MolliePsp, far_end: MollieSandbox
) -> None:
    """Mollie sends it again."""
    _, reference = await paid(psp)
    await far_end.faults(error_before=1)
    with pytest.raises(GatewayUnavailable):
        await completed(psp, reference)


async def test_a_payment_of_another_program_says_nothing_to_us(
    psp: MolliePsp, far_end: MollieSandbox
) -> None:
    stranger = await far_end.create()

    assert not (await completed(psp, stranger.id)).says_something


# Books


async def test_the_books_tell_what_moved_as_our_transactions_name_it(
    psp: MolliePsp, far_end: MollieSandbox
) -> None:
    since = utc_now() - timedelta(seconds=2)
    _, reference = await paid(psp)
    refund = await far_end.control(
        "refunds", reference, amount={"currency": "EUR", "value": "20.00"}
    )
    await far_end.control("refunds", refund["id"], status="refunded")
    dispute = await far_end.control("chargebacks", reference)
    await far_end.control("chargebacks", dispute["id"])
    found = await psp.gateway.movements(since, utc_now() + timedelta(minutes=1))

    ours = [
        (each.kind, each.reference, each.amount, each.currency, each.fee)
        for each in found
        if each.reference.partition("#")[0] in {reference, refund["id"], dispute["id"]}
    ]
    assert [
        ("charge", reference, 4999, "EUR", 90),
        ("refund", refund["id"], -2000, "EUR", 0),
        ("dispute", dispute["id"], -4999, "EUR", 0),
        ("dispute", f"{dispute['id']}#won", 4999, "EUR", 0),
    ] == ours


async def test_the_books_of_another_time_are_left_closed(psp: MolliePsp) -> None:
    await paid(psp)
    now = utc_now()

    assert [] == list(await psp.gateway.movements(now - timedelta(days=2), now - timedelta(days=1)))
    assert [] == list(await psp.gateway.movements(now + timedelta(days=1), now + timedelta(days=2)))


async def test_without_the_organizations_token_the_books_cannot_be_read(
    far_end: MollieSandbox,
) -> None:
    gateway = MollieGateway(mollie_config(far_end) | {"organization_token": None})
    with pytest.raises(GatewayUnavailable):
        await gateway.movements(utc_now() - timedelta(days=1), utc_now())
    await gateway.close()


# The rest


async def test_the_page_leads_away_and_loads_nothing(psp: MolliePsp) -> None:
    page = psp.gateway.page

    assert ("mollie", "redirect", "", ()) == (
        page.provider,
        page.mode,
        page.script_url,
        page.origins,
    )
    assert "" == page.publishable_key


async def test_there_is_no_card_token_to_look_at(psp: MolliePsp) -> None:
    with pytest.raises(MethodUnusable):
        await psp.gateway.inspect("pm_1")


async def test_an_account_that_answers_passes_its_check(psp: MolliePsp) -> None:
    await psp.gateway.check()
