"""The Stripe gateway's own matters: amounts, decline codes, events as published, and a PSP that misbehaves."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.clock import utc_now
from core.ids import new_id
from core.money import CURRENCIES, Money
from payments.errors import GatewayUnavailable, WebhookForged
from payments.gateway import (
    Abandoned,
    Authorised,
    Challenged,
    ChargeOrder,
    Declined,
    GatewayEvent,
    Processing,
    Question,
    Risk,
    Succeeded,
    Unknown,
)
from payments.gateways.stripe import StripeGateway
from payments.gateways.stripe_words import from_stripe, outcome_of_intent, to_stripe
from tests.payments.psps import charges_of, intent_event, stripe_config, stripe_signed
from tests.sandbox.harness import Sandbox
from tests.support.vectors import PROJECT, vectors

VECTORS = PROJECT.parent / "shared" / "vectors" / "stripe_events"
SIGNED_AT = datetime.fromtimestamp(1_700_000_000, UTC)
NOWHERE = {
    "secret_key": "sk_test_x",
    "publishable_key": "pk_test_x",
    "webhook_secret": "whsec_1,whsec_2",
    "api_base": "http://127.0.0.1:9",
}


def gateway(**config: Any) -> StripeGateway:
    return StripeGateway(NOWHERE | config, call_seconds_max=1, whole_seconds_max=1)


# Amounts


@pytest.mark.parametrize(
    ("minor", "currency", "theirs"),
    [(4999, "GBP", 4999), (1200, "JPY", 1200), (1200, "ISK", 120_000), (1200, "UGX", 120_000),
     (1250, "KWD", 1250)],
)  # fmt: skip
def test_an_amount_as_stripe_counts_it(minor: int, currency: str, theirs: int) -> None:
    assert theirs == to_stripe(Money.of(minor, currency))


@given(minor=st.integers(0, 10**11), currency=st.sampled_from(sorted(CURRENCIES)))
def test_an_amount_comes_back_as_it_went(minor: int, currency: str) -> None:
    money = Money.of(minor, currency)

    assert money == from_stripe(to_stripe(money), currency.lower())


@pytest.mark.parametrize(("amount", "currency"), [(1, "xxx"), (-1, "gbp"), (150, "isk")])
def test_an_amount_that_is_none_is_not_rounded_into_one(amount: int, currency: str) -> None:
    assert from_stripe(amount, currency) is None


# What an intent says


def intent(status: str, **more: Any) -> dict[str, Any]:
    return {
        "id": "pi_1",
        "object": "payment_intent",
        "status": status,
        "amount": 4999,
        "currency": "gbp",
        "client_secret": "pi_1_secret",
    } | more


DUE = Money.of(4999, "GBP")
STATUSES = [
    (intent("succeeded", amount_received=4999), Succeeded("pi_1", DUE)),
    (intent("succeeded"), Unknown("an amount that is none")),
    (intent("succeeded", amount_received="4999"), Unknown("an amount that is none")),
    (intent("requires_capture", amount_capturable=4999), Authorised("pi_1", DUE)),
    (intent("processing"), Processing("pi_1")),
    (intent("requires_action"), Challenged("pi_1", "pi_1_secret")),
    (intent("requires_source_action"), Challenged("pi_1", "pi_1_secret")),
    (intent("canceled"), Abandoned("pi_1")),
    (intent("requires_payment_method"), Unknown("no method and no error yet")),
    (intent("requires_confirmation"), Unknown("status requires_confirmation")),
    (
        intent("requires_payment_method", last_payment_error={"code": "card_declined"}),
        Declined("pi_1", "generic_decline"),
    ),
    (
        intent(
            "requires_payment_method",
            last_payment_error={"code": "card_declined", "decline_code": "lost_card"},
        ),
        Declined("pi_1", "lost_or_stolen"),
    ),
]


@pytest.mark.parametrize(("found", "outcome"), STATUSES)
def test_each_status_of_an_intent_is_one_outcome(found: dict[str, Any], outcome: object) -> None:
    assert outcome == outcome_of_intent(found)


def test_card_and_risk_are_read_from_either_form_of_the_charge() -> None:
    """`latest_charge` expanded, or `charges.data` of API versions before 2022-11-15."""
    charge = {
        "id": "ch_1",
        "payment_method_details": {"card": {"brand": "visa", "last4": "4242", "country": "US"}},
        "outcome": {"risk_level": "elevated", "risk_score": 70, "type": "authorized"},
    }
    newer = outcome_of_intent(intent("succeeded", amount_received=4999, latest_charge=charge))
    older = outcome_of_intent(intent("succeeded", amount_received=4999, charges={"data": [charge]}))

    assert isinstance(newer, Succeeded)
    assert newer == older
    assert ("4242", Risk("elevated", 70), "ch_1") == (
        newer.card.last4,
        newer.risk,
        newer.charge_reference,
    )


# Events


@pytest.mark.parametrize(
    ("kind", "content", "outcome"),
    [
        ("succeeded", intent("succeeded", amount_received=4999), Succeeded("pi_1", DUE)),
        ("processing", intent("processing"), Processing("pi_1")),
        ("canceled", intent("canceled"), Abandoned("pi_1")),
        ("requires_action", intent("requires_action"), Challenged("pi_1", "pi_1_secret")),
        ("created", intent("requires_confirmation"), None),
        ("created", intent("succeeded", amount_received=4999), None),
        ("partially_funded", intent("requires_action"), None),
        ("payment_failed", intent("requires_payment_method"), None),
    ],
)
def test_an_event_says_what_its_intent_says(kind: str, content: Any, outcome: object) -> None:
    event = gateway().reread_event(intent_event(f"payment_intent.{kind}", content))

    assert ("evt_1", "pi_1", outcome) == (event.id, event.reference, event.outcome)


def test_an_event_names_our_attempt() -> None:
    content = intent("canceled", metadata={"paythread_attempt": "att_1"})

    assert (
        "att_1"
        == gateway().reread_event(intent_event("payment_intent.canceled", content)).attempt_id
    )


@pytest.mark.parametrize(
    "content",
    [{"id": 7}, {"id": None}, {"id": ""}, {"id": "p" * 256}, {"metadata": []},
     {"metadata": {"paythread_attempt": 7}}, {"status": 7}, {"last_payment_error": "x"},
     {"charges": 1}, {"latest_charge": {"outcome": 1, "payment_method_details": []}}],
)  # fmt: skip
def test_an_event_of_another_shape_than_we_know_is_no_reason_to_fall_over(content: Any) -> None:
    """It is signed, so it is the PSP's; what it says of an attempt is nothing."""
    event = gateway().reread_event(intent_event("payment_intent.succeeded", content))

    assert isinstance(event, GatewayEvent)
    assert event.outcome is None
    assert event.attempt_id is None


def test_an_event_about_something_else_says_nothing_of_an_attempt() -> None:
    body = json.dumps(
        {"id": "evt_1", "type": "charge.refunded", "data": {"object": {"object": "charge"}}}
    ).encode()

    assert GatewayEvent(id="evt_1", type="charge.refunded", body=body) == gateway().reread_event(body)


@pytest.mark.parametrize("secret", ["whsec_1", "whsec_2"])
def test_while_a_secret_is_changed_both_hold(secret: str) -> None:
    body, now = intent_event("charge.updated"), utc_now()
    headers = stripe_signed(body, at=now, secret=secret)

    assert "evt_1" == gateway().read_events(headers, body, now=now)[0].id


def test_no_secret_is_no_open_door() -> None:
    body, now = intent_event("charge.updated"), utc_now()
    for secret in ("", ","):
        with pytest.raises(WebhookForged):
            gateway(webhook_secret=secret).read_events(
                stripe_signed(body, at=now, secret=""), body, now=now
            )


def test_a_header_with_another_time_before_the_signed_one_does_not_pass_as_fresh() -> None:
    """Whoever holds an old report may rearrange its header."""
    body, now = intent_event("charge.updated"), utc_now()
    old = stripe_signed(body, at=now - timedelta(hours=1), secret="whsec_1")["stripe-signature"]
    fresh = f"t={int(now.timestamp())}"
    for header in (f" {fresh},{old}", f"{fresh},{old}", f"{old},{fresh}", f"t,{old}"):
        with pytest.raises(WebhookForged):
            gateway().read_events({"stripe-signature": header}, body, now=now)


def event_names() -> list[str]:
    return sorted(path.name for path in VECTORS.glob("*.json")) or ["none"]


@pytest.mark.parametrize("name", event_names())
def test_an_event_as_published_is_read_without_an_exception(name: str) -> None:
    vector = vectors(str(Path("stripe_events") / name))
    body = vector["raw_body"].encode()
    headers = {"stripe-signature": vector["stripe_signature_at_1700000000"]}
    receiver = gateway(webhook_secret=vector["secret"])
    (event,) = receiver.read_events(headers, body, now=SIGNED_AT)

    assert (json.loads(body)["id"], vector["type"]) == (event.id, event.type)


@pytest.mark.parametrize("name", event_names())
def test_an_event_as_published_with_one_byte_changed_is_forged(name: str) -> None:
    vector = vectors(str(Path("stripe_events") / name))
    body = vector["raw_body"].encode()
    headers = {"stripe-signature": vector["stripe_signature_at_1700000000"]}
    receiver = gateway(webhook_secret=vector["secret"])
    for mutated in (body[:-1] + b" }", body.replace(b"evt_", b"evt-", 1), body + b"\n"):
        with pytest.raises(WebhookForged):
            receiver.read_events(headers, mutated, now=SIGNED_AT)


# A PSP that misbehaves


@pytest.fixture(scope="module")
async def sandbox(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Sandbox]:
    running = Sandbox(tmp_path_factory.mktemp("stripe"))
    await running.start()
    yield running
    running.stop()


@pytest.fixture
async def stripe(sandbox: Sandbox) -> AsyncIterator[StripeGateway]:
    made = StripeGateway(stripe_config(sandbox), call_seconds_max=2, whole_seconds_max=3)
    yield made
    await made.close()


def order(method: str = "pm_card_visa", **changes: Any) -> ChargeOrder:
    asked: dict[str, Any] = {
        "attempt_id": new_id("att", utc_now()),
        "amount": DUE,
        "method": method,
        "capture": "automatic",
        "description": "INV-1",
        "force_challenge": False,
        "metadata": {},
    }
    return ChargeOrder(**(asked | changes))


async def test_one_fault_before_the_work_is_retried_under_the_same_key(
    sandbox: Sandbox, stripe: StripeGateway
) -> None:
    await sandbox.faults(error_before=1)

    assert isinstance(await stripe.charge(order()), Succeeded)


async def test_one_silence_after_the_work_is_retried_and_charges_once(
    sandbox: Sandbox,
) -> None:
    await sandbox.faults(timeout_after=1)
    patient = StripeGateway(stripe_config(sandbox), call_seconds_max=1, whole_seconds_max=10)
    asked = order()
    outcome = await patient.charge(asked)
    await patient.close()

    assert isinstance(outcome, Succeeded)
    assert 1 == await charges_of(sandbox, asked.attempt_id)


@pytest.mark.parametrize("ahead", [timedelta(minutes=-4), timedelta(minutes=4)])
async def test_an_intent_is_found_though_our_clock_and_the_psps_differ(
    stripe: StripeGateway, ahead: timedelta
) -> None:
    """By as much as its reports are still taken with. Not to find it would allow a second charge."""
    asked = order()
    await stripe.charge(asked)
    started_at = utc_now() + ahead
    question = Question(
        attempt_id=asked.attempt_id,
        reference=None,
        amount=DUE,
        started_at=started_at,
        now=started_at + timedelta(minutes=2),
    )

    assert isinstance(await stripe.ask(question), Succeeded)


async def test_our_rules_can_ask_the_bank_to_see_the_customer(stripe: StripeGateway) -> None:
    easy = await stripe.charge(order("pm_card_threeDSecureOptional"))
    asked = await stripe.charge(order("pm_card_threeDSecureOptional", force_challenge=True))

    assert isinstance(easy, Succeeded)
    assert isinstance(asked, Challenged)


async def test_the_psps_own_block_is_told_with_its_risk(stripe: StripeGateway) -> None:
    outcome = await stripe.charge(order("pm_card_radarBlock"))

    assert isinstance(outcome, Declined)
    assert ("fraud_suspected", True) == (outcome.code, outcome.risk.blocked)


async def test_elevated_risk_comes_with_the_money(stripe: StripeGateway) -> None:
    outcome = await stripe.charge(order("pm_card_riskLevelElevated"))

    assert isinstance(outcome, Succeeded)
    assert "elevated" == outcome.risk.level


async def test_an_amount_below_the_psps_minimum_is_a_decline_and_nothing_is_there(
    stripe: StripeGateway,
) -> None:
    outcome = await stripe.charge(order(amount=Money.of(1, "GBP")))

    assert isinstance(outcome, Declined)
    assert outcome.reference is None


async def test_a_key_that_the_psp_refuses_charges_nothing(sandbox: Sandbox) -> None:
    wrong = StripeGateway(stripe_config(sandbox) | {"secret_key": "sk_test_wrong"})
    outcome = await wrong.charge(order())
    with pytest.raises(GatewayUnavailable):
        await wrong.check()
    with pytest.raises(GatewayUnavailable):
        await wrong.inspect("pm_card_visa")
    await wrong.close()

    assert Declined(None, "processing_error") == outcome


async def test_a_psp_that_is_not_there_is_unknown_for_money_and_unavailable_for_questions() -> None:
    nobody = gateway()

    assert isinstance(await nobody.charge(order()), Unknown)
    with pytest.raises(GatewayUnavailable):
        await nobody.inspect("pm_card_visa")
    with pytest.raises(GatewayUnavailable):
        await nobody.check()
    await nobody.close()


def test_the_page_is_told_where_the_psps_fields_come_from() -> None:
    real = StripeGateway(NOWHERE | {"js_url": None})
    own = gateway(js_url="http://localhost:4000/v3/")

    assert "https://js.stripe.com/v3/" == real.page.script_url
    assert "https://js.stripe.com" in real.page.origins
    assert ("http://localhost:4000",) == own.page.origins
