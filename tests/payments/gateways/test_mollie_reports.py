"""Mollie's webhooks: what is read, what is kept, and what is forged."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from payments.errors import WebhookForged
from payments.gateway import GatewayEvent
from payments.gateways.mollie_reports import is_payment_id, read_reports, reread_report
from tests.payments.gateways.mollie_psp import mollie_signed

NOW = datetime(2026, 1, 1, 10, tzinfo=UTC)
SECRET = "mollie_secret"


def read(body: bytes, headers: dict[str, str] | None = None, **more: Any) -> GatewayEvent:
    asked: dict[str, Any] = {"secrets": [SECRET], "now": NOW}
    (event,) = read_reports(headers or {}, body, **(asked | more))
    return event


def signed(body: bytes, secret: str = SECRET) -> dict[str, str]:
    return mollie_signed(body, secret=secret)


def event_body(**changes: Any) -> bytes:
    told = {"resource": "event", "id": "event_1", "type": "payment.paid", "entityId": "tr_1234"}
    return json.dumps(told | changes).encode()


def test_a_classic_report_sends_us_to_look() -> None:
    event = read(b"id=tr_5B8cwPMGnU6qLbRvo7qEZo")

    assert ("payment.changed", "tr_5B8cwPMGnU6qLbRvo7qEZo") == (event.type, event.reference)
    assert event.look
    assert event.outcome is None


def test_the_same_bytes_are_news_each_time() -> None:
    """A payment is reported as paid and, days later, as refunded, in the very same words."""
    first, later = read(b"id=tr_1234"), read(b"id=tr_1234", now=NOW + timedelta(days=2))

    assert first.id != later.id
    assert first == read(b"id=tr_1234")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"id=",
        b"id=tr_",
        b"id=re_1234",
        b"id=tr_12/../../x",
        b"id=tr_1234%0a",
        b"id=tr_1234&id=tr_5678",
        b"id=tr_1234&amount=1",
        b"ID=tr_1234",
        b'{"id": "tr_1234"}',
        b"id=tr_" + b"a" * 500,
        "id=tr_é1234".encode(),
        b"\xff\xfe",
        b"id=tr_1234;",
        b"&&&",
    ],
)
def test_a_form_of_another_shape_is_forged(body: bytes) -> None:
    with pytest.raises(WebhookForged):
        read(body)


def test_a_signed_event_is_read_once_its_signature_holds() -> None:
    body = event_body()
    event = read(body, signed(body))

    assert ("event_1", "payment.paid", "tr_1234", True) == (
        event.id,
        event.type,
        event.reference,
        event.look,
    )


def test_while_a_secret_is_replaced_either_signature_will_do() -> None:
    body = event_body()
    both = ", ".join(signed(body, secret)["x-mollie-signature"] for secret in ("new", "old"))

    assert "event_1" == read(body, {"x-mollie-signature": both}, secrets=["old"]).id
    assert "event_1" == read(body, signed(body, "old"), secrets=["new", "old"]).id


@pytest.mark.parametrize(
    "signature",
    ["", "sha256=", "=", ",", "sha256=00", "sha256=é", "sha512=" + "0" * 64, "0" * 64, "\x00"],
)
def test_a_signature_that_does_not_hold_is_forged(signature: str) -> None:
    with pytest.raises(WebhookForged):
        read(event_body(), {"x-mollie-signature": signature})


def test_a_signature_of_other_bytes_or_by_another_is_forged() -> None:
    body = event_body()
    for headers in (signed(body + b" "), signed(body, "another")):
        with pytest.raises(WebhookForged):
            read(body, headers)


def test_without_a_secret_no_signature_is_believed() -> None:
    body = event_body()
    with pytest.raises(WebhookForged):
        read(body, signed(body, ""), secrets=[])


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"null",
        b"{}",
        b"\xff",
        b"id=tr_1234",
        event_body(id=1),
        event_body(id="a b"),
        event_body(type=None),
        event_body(resource="weather", id="tr_1234"),
        b'{"resource": "event", "resource": "event"}',
    ],
)
def test_signed_nonsense_is_refused_all_the_same(body: bytes) -> None:
    with pytest.raises(WebhookForged):
        read(body, signed(body))


@pytest.mark.parametrize(
    ("changes", "reference"),
    [
        ({"entityId": "re_1", "_embedded": {"entity": {"paymentId": "tr_5678"}}}, "tr_5678"),
        ({"entityId": "re_1"}, None),
        ({"entityId": "pl_1"}, None),
        ({"entityId": None}, None),
        ({"resource": "refund", "id": "re_1", "paymentId": "tr_5678", "entityId": None}, "tr_5678"),
        ({"resource": "payment", "id": "tr_5678", "entityId": None}, "tr_5678"),
    ],
)
def test_the_payment_behind_an_event_is_found_if_it_names_one(
    changes: dict[str, Any], reference: str | None
) -> None:
    body = event_body(**changes)
    event = read(body, signed(body))

    assert (reference, reference is not None) == (event.reference, event.look)


def test_what_is_kept_is_enough_to_look_again_and_names_nobody() -> None:
    body = event_body(_embedded={"entity": {"details": {"consumerName": "T. Test"}}})
    for event in (read(body, signed(body)), read(b"id=tr_1234")):
        assert event == reread_report(event.body)
        assert b"Test" not in event.body


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"id=tr_1234",
        b"{}",
        b'{"id": "x", "type": "y", "reference": "re_1"}',
        b'{"id": 1, "type": "y", "reference": null}',
        b'{"id": "x", "type": "y", "reference": null, "more": 1}',
    ],
)
def test_what_was_never_kept_is_not_reread(body: bytes) -> None:
    with pytest.raises(WebhookForged):
        reread_report(body)


def test_ids_are_known_by_their_shape() -> None:
    assert is_payment_id("tr_7UhSN1zuXS")
    assert not is_payment_id("tr_7UhSN1zuXS\n")
    assert not is_payment_id(None)
