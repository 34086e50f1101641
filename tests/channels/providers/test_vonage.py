"""SMS through Vonage: what is asked, what each answer means, and what callbacks tell."""

import hashlib
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
from starlette.responses import JSONResponse, PlainTextResponse, Response

from channels import problems
from channels.port import (
    Accepted,
    AccountConfigInvalid,
    CallbackForged,
    CallbackRequest,
    Content,
    Inbound,
    NotSent,
    Outgoing,
    Price,
    Receipt,
    Refused,
    Uncertain,
    Unsupported,
)
from channels.providers.vonage import VonageProvider
from channels.providers.vonage_token import callback_token
from channels.states import DeliveryState
from tests.channels.providers.vonage_rig import (
    APPLICATION,
    SIGNATURE_SECRET,
    VonageRig,
    private_pem,
    trouble,
    vonage_config,
    vonage_rig,
)

NOW = datetime.now(UTC)
URL = "https://pay.example.test/webhooks/channels/cha_1"


@pytest.fixture
async def rig() -> AsyncIterator[VonageRig]:
    async with vonage_rig() as made:
        assert isinstance(made, VonageRig)
        yield made


def outgoing(**changes: Any) -> Outgoing:
    return Outgoing(
        **{
            "delivery": "dlv_1",
            "to": "+447700900123",
            "sender_name": "Acme",
            "content": Content("Pay £49.99 ☎"),
            "at": NOW,
            "callback_url": f"{URL}?delivery=dlv_1",
            **changes,
        }
    )


async def test_vonage_is_asked_in_its_own_words(rig: VonageRig) -> None:
    assert isinstance(await rig.provider.send(outgoing()), Accepted)
    assert rig.asked == [
        {
            "channel": "sms",
            "message_type": "text",
            "to": "447700900123",
            "from": "447700900888",
            "text": "Pay £49.99 ☎",
            "client_ref": "dlv_1",
            "webhook_url": f"{URL}?delivery=dlv_1",
            "webhook_version": "v1",
            "sms": {"encoding_type": "auto"},
        }
    ]
    [claims] = rig.claims
    assert claims["application_id"] == APPLICATION
    assert claims["exp"] - claims["iat"] == 300


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (trouble(422, 1170), Refused(problems.INVALID_ADDRESS, "422 1170")),
        (trouble(422, 1050), Refused(problems.RECIPIENT_OPTED_OUT, "422 1050")),
        (trouble(422, 9999), Refused(problems.REFUSED, "422 9999")),
        (PlainTextResponse("?", 400), Refused(problems.REFUSED, "400 None")),
        (JSONResponse({}, 401), Refused(problems.CHANNEL_MISCONFIGURED, "401 None")),
        (JSONResponse({}, 402), Refused(problems.CHANNEL_MISCONFIGURED, "402 None")),
        (Response(status_code=302), Refused(problems.CHANNEL_MISCONFIGURED, "302 None")),
        (JSONResponse({}, 429, {"Retry-After": "7"}), NotSent(problems.RATE_LIMITED, 7)),
        (trouble(422, 1000), NotSent(problems.RATE_LIMITED)),
        (JSONResponse({}, 500), Uncertain("500")),
        (PlainTextResponse("bad gateway", 502), Uncertain("502")),
        (PlainTextResponse("<html>", 202), Uncertain("answer_unreadable")),
        (JSONResponse({"message_uuid": 5}, 202), Uncertain("answer_unreadable")),
    ],
)
async def test_each_answer_means_one_thing(
    rig: VonageRig, answer: Response, outcome: object
) -> None:
    rig.answer = answer
    assert await rig.provider.send(outgoing()) == outcome


async def test_a_lost_message_is_never_repeated(rig: VonageRig) -> None:
    found = await rig.provider.find(outgoing(), since=NOW, known=frozenset())
    assert found == Unsupported(resend_is_safe=False)


def told(body: Any, *, raw: bytes | None = None, **claims: Any) -> list[Any]:
    """What a signed callback with this body tells."""
    sent = json.dumps(body).encode() if raw is None else raw
    token = callback_token(
        SIGNATURE_SECRET,
        {
            "iat": int(NOW.timestamp()),
            "jti": "1",
            "iss": "Vonage",
            "payload_hash": hashlib.sha256(sent).hexdigest(),
            "api_key": "a1b2c3d",
            "application_id": APPLICATION,
            **claims,
        },
    )
    provider = VonageProvider.from_config(vonage_config("http://127.0.0.1:9"))
    return provider.parse_callback(
        CallbackRequest(
            url=URL, method="POST", headers={"authorization": f"Bearer {token}"}, body=sent
        )
    )


@pytest.mark.parametrize(
    ("status", "fact"),
    [
        ("submitted", DeliveryState.SENT),
        ("delivered", DeliveryState.DELIVERED),
        ("read", DeliveryState.READ),
        ("rejected", DeliveryState.FAILED),
        ("undeliverable", DeliveryState.FAILED),
    ],
)
def test_a_status_callback_is_a_receipt(status: str, fact: DeliveryState) -> None:
    body = {"message_uuid": "u1", "status": status, "client_ref": "dlv_1", "channel": "sms"}
    assert told(body) == [Receipt(fact=fact, delivery="dlv_1", provider_id="u1")]


def test_a_status_tells_what_the_message_cost() -> None:
    body = {"message_uuid": "u1", "status": "delivered", "channel": "sms"}
    [receipt] = told({**body, "usage": {"currency": "EUR", "price": "0.0666"}})
    assert receipt.price == Price(66_600, "EUR")
    for usage in (None, "0.0666", {"price": 0.0666, "currency": "EUR"}, {"price": "0.0666"}):
        [receipt] = told({**body, "usage": usage})
        assert receipt.price is None


def test_a_failure_says_why_in_our_words() -> None:
    body = {
        "message_uuid": "u1",
        "status": "undeliverable",
        "error": {"type": "https://developer.vonage.com/api-errors/messages#1260", "title": "1260"},
    }
    [receipt] = told(body)
    assert receipt.code == problems.UNREACHABLE


def test_what_a_customer_writes_is_inbound() -> None:
    body = {
        "channel": "sms",
        "message_uuid": "u2",
        "to": "447700900888",
        "from": "447700900123",
        "message_type": "text",
        "text": "STOP ☎",
        "sms": {"num_messages": "1", "keyword": "STOP"},
    }
    expected = Inbound(
        provider_id="u2", sender="+447700900123", recipient="+447700900888", text="STOP ☎"
    )
    assert told(body) == [expected]
    assert told({**body, "from": "12345"})[0].sender == "12345"
    assert told({**body, "text": None, "message_type": "unsupported"})[0].text == "[unsupported]"


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        {},
        {"message_uuid": "u1"},
        {"message_uuid": 5, "status": "delivered"},
        {"message_uuid": "u1", "status": "pondering"},
        {"message_uuid": "u1", "status": ["x"]},
        {"message_uuid": "u1", "channel": "whatsapp", "from": "447700900123", "text": "Hi"},
        {"message_uuid": "u1", "from": 5, "text": "Hi"},
    ],
)
def test_what_is_signed_and_unknown_tells_nothing(body: Any) -> None:
    assert told(body) == []


def test_what_is_signed_and_no_json_tells_nothing() -> None:
    assert told(None, raw=b"\xff{") == []


def test_a_body_that_was_not_signed_is_forged() -> None:
    with pytest.raises(CallbackForged):
        told({}, payload_hash=hashlib.sha256(b"another").hexdigest())


async def test_a_check_tells_wrong_credentials_from_trouble(rig: VonageRig) -> None:
    for status, word in ((401, "private_key"), (403, "private_key"), (500, "500"), (202, "202")):
        rig.answer = Response(status_code=status)
        assert word in (await rig.provider.check() or "")
    assert rig.messages == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"application_id": "x"},
        {"private_key": "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"},
        {"private_key": ""},
        {"signature_secret": "short"},
        {"from": ""},
        {"base_url": "https://api.example/path"},
        {"timeout_seconds": 100},
        {"colour": "blue"},
    ],
)
def test_settings_that_cannot_work_are_named_without_their_values(wrong: dict[str, Any]) -> None:
    with pytest.raises(AccountConfigInvalid) as caught:
        VonageProvider.from_config({**vonage_config("http://127.0.0.1:9"), **wrong})
    assert SIGNATURE_SECRET not in caught.value.detail
    assert private_pem() not in caught.value.detail
