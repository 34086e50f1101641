"""What every gateway promises of a charge."""

from datetime import timedelta

import pytest

from core.money import CURRENCIES, Money
from payments.errors import MethodUnusable
from payments.gateway import (
    Abandoned,
    Authorised,
    Challenged,
    Declined,
    Processing,
    Succeeded,
    Unknown,
    Unreached,
)
from tests.payments.contract.asking import DUE, about, certain_after, charge, last4, order
from tests.payments.fake_psp import FakePsp
from tests.payments.gateways.adyen_psp import AdyenPsp
from tests.payments.psps import Psp
from tests.sandbox.harness import eventually
from tests.support.vectors import vectors


async def test_a_good_card_is_charged_what_was_asked(psp: Psp) -> None:
    outcome = await charge(psp, order(await psp.will("succeed")))

    assert isinstance(outcome, Succeeded)
    known = (outcome.captured, outcome.card.brand, outcome.card.last4)
    assert (DUE, "visa", last4(psp)) == known


@pytest.mark.parametrize("currency", ["GBP", "JPY", "KWD", "ISK"])
async def test_the_echoed_amount_is_in_the_currencys_own_minor_units(
    psp: Psp, currency: str
) -> None:
    amount = Money.of(1200, currency)
    outcome = await charge(psp, order(await psp.will("succeed"), amount=amount))
    if isinstance(outcome, Declined) and currency == "KWD":
        pytest.skip("this PSP does not take dinars")

    assert isinstance(outcome, Succeeded)
    assert amount == outcome.captured


async def test_an_amount_of_any_currency_comes_back_as_it_went_or_not_at_all(psp: Psp) -> None:
    """Every code that ISO 4217 has, in the PSP's own way to count."""
    codes = sorted(set(vectors("currency_exponents.json")["iso4217"]) & set(CURRENCIES))
    taken = 0
    for code in codes:
        amount = Money.of(100_000, code)
        outcome = await charge(psp, order(await psp.will("succeed"), amount=amount))
        assert isinstance(outcome, Succeeded | Declined | Unreached), code
        if isinstance(outcome, Succeeded):
            assert amount == outcome.captured
            taken += 1

    assert 20 < taken <= len(codes)


async def test_manual_capture_only_holds_the_money(psp: Psp) -> None:
    outcome = await charge(psp, order(await psp.will("hold"), capture="manual"))

    assert isinstance(outcome, Authorised)
    assert DUE == outcome.amount


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
async def test_a_decline_comes_with_its_reason_in_our_words(psp: Psp, code: str) -> None:
    asked = order(await psp.will(code))
    outcome = await charge(psp, asked)

    assert isinstance(outcome, Declined)
    assert code == outcome.code
    assert isinstance(await psp.gateway.ask(about(asked, outcome.reference)), Declined)


async def test_a_challenge_comes_with_the_key_that_opens_it(psp: Psp) -> None:
    asked = order(await psp.will("challenge"))
    outcome = await charge(psp, asked)

    assert isinstance(outcome, Challenged)
    assert outcome.client_secret or outcome.action or outcome.url
    assert outcome == await psp.gateway.ask(about(asked, outcome.reference))


async def test_a_challenge_that_is_passed_ends_in_the_money(psp: Psp) -> None:
    asked = order(await psp.will("challenge"))
    outcome = await charge(psp, asked)
    assert isinstance(outcome, Challenged)
    await psp.answer_challenge(asked, outcome, complete=True)

    assert isinstance(await psp.gateway.ask(about(asked, outcome.reference)), Succeeded)


async def test_a_challenge_that_is_failed_is_a_decline(psp: Psp) -> None:
    asked = order(await psp.will("challenge"))
    outcome = await charge(psp, asked)
    assert isinstance(outcome, Challenged)
    await psp.answer_challenge(asked, outcome, complete=False)
    after = await psp.gateway.ask(about(asked, outcome.reference))

    assert isinstance(after, Declined)
    assert "authentication_failed" == after.code


async def test_a_challenge_can_be_called_off_and_stays_so(psp: Psp) -> None:
    asked = order(await psp.will("challenge"))
    outcome = await charge(psp, asked)
    assert isinstance(outcome, Challenged)
    question = about(asked, outcome.reference)

    assert Abandoned(outcome.reference) == await psp.gateway.cancel(question)
    assert Abandoned(outcome.reference) == await psp.gateway.cancel(question)
    assert Abandoned(outcome.reference) == await psp.gateway.ask(question)


async def test_cancelling_what_has_succeeded_tells_so(psp: Psp) -> None:
    asked = order(await psp.will("succeed"))
    outcome = await charge(psp, asked)
    assert isinstance(outcome, Succeeded)

    assert isinstance(await psp.gateway.cancel(about(asked, outcome.reference)), Succeeded)


async def test_cancelling_a_declined_intent_makes_the_no_final(psp: Psp) -> None:
    asked = order(await psp.will("generic_decline"))
    outcome = await charge(psp, asked)
    assert isinstance(outcome, Declined)

    assert Abandoned(outcome.reference) == await psp.gateway.cancel(about(asked, outcome.reference))


async def test_a_hold_can_be_let_go(psp: Psp) -> None:
    asked = order(await psp.will("hold"), capture="manual")
    outcome = await charge(psp, asked)
    assert isinstance(outcome, Authorised)

    assert Abandoned(outcome.reference) == await psp.gateway.cancel(about(asked, outcome.reference))


async def test_what_takes_its_time_says_so(psp: Psp) -> None:
    assert isinstance(await charge(psp, order(await psp.will("process"))), Processing)


async def test_the_same_attempt_is_charged_once_however_often_it_is_sent(psp: Psp) -> None:
    asked = order(await psp.will("succeed"))
    first, second = await charge(psp, asked), await charge(psp, asked)

    assert first == second
    assert 1 == await psp.charges(asked.attempt_id)


async def test_silence_is_unknown_and_asking_finds_the_money(psp: Psp) -> None:
    """No answer is not a no. Without a reference the attempt is found by our own id."""
    asked = order(await psp.will("fail silently"))
    outcome = await charge(psp, asked)

    assert isinstance(outcome, Unknown)
    found = await psp.gateway.ask(about(asked))
    if isinstance(found, Challenged):
        # At the PSP's own page nobody has paid yet.
        await psp.visit(asked, found)
        found = await psp.gateway.ask(about(asked))
    assert isinstance(found, Succeeded)
    assert 1 == await psp.charges(asked.attempt_id)


async def test_what_never_arrived_is_unknown_until_it_cannot_arrive_any_more(psp: Psp) -> None:
    asked = order(await psp.will("stay away"))
    outcome = await charge(psp, asked)
    young, old = (certain_after(psp) + timedelta(seconds=each) for each in (-1, 1))

    assert isinstance(outcome, Unknown)
    assert isinstance(await psp.gateway.ask(about(asked, age=young)), Unknown)
    assert Abandoned(None) == await psp.gateway.ask(about(asked, age=old))
    assert Abandoned(None) == await psp.gateway.cancel(about(asked, age=old))
    assert 0 == await psp.charges(asked.attempt_id)


def fields_only(psp: Psp) -> None:
    if psp.gateway.page.mode == "redirect":
        pytest.skip("the customer shows the card to the PSP alone")


async def test_what_is_known_of_a_card_is_never_its_number(psp: Psp) -> None:
    fields_only(psp)
    if isinstance(psp, AdyenPsp):
        pytest.skip("it names a card only after the charge")
    card = await psp.gateway.inspect(await psp.will("succeed") or "")

    assert ("visa", "4242", "US") == (card.brand, card.last4, card.country)
    assert card.fingerprint


async def test_a_card_token_that_nobody_knows_is_unusable(psp: Psp) -> None:
    fields_only(psp)
    with pytest.raises(MethodUnusable):
        await psp.gateway.inspect("pm_unknown")


async def test_an_account_that_answers_passes_its_check(psp: Psp) -> None:
    await psp.gateway.check()


async def test_a_slow_method_ends_by_itself(psp: Psp) -> None:
    if isinstance(psp, FakePsp):
        pytest.skip("the hand-made PSP stands still")
    asked = order(await psp.will("process"))
    outcome = await charge(psp, asked)
    assert isinstance(outcome, Processing)

    async def done() -> bool:
        found = await psp.gateway.ask(about(asked, outcome.reference))
        return isinstance(found, Succeeded)

    await eventually(done, seconds=20)
