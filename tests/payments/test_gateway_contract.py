"""What every gateway promises, on the hand-made PSP and on Stripe's SDK against the sandbox's process."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from core.clock import utc_now
from core.ids import new_id
from core.money import Money
from payments.errors import MethodUnusable, WebhookForged
from payments.gateway import (
    Abandoned,
    Authorised,
    Challenged,
    ChargeOrder,
    Declined,
    Processing,
    Question,
    Succeeded,
    Unknown,
)
from tests.payments.fakes import event_body
from tests.payments.psps import FakePsp, Psp, SandboxPsp, calm, intent_event
from tests.sandbox.harness import Sandbox, eventually

DUE = Money.of(4999, "GBP")
KINDS = ["fake", "stripe"]


@pytest.fixture(scope="module")
async def sandbox(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Sandbox]:
    """The sandbox as a process of its own, without a merchant to report to."""
    running = Sandbox(tmp_path_factory.mktemp("contract"))
    await running.start()
    yield running
    running.stop()


@pytest.fixture(params=KINDS)
async def psp(request: pytest.FixtureRequest, sandbox: Sandbox) -> AsyncIterator[Psp]:
    if request.param == "fake":
        yield FakePsp()
        return
    made = SandboxPsp(sandbox)
    yield made
    await made.gateway.close()
    await calm(sandbox)


def order(method: str, **changes: Any) -> ChargeOrder:
    asked: dict[str, Any] = {
        "attempt_id": new_id("att", utc_now()),
        "amount": DUE,
        "method": method,
        "capture": "automatic",
        "description": "INV-1",
        "force_challenge": False,
        "metadata": {"paythread_link": "lnk_1"},
    }
    return ChargeOrder(**(asked | changes))


def about(
    asked: ChargeOrder, reference: str | None = None, *, age: timedelta = timedelta(seconds=1)
) -> Question:
    """A question about an order that was handed over `age` ago."""
    now = utc_now()
    return Question(
        attempt_id=asked.attempt_id,
        reference=reference,
        amount=asked.amount,
        started_at=now - age,
        now=now,
    )


async def test_a_good_card_is_charged_what_was_asked(psp: Psp) -> None:
    outcome = await psp.gateway.charge(order(await psp.will("succeed")))

    assert isinstance(outcome, Succeeded)
    assert (DUE, "visa", "4242") == (outcome.captured, outcome.card.brand, outcome.card.last4)


@pytest.mark.parametrize("currency", ["GBP", "JPY"])
async def test_the_echoed_amount_is_in_the_currencys_own_minor_units(
    psp: Psp, currency: str
) -> None:
    amount = Money.of(1200, currency)
    outcome = await psp.gateway.charge(order(await psp.will("succeed"), amount=amount))

    assert isinstance(outcome, Succeeded)
    assert amount == outcome.captured


async def test_manual_capture_only_holds_the_money(psp: Psp) -> None:
    outcome = await psp.gateway.charge(order(await psp.will("hold"), capture="manual"))

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
    outcome = await psp.gateway.charge(asked)

    assert isinstance(outcome, Declined)
    assert code == outcome.code
    assert isinstance(await psp.gateway.ask(about(asked, outcome.reference)), Declined)


async def test_a_challenge_comes_with_the_key_that_opens_it(psp: Psp) -> None:
    asked = order(await psp.will("challenge"))
    outcome = await psp.gateway.charge(asked)

    assert isinstance(outcome, Challenged)
    assert outcome.client_secret
    assert outcome == await psp.gateway.ask(about(asked, outcome.reference))


async def test_a_challenge_that_is_passed_ends_in_the_money(psp: Psp) -> None:
    asked = order(await psp.will("challenge"))
    outcome = await psp.gateway.charge(asked)
    assert isinstance(outcome, Challenged)
    await psp.answer_challenge(asked.attempt_id, outcome.reference, complete=True)

    assert isinstance(await psp.gateway.ask(about(asked, outcome.reference)), Succeeded)


async def test_a_challenge_that_is_failed_is_a_decline(psp: Psp) -> None:
    asked = order(await psp.will("challenge"))
    outcome = await psp.gateway.charge(asked)
    assert isinstance(outcome, Challenged)
    await psp.answer_challenge(asked.attempt_id, outcome.reference, complete=False)
    after = await psp.gateway.ask(about(asked, outcome.reference))

    assert isinstance(after, Declined)
    assert "authentication_failed" == after.code


async def test_a_challenge_can_be_called_off_and_stays_so(psp: Psp) -> None:
    asked = order(await psp.will("challenge"))
    outcome = await psp.gateway.charge(asked)
    assert isinstance(outcome, Challenged)
    question = about(asked, outcome.reference)

    assert Abandoned(outcome.reference) == await psp.gateway.cancel(question)
    assert Abandoned(outcome.reference) == await psp.gateway.cancel(question)
    assert Abandoned(outcome.reference) == await psp.gateway.ask(question)


async def test_cancelling_what_has_succeeded_tells_so(psp: Psp) -> None:
    asked = order(await psp.will("succeed"))
    outcome = await psp.gateway.charge(asked)
    assert isinstance(outcome, Succeeded)

    assert isinstance(await psp.gateway.cancel(about(asked, outcome.reference)), Succeeded)


async def test_cancelling_a_declined_intent_makes_the_no_final(psp: Psp) -> None:
    asked = order(await psp.will("generic_decline"))
    outcome = await psp.gateway.charge(asked)
    assert isinstance(outcome, Declined)

    assert Abandoned(outcome.reference) == await psp.gateway.cancel(about(asked, outcome.reference))


async def test_a_hold_can_be_let_go(psp: Psp) -> None:
    asked = order(await psp.will("hold"), capture="manual")
    outcome = await psp.gateway.charge(asked)
    assert isinstance(outcome, Authorised)

    assert Abandoned(outcome.reference) == await psp.gateway.cancel(about(asked, outcome.reference))


async def test_what_takes_its_time_says_so(psp: Psp) -> None:
    assert isinstance(await psp.gateway.charge(order(await psp.will("process"))), Processing)


async def test_the_same_attempt_is_charged_once_however_often_it_is_sent(psp: Psp) -> None:
    asked = order(await psp.will("succeed"))
    first, second = await psp.gateway.charge(asked), await psp.gateway.charge(asked)

    assert first == second
    assert 1 == await psp.charges(asked.attempt_id)


async def test_silence_is_unknown_and_asking_finds_the_money(psp: Psp) -> None:
    """No answer is not a no. Without a reference the attempt is found by our own id."""
    asked = order(await psp.will("fail silently"))
    outcome = await psp.gateway.charge(asked)

    assert isinstance(outcome, Unknown)
    assert isinstance(await psp.gateway.ask(about(asked)), Succeeded)
    assert 1 == await psp.charges(asked.attempt_id)


async def test_what_never_arrived_is_unknown_until_it_cannot_arrive_any_more(psp: Psp) -> None:
    asked = order(await psp.will("stay away"))
    outcome = await psp.gateway.charge(asked)
    young, old = timedelta(seconds=89), timedelta(seconds=91)

    assert isinstance(outcome, Unknown)
    assert isinstance(await psp.gateway.ask(about(asked, age=young)), Unknown)
    assert Abandoned(None) == await psp.gateway.ask(about(asked, age=old))
    assert Abandoned(None) == await psp.gateway.cancel(about(asked, age=old))
    assert 0 == await psp.charges(asked.attempt_id)


async def test_what_is_known_of_a_card_is_never_its_number(psp: Psp) -> None:
    card = await psp.gateway.inspect(await psp.will("succeed"))

    assert ("visa", "4242", "US") == (card.brand, card.last4, card.country)
    assert card.fingerprint


async def test_a_card_token_that_nobody_knows_is_unusable(psp: Psp) -> None:
    with pytest.raises(MethodUnusable):
        await psp.gateway.inspect("pm_unknown")


async def test_an_account_that_answers_passes_its_check(psp: Psp) -> None:
    await psp.gateway.check()


# Reports


NOW = utc_now()


def a_report(psp: Psp) -> bytes:
    return event_body("evt_1") if isinstance(psp, FakePsp) else intent_event("charge.updated")


async def test_a_genuine_report_is_read(psp: Psp) -> None:
    body = a_report(psp)

    (event,) = psp.gateway.read_events(psp.signed(body, at=NOW), body, now=NOW)
    assert ("evt_1", None) == (event.id, event.outcome)
    assert event == psp.gateway.reread_event(body)


@pytest.mark.parametrize("seconds", [-300, 300])
async def test_a_report_within_five_minutes_is_read(psp: Psp, seconds: int) -> None:
    body = a_report(psp)
    headers = psp.signed(body, at=NOW + timedelta(seconds=seconds))

    assert "evt_1" == psp.gateway.read_events(headers, body, now=NOW)[0].id


@pytest.mark.parametrize("seconds", [-301, 301])
async def test_a_report_older_than_five_minutes_or_from_the_future_is_refused(
    psp: Psp, seconds: int
) -> None:
    body = a_report(psp)
    headers = psp.signed(body, at=NOW + timedelta(seconds=seconds))

    with pytest.raises(WebhookForged):
        psp.gateway.read_events(headers, body, now=NOW)


async def test_a_report_signed_by_another_is_refused(psp: Psp) -> None:
    body = a_report(psp)
    with pytest.raises(WebhookForged):
        psp.gateway.read_events(psp.signed(body, at=NOW, secret="whsec_other"), body, now=NOW)


async def test_a_report_that_was_changed_on_its_way_is_refused(psp: Psp) -> None:
    body = a_report(psp)
    with pytest.raises(WebhookForged):
        psp.gateway.read_events(psp.signed(body, at=NOW), body.replace(b"evt_1", b"evt_2"), now=NOW)


def spoilt(genuine: str) -> list[str]:
    """Headers that are no signature."""
    stamp, _, mac = genuine.partition(",")
    return [
        "",
        "=",
        ",",
        "t=,v1=",
        stamp,
        mac,
        f"{stamp},v0={mac[3:]}",
        f"{stamp},v1=é",
        f"{stamp},v1=not base64 nor hex!",
        f"t=one,{mac}",
        f"t={'9' * 5000},{mac}",
        f" t=1,{mac}",
    ]


async def test_a_report_without_a_signature_is_refused(psp: Psp) -> None:
    body = a_report(psp)
    with pytest.raises(WebhookForged):
        psp.gateway.read_events({}, body, now=NOW)


@pytest.mark.parametrize("which", range(12))
async def test_a_header_that_is_no_signature_is_refused(psp: Psp, which: int) -> None:
    body = a_report(psp)
    genuine = psp.signed(body, at=NOW)[psp.signature_header]
    with pytest.raises(WebhookForged):
        psp.gateway.read_events({psp.signature_header: spoilt(genuine)[which]}, body, now=NOW)


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"[]", b"null", b"{}", b'{"id": 1}'])
async def test_a_body_that_is_no_event_is_refused_even_when_signed(psp: Psp, body: bytes) -> None:
    with pytest.raises(WebhookForged):
        psp.gateway.read_events(psp.signed(body, at=NOW), body, now=NOW)


async def test_a_slow_method_ends_by_itself(psp: Psp) -> None:
    """Only the sandbox has a clock that runs."""
    if isinstance(psp, FakePsp):
        pytest.skip("the hand-made PSP stands still")
    asked = order(await psp.will("process"))
    outcome = await psp.gateway.charge(asked)
    assert isinstance(outcome, Processing)

    async def done() -> bool:
        found = await psp.gateway.ask(about(asked, outcome.reference))
        return isinstance(found, Succeeded)

    await eventually(done, seconds=20)
