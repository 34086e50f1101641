"""Mailgun's webhooks: believed with a fresh signature, understood whatever their shape."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from channels import problems
from channels.port import CallbackForged, CallbackRequest, Inbound, Receipt
from channels.providers.mailgun import read_callback
from channels.states import DeliveryState
from tests.channels.providers.mailgun_posts import (
    FORM,
    KEY,
    OUR_ADDRESS,
    event,
    mail,
    request,
    signature,
)
from tests.channels.providers.test_mail_reports import bounce

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
DELIVERY = "dlv_01k9aaaaaaaaaaaaaaaaaaaaaa"


def read(asked: CallbackRequest) -> list[Receipt | Inbound]:
    return read_callback(asked, signing_key=KEY, sender=OUR_ADDRESS, now=NOW)


def about(kind: str, message_id: str = f"{DELIVERY}@acme.example", **more: Any) -> dict[str, Any]:
    headers = {"message-id": message_id}
    return {
        "event": kind,
        "id": "ev1",
        "recipient": "sam@example.com",
        "message": {"headers": headers},
        "timestamp": 1521472262.908181,
        **more,
    }


def written(**fields: str) -> Inbound:
    [inbound] = read(mail(NOW, fields))
    assert isinstance(inbound, Inbound)
    return inbound


@pytest.mark.parametrize("message_id", [f"{DELIVERY}@acme.example", f"<{DELIVERY}@ACME.example>"])
def test_a_delivered_mail_is_found_by_our_message_id(message_id: str) -> None:
    expected = [Receipt(fact=DeliveryState.DELIVERED, delivery=DELIVERY)]
    assert read(event(NOW, about("delivered", message_id))) == expected


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"delivery-status": {"code": 550}}, problems.INVALID_ADDRESS),
        ({"delivery-status": {"code": "552"}}, problems.UNREACHABLE),
        ({"delivery-status": {"code": 550, "enhanced-code": "5.7.1"}}, problems.BLOCKED),
        ({"reason": "suppress-bounce"}, problems.INVALID_ADDRESS),
        ({"reason": "suppress-complaint"}, problems.RECIPIENT_OPTED_OUT),
        ({"delivery-status": {"code": 607}}, problems.RECIPIENT_OPTED_OUT),
        ({"delivery-status": [], "reason": 7}, problems.REFUSED),
    ],
)
def test_a_permanent_failure_says_why(more: dict[str, Any], code: str) -> None:
    expected = [Receipt(fact=DeliveryState.FAILED, delivery=DELIVERY, code=code)]
    assert read(event(NOW, about("failed", severity="permanent", **more))) == expected


@pytest.mark.parametrize("kind", ["complained", "unsubscribed"])
def test_who_complains_or_leaves_is_stopped(kind: str) -> None:
    [inbound] = read(event(NOW, about(kind)))
    assert isinstance(inbound, Inbound)
    assert (inbound.sender, inbound.recipient, inbound.choice) == (
        "sam@example.com",
        OUR_ADDRESS,
        "stop",
    )
    assert inbound.text == {"complained": "[complaint]", "unsubscribed": "[unsubscribed]"}[kind]
    assert inbound.provider_id == f"{kind}-ev1"


@pytest.mark.parametrize(
    "data",
    [
        about("failed", severity="temporary"),
        about("failed"),
        about("opened"),
        about("clicked"),
        about("delivered", f"{DELIVERY}@other.example"),
        about("delivered", "x@acme.example"),
        about("complained", recipient="nobody"),
        about("delivered", message=[1]),
        {},
        [],
        None,
        {"event": ["delivered"]},
    ],
)
def test_what_says_nothing_about_ours_is_taken_and_left(data: Any) -> None:
    assert read(event(NOW, data)) == []


def test_a_mail_keeps_the_customer_s_own_words() -> None:
    plain = "Later please.\n\nOn Mon, 23 Nov 2026, Acme <pay@acme.example> wrote:\n> Pay"
    expected = Inbound(
        provider_id="<m1@example.com>",
        sender="sam@example.com",
        recipient=OUR_ADDRESS,
        text="Later please.",
        subject="Re: Pay",
        sender_name="Sam Jones",
        unverified=True,
    )
    assert written(**{"body-plain": plain}) == expected
    assert written(**{"body-plain": "", "body-html": "<p>Later please.</p>"}) == expected


def test_a_mail_with_files_says_what_they_are_called() -> None:
    fields = {"from": "sam@example.com", "body-plain": "Here", **signature(NOW)}
    parts = [f'form-data; name="{name}"\r\n\r\n{value}' for name, value in fields.items()]
    parts.append('form-data; name="attachment-1"; filename="bill.pdf"\r\n\r\n\x00\x01')
    body = "".join(f"--b\r\nContent-Disposition: {each}\r\n" for each in parts) + "--b--\r\n"
    [inbound] = read(request("multipart/form-data; boundary=b", body.encode()))
    assert isinstance(inbound, Inbound)
    assert (inbound.text, inbound.attachments) == ("Here", ("bill.pdf",))
    assert inbound.provider_id == fields["token"]


@pytest.mark.parametrize(
    ("fields", "choice"),
    [
        ({"body-plain": "STOP"}, "stop"),
        ({"body-plain": "Stop\n\nSent from my phone", "stripped-text": "Stop"}, "stop"),
        ({"body-plain": "", "subject": "unsubscribe"}, "stop"),
        ({"body-plain": "START"}, "start"),
        ({"body-plain": "Hello", "subject": "STOP"}, None),
    ],
)
def test_stop_counts_as_the_whole_mail(fields: dict[str, str], choice: str | None) -> None:
    assert written(**fields).choice == choice


def test_an_automatic_reply_changes_no_consent() -> None:
    headers = json.dumps([["Auto-Submitted", "auto-replied"], ["X", 1], 7])
    inbound = written(**{"body-plain": "STOP", "message-headers": headers})
    assert (inbound.choice, inbound.text) == (None, "[automatic reply] STOP")


@pytest.mark.parametrize("sender", ["Acme <PAY@acme.example>", "nobody", "a b@c d"])
def test_our_own_mail_and_what_nobody_can_answer_is_left(sender: str) -> None:
    assert read(mail(NOW, {"from": sender, "sender": ""})) == []


def test_a_raw_bounce_fails_its_delivery_and_a_raw_mail_is_read() -> None:
    bounced = mail(NOW, {"body-mime": bounce("failed", "5.1.1").decode()})
    code = problems.INVALID_ADDRESS
    assert read(bounced) == [Receipt(fact=DeliveryState.FAILED, delivery=DELIVERY, code=code)]
    raw = "Auto-Submitted: auto-replied\nMessage-ID: <r1@x>\nContent-Type: text/html\n\n<b>Away</b>"
    inbound = written(**{"body-mime": raw, "body-plain": "", "Message-Id": ""})
    assert (inbound.provider_id, inbound.text) == ("<r1@x>", "[automatic reply] Away")


def test_a_long_message_id_is_kept_by_its_hash() -> None:
    ids = {written(**{"Message-Id": f"<{'x' * 500}@{at}>"}).provider_id for at in range(2)}
    assert [len(each) for each in ids] == [64, 64]


@pytest.mark.parametrize("minutes", [-15, 15])
def test_a_signature_holds_for_a_quarter_of_an_hour(minutes: int) -> None:
    at = NOW + timedelta(minutes=minutes)
    assert read(mail(at, {}))
    with pytest.raises(CallbackForged):
        read(mail(at + timedelta(minutes=minutes / 15), {}))


GOOD = signature(NOW)


@pytest.mark.parametrize(
    "asked",
    [
        mail(NOW, {}, key="another"),
        event(NOW, about("delivered"), key="another"),
        mail(NOW, {}, token=""),
        mail(NOW, {}, token="t" * 201),
        request("application/json", b""),
        request("application/json", b"[]"),
        request("application/json", b"\xff"),
        request("application/json", b'{"signature": []}'),
        request("application/json", json.dumps({"signature": GOOD | {"token": 1}}).encode()),
        request("application/json", json.dumps({"signature": GOOD | {"timestamp": True}}).encode()),
        request("application/json", json.dumps({"signature": GOOD | {"signature": "ü"}}).encode()),
        request("application/json", json.dumps({"signature": GOOD | {"timestamp": "٣"}}).encode()),
        request(FORM, b""),
        request(FORM, b"timestamp=1&token=%ff&signature=%00"),
        request("multipart/form-data; boundary=b", b"--b--"),
        request("text/plain", b"x"),
        request("", b""),
    ],
)
def test_what_is_not_proven_is_forged(asked: CallbackRequest) -> None:
    with pytest.raises(CallbackForged):
        read(asked)


def test_a_timestamp_may_come_as_a_number() -> None:
    signed = GOOD | {"timestamp": int(GOOD["timestamp"])}
    body = {"signature": signed, "event-data": about("delivered")}
    assert len(read(request("application/json", json.dumps(body).encode()))) == 1
