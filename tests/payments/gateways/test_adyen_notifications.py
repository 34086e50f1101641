"""Adyen's notifications: every published signature, every odd one, and what each kind of event says."""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from Adyen.util import generate_notification_sig

from core.ids import new_id
from core.money import Money
from payments.errors import WebhookForged
from payments.gateway import (
    Abandoned,
    Authorised,
    CaptureFact,
    Declined,
    DisputeFact,
    GatewayEvent,
    Processing,
    RefundFact,
    Succeeded,
)
from payments.gateways.adyen_notifications import (
    event_of,
    read_keys,
    read_notification,
    reread_item,
    signature_of,
)
from tests.support.vectors import vectors

KEY_TEXT = "44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056"
KEYS = read_keys(KEY_TEXT)
NOW = datetime(2026, 11, 22, tzinfo=UTC)
ATTEMPT, REFUND = new_id("att", NOW), new_id("ref", NOW)
PSP, OTHER = "QFQTPCQ8HXSKGK82", "NC6HT9CRT65ZGN82"
SHOP = "Shop"


def item(code: str, *, success: bool = True, **more: Any) -> dict[str, Any]:
    return {
        "additionalData": {},
        "amount": {"currency": "EUR", "value": 1000},
        "eventCode": code,
        "eventDate": "2026-11-22T10:00:00+01:00",
        "merchantAccountCode": SHOP,
        "merchantReference": ATTEMPT,
        "paymentMethod": "visa",
        "pspReference": PSP,
        "reason": "",
        "success": "true" if success else "false",
    } | more


def signed(*items: dict[str, Any], key: bytes = KEYS[0]) -> bytes:
    wrapped = []
    for each in items:
        more = {**each["additionalData"], "hmacSignature": signature_of(each, key).decode()}
        wrapped.append({"NotificationRequestItem": {**each, "additionalData": more}})
    return json.dumps({"live": "false", "notificationItems": wrapped}).encode()


def read(body: bytes) -> list[GatewayEvent]:
    return read_notification(body, KEYS, SHOP)


# Signatures


def _cases() -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = vectors("adyen_hmac.json")["cases"]
    return cases


def _body(case: dict[str, Any]) -> bytes:
    given = case["notification"]
    if "notificationItems" not in given:
        given = {"live": "false", "notificationItems": [{"NotificationRequestItem": given}]}
    return json.dumps(given).encode()


def test_every_published_signature_gets_its_right_answer() -> None:
    """Those of Adyen's own SDKs, and the odd and forged ones made from them."""
    for case in _cases():
        keys = read_keys(case["hmac_key_hex"])
        if case["accept"]:
            events = read_notification(_body(case), keys, SHOP)
            assert len(events) >= 1, case["name"]
        else:
            with pytest.raises(WebhookForged):
                read_notification(_body(case), keys, SHOP)


def test_our_reading_of_the_scheme_is_the_published_one() -> None:
    for case in _cases():
        if "signing_string" not in case:
            continue
        given = case["notification"]
        if "notificationItems" in given:
            given = given["notificationItems"][0]["NotificationRequestItem"]
        (key,) = read_keys(case["hmac_key_hex"])
        mac = hmac.new(key, case["signing_string"].encode(), hashlib.sha256).digest()
        assert base64.b64encode(mac) == signature_of(given, key), case["name"]
        plain = {name: value for name, value in given.items() if name != "additionalData"}
        theirs = generate_notification_sig(plain, case["hmac_key_hex"])
        assert theirs == signature_of(given, key), case["name"]


def test_one_forged_item_refuses_them_all() -> None:
    good, bad = item("AUTHORISATION"), item("AUTHORISATION", pspReference=OTHER)
    body = json.loads(signed(good, bad))
    body["notificationItems"][1]["NotificationRequestItem"]["amount"]["value"] = 1

    with pytest.raises(WebhookForged):
        read(json.dumps(body).encode())


def test_several_items_are_several_events() -> None:
    events = read(signed(item("AUTHORISATION"), item("REFUND", originalReference=OTHER)))

    assert [f"{PSP}:AUTHORISATION:true", f"{PSP}:REFUND:true"] == [each.id for each in events]


def test_either_key_is_believed_while_one_replaces_the_other() -> None:
    both = read_keys(f"{'ab' * 32}, {KEY_TEXT}")

    assert 1 == len(read_notification(signed(item("AUTHORISATION"), key=both[0]), both, SHOP))
    assert 1 == len(read_notification(signed(item("AUTHORISATION"), key=both[1]), both, SHOP))


@pytest.mark.parametrize("text", ["", "zz", "abc", "ab", ","])
def test_a_key_that_is_none_is_refused_at_the_start(text: str) -> None:
    with pytest.raises(ValueError, match="hmac_key is hexadecimal"):
        read_keys(text)


ODD: list[Any] = [
    b"",
    b"\xff\xfe",
    b"[]",
    b"null",
    b"{}",
    b'{"notificationItems": []}',
    b'{"notificationItems": {}}',
    b'{"notificationItems": [7]}',
    b'{"notificationItems": [{}]}',
    b'{"notificationItems": [{"NotificationRequestItem": []}]}',
    b'{"notificationItems": [{"NotificationRequestItem": {}}]}',
    item("AUTHORISATION", additionalData=None),
    item("AUTHORISATION", additionalData=[]),
    item("AUTHORISATION", additionalData={"hmacSignature": 7}),
    item("AUTHORISATION", additionalData={"hmacSignature": "é" * 44}),
    item("AUTHORISATION", success=True) | {"success": True},
    item("AUTHORISATION") | {"success": "TRUE"},
    item("AUTHORISATION") | {"pspReference": None},
    item("AUTHORISATION") | {"pspReference": ""},
    item("AUTHORISATION") | {"pspReference": "x" * 300},
    item("AUTHORISATION") | {"amount": None},
    item("AUTHORISATION") | {"amount": {"currency": "EUR", "value": 10.5}},
    item("AUTHORISATION") | {"amount": {"currency": None, "value": 10}},
    item("AUTHORISATION") | {"eventCode": ["AUTHORISATION"]},
    item("AUTHORISATION") | {"merchantReference": {"a": 1}},
]


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_body_is_refused_and_breaks_nothing(odd: Any) -> None:
    if isinstance(odd, bytes):
        body = odd
    else:
        body = json.dumps({"notificationItems": [{"NotificationRequestItem": odd}]}).encode()

    with pytest.raises(WebhookForged):
        read(body)


def test_more_items_than_anybody_sends_are_refused() -> None:
    with pytest.raises(WebhookForged):
        read(signed(*[item("AUTHORISATION")] * 101))


def test_an_item_is_kept_so_that_it_reads_the_same_later() -> None:
    (event,) = read(signed(item("AUTHORISATION")))

    assert event == reread_item(event.body, SHOP)


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"pspReference": 7}'])
def test_what_was_never_kept_is_no_item(body: bytes) -> None:
    with pytest.raises(WebhookForged):
        reread_item(body, SHOP)


# What they say


EUR10 = Money.of(1000, "EUR")
MODIFIED = {"originalReference": OTHER}


def said(given: dict[str, Any]) -> dict[str, Any]:
    """The facts of an event that are not empty."""
    event = event_of(given, SHOP)
    facts = {"outcome": event.outcome, "dispute": event.dispute, "capture": event.capture}
    facts["refunds"] = list(event.refunds) or None
    return {name: fact for name, fact in facts.items() if fact is not None}


def refund(state: Any, why: str | None = None, **more: Any) -> dict[str, Any]:
    return {"refunds": [RefundFact(PSP, EUR10, state, more.get("order_id", REFUND), why)]}


def dispute(state: Any, withdrawn: bool, reason: str | None = None) -> dict[str, Any]:
    return {"dispute": DisputeFact(PSP, EUR10, state, reason, withdrawn)}


OURS = {**MODIFIED, "merchantReference": REFUND}
SAYINGS: list[tuple[dict[str, Any], dict[str, Any]]] = [
    (item("AUTHORISATION"), {"outcome": Authorised(PSP, EUR10, as_ordered=True)}),
    (item("AUTHORISATION", success=False, reason="Not enough balance"),
     {"outcome": Declined(PSP, "insufficient_funds")}),
    (item("PENDING"), {"outcome": Processing(PSP)}),
    (item("EXPIRE"), {"outcome": Abandoned(PSP)}),
    (item("OFFER_CLOSED"), {"outcome": Abandoned(PSP)}),
    (item("CANCELLATION", **MODIFIED), {"outcome": Abandoned(OTHER)}),
    (item("CANCELLATION", success=False, **MODIFIED), {}),
    (item("TECHNICAL_CANCEL", **MODIFIED), {"outcome": Abandoned(OTHER)}),
    (item("TECHNICAL_CANCEL"), {"outcome": Abandoned(None)}),
    (item("TECHNICAL_CANCEL", success=False), {}),
    (item("CANCEL_OR_REFUND", **MODIFIED), {"outcome": Abandoned(OTHER)}),
    (item("CANCEL_OR_REFUND", additionalData={"modification.action": "refund"}, **OURS),
     refund("succeeded")),
    (item("CAPTURE", **MODIFIED),
     {"outcome": Succeeded(OTHER, EUR10, charge_reference=PSP),
      "capture": CaptureFact(PSP, failed=False)}),
    (item("CAPTURE", success=False, reason="Insufficient balance on payment", **MODIFIED),
     {"capture": CaptureFact(PSP, failed=True, why="Insufficient balance on payment")}),
    (item("CAPTURE_FAILED", reason="Capture Failed", **MODIFIED),
     {"capture": CaptureFact(PSP, failed=True, why="Capture Failed")}),
    (item("REFUND", **OURS), refund("succeeded")),
    (item("REFUND", **MODIFIED), refund("succeeded", order_id=None)),
    (item("REFUND", success=False, reason="no", **OURS), refund("failed", "no")),
    (item("REFUND_FAILED", reason="Refund Failed", **OURS), refund("failed", "Refund Failed")),
    (item("REFUNDED_REVERSED", **OURS), refund("failed")),
    (item("POSTPONED_REFUND", **OURS), refund("pending")),
    (item("NOTIFICATION_OF_CHARGEBACK", **MODIFIED), dispute("open", False)),
    (item("CHARGEBACK", reason="Other Fraud", **MODIFIED), dispute("open", True, "Other Fraud")),
    (item("CHARGEBACK_REVERSED"), dispute("won", False)),
    (item("SECOND_CHARGEBACK"), dispute("lost", True)),
    (item("PREARBITRATION_WON"), dispute("won", False)),
    (item("PREARBITRATION_LOST"), dispute("lost", True)),
    (item("DISPUTE_DEFENSE_PERIOD_ENDED", additionalData={"disputeStatus": "Lost"}),
     dispute("lost", True)),
    (item("DISPUTE_DEFENSE_PERIOD_ENDED"), {}),
    (item("REPORT_AVAILABLE", reason="https://evil.example/report.csv"), {}),
    (item("SOMETHING_NEW"), {}),
    (item("AUTHORISATION", merchantAccountCode="Another"), {}),
    (item("REFUND", amount={"currency": "XXX", "value": 1}, **OURS), {}),
]  # fmt: skip


@pytest.mark.parametrize(("given", "facts"), SAYINGS)
def test_each_kind_of_event_says_its_own(given: dict[str, Any], facts: dict[str, Any]) -> None:
    assert facts == said(given)


def test_the_attempt_is_known_by_its_own_id_and_by_the_payments_reference() -> None:
    paid = event_of(item("AUTHORISATION"), SHOP)
    refunded = event_of(item("REFUND", **OURS), SHOP)

    assert (ATTEMPT, PSP) == (paid.attempt_id, paid.reference)
    assert (None, OTHER) == (refunded.attempt_id, refunded.reference)


def test_a_report_that_is_sent_again_has_the_same_id() -> None:
    """Nothing but the signed part makes it, so a replay with another date or reason is still a replay."""
    first = event_of(item("AUTHORISATION"), SHOP)
    again = event_of(item("AUTHORISATION", eventDate="2099-01-01T00:00:00+00:00", reason="x"), SHOP)

    assert first.id == again.id


def test_nothing_that_is_not_signed_moves_money() -> None:
    plain = event_of(item("AUTHORISATION"), SHOP).outcome
    dressed = event_of(
        item("AUTHORISATION", live="true", reason="x", operations=["REFUND"], paymentMethod="x"),
        SHOP,
    ).outcome

    assert plain == dressed


def test_a_dispute_says_until_when_it_can_be_defended() -> None:
    given = item("CHARGEBACK", additionalData={"defensePeriodEndsAt": "2026-12-31T03:03:07+01:00"})
    found = event_of(given, SHOP).dispute

    assert found is not None
    assert datetime(2026, 12, 31, 2, 3, 7, tzinfo=UTC) == found.respond_by


def test_an_amount_told_as_text_is_an_amount() -> None:
    given = item("AUTHORISATION", amount={"currency": "EUR", "value": "1000"})

    assert {"outcome": Authorised(PSP, EUR10, as_ordered=True)} == said(given)
