"""The gateway to Mollie, by the official SDK against the far end's process: paying, silence, calling off."""

from datetime import timedelta

import pytest

from core.money import CURRENCIES, Money
from payments.errors import GatewayUnavailable, MethodUnusable
from payments.gateway import (
    Abandoned,
    Challenged,
    Declined,
    Processing,
    Succeeded,
    Unknown,
    Unreached,
)
from payments.gateways.mollie import MollieGateway
from tests.mollie_sandbox.harness import API_KEY, MollieSandbox
from tests.payments.gateways.mollie_asking import about, held, money_order, open_at, order, paid
from tests.payments.gateways.mollie_psp import RETURN_URL, MolliePsp, mollie_config
from tests.support.free_port import free_port
from tests.support.vectors import vectors


@pytest.fixture
def psp(mollie_psp: MolliePsp) -> MolliePsp:
    return mollie_psp


@pytest.fixture
def far_end(mollie_far_end: MollieSandbox) -> MollieSandbox:
    return mollie_far_end


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
