"""The carrier's calls to the merchant: status callbacks and incoming messages, signed and retried."""

from __future__ import annotations

import pytest
from twilio.request_validator import RequestValidator

from .harness import ACCOUNT, CARD, CUSTOMER, MERCHANT, TOKEN, Merchant, Simulator, eventually


def test_sent_then_delivered_are_reported_with_a_right_signature(
    simulator: Simulator, merchant: Merchant
) -> None:
    url = f"{merchant.url}/status?delivery=dlv_1"
    sid = simulator.send_sms(StatusCallback=url).json()["sid"]
    eventually(lambda: len(merchant.received) >= 2)
    assert merchant.statuses(sid) == ["sent", "delivered"]
    for got in merchant.received:
        assert (
            RequestValidator(TOKEN).validate(f"{merchant.url}{got.path}", got.form, got.signature)
            is True
        )
    assert merchant.received[0].form == {
        "AccountSid": ACCOUNT,
        "ApiVersion": "2010-04-01",
        "From": MERCHANT,
        "MessageSid": sid,
        "MessageStatus": "sent",
        "SmsSid": sid,
        "SmsStatus": "sent",
        "To": CUSTOMER,
    }


@pytest.mark.parametrize(
    ("number", "statuses", "code"),
    [("+447700900993", ["sent", "undelivered"], "30003"), ("+447700900997", ["failed"], "30007")],
)
def test_failing_numbers_end_as_the_page_says(
    simulator: Simulator, merchant: Merchant, number: str, statuses: list[str], code: str
) -> None:
    sid = simulator.send_sms(To=number, StatusCallback=merchant.url).json()["sid"]
    eventually(lambda: len(merchant.received) >= len(statuses))
    assert merchant.statuses(sid) == statuses
    assert merchant.received[-1].form["ErrorCode"] == code
    assert simulator.inbox(to=number) == []


def test_failed_call_is_tried_again_a_bounded_number_of_times(
    simulator: Simulator, merchant: Merchant
) -> None:
    merchant.answers = [(500, "text/plain", ""), (503, "text/plain", "")]
    sid = simulator.send_sms(StatusCallback=merchant.url).json()["sid"]
    eventually(lambda: len(merchant.received) >= 4)
    assert sorted(merchant.statuses(sid)) == ["delivered", "delivered", "sent", "sent"]


def test_customers_reply_is_delivered_signed_and_the_answer_comes_back(
    simulator: Simulator, merchant: Merchant
) -> None:
    merchant.answers = [(200, "text/xml", "<Response><Message>Thank you</Message></Response>")]
    written = simulator.post(
        "/api/messages",
        {"channel": "sms", "from": CUSTOMER, "to": MERCHANT, "text": "Where is my link?"},
    )
    assert written.status_code == 201
    eventually(lambda: merchant.received)
    [got] = merchant.received
    assert (
        RequestValidator(TOKEN).validate(f"{merchant.url}/inbound", got.form, got.signature) is True
    )
    assert got.form == {
        "AccountSid": ACCOUNT,
        "ApiVersion": "2010-04-01",
        "Body": "Where is my link?",
        "From": CUSTOMER,
        "MessageSid": written.json()["id"],
        "NumMedia": "0",
        "NumSegments": "1",
        "SmsMessageSid": written.json()["id"],
        "SmsSid": written.json()["id"],
        "SmsStatus": "received",
        "To": MERCHANT,
    }
    eventually(lambda: simulator.inbox(to=CUSTOMER))
    assert [message["text"] for message in simulator.inbox(to=CUSTOMER)] == ["Thank you"]


def test_stop_blocks_the_number_until_start(simulator: Simulator, merchant: Merchant) -> None:
    def write(text: str) -> None:
        body = {"channel": "sms", "from": CUSTOMER, "to": MERCHANT, "text": text}
        assert simulator.post("/api/messages", body).status_code == 201

    write("Stop")
    eventually(lambda: merchant.received)
    assert merchant.received[0].form["OptOutType"] == "STOP"
    assert simulator.send_sms().json()["code"] == 21610
    assert simulator.send_sms(To="+447700900456").status_code == 201
    write("START")
    assert simulator.send_sms().status_code == 201
    texts = [message["text"] for message in simulator.inbox(to=CUSTOMER)]
    assert ["unsubscribed" in text for text in texts] == [False, False, True]


def test_customers_card_number_reaches_the_merchant_as_typed_and_is_stored_nowhere(
    simulator: Simulator, merchant: Merchant
) -> None:
    """The merchant must do its own masking, so the far end must not do it for them."""
    body = {"channel": "sms", "from": CUSTOMER, "to": MERCHANT, "text": f"It is {CARD} 12/29"}
    assert simulator.post("/api/messages", body).json()["text"] == "It is •••• 4242 12/29"
    eventually(lambda: merchant.received)
    assert merchant.received[0].form["Body"] == f"It is {CARD} 12/29"
    files = b"".join(path.read_bytes() for path in simulator.data.parent.iterdir())
    assert CARD.encode() not in files


def test_pending_reports_are_made_after_a_crash(simulator: Simulator, merchant: Merchant) -> None:
    simulator.post("/api/faults", {"callback_delayed": 1})
    sid = simulator.send_sms(StatusCallback=merchant.url).json()["sid"]
    simulator.kill()
    simulator.start()
    eventually(lambda: len(merchant.received) >= 2)
    # Both are due at once by then, and a carrier promises no order.
    assert sorted(merchant.statuses(sid)) == ["delivered", "sent"]


def test_lost_duplicated_and_delayed_calls(simulator: Simulator, merchant: Merchant) -> None:
    simulator.post("/api/faults", {"callback_lost": 1, "callback_duplicated": 2})
    sid = simulator.send_sms(StatusCallback=merchant.url).json()["sid"]
    eventually(lambda: len(merchant.received) >= 3)
    assert merchant.statuses(sid) == ["delivered"] * 3
    assert simulator.http.get(f"{simulator.url}/api/faults").json()["callback_lost"] == 0
