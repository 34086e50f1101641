"""SMS through Twilio: what is asked, what each answer means, and what callbacks tell."""

import base64
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlencode

import pytest
from starlette.responses import JSONResponse, PlainTextResponse, Response

from channels import problems
from channels.port import (
    Absent,
    Accepted,
    AccountConfigInvalid,
    CallbackRequest,
    Content,
    Inbound,
    NotSent,
    Outgoing,
    Receipt,
    Refused,
    Uncertain,
)
from channels.providers.twilio import TwilioProvider
from channels.providers.twilio_signature import sign
from channels.states import DeliveryState
from tests.channels.providers.rigs import (
    ACCOUNT_SID,
    AUTH_TOKEN,
    TwilioRig,
    twilio_config,
    twilio_rig,
)

NOW = datetime.now(UTC)
URL = "https://pay.example.test/webhooks/channels/cha_1"


@pytest.fixture
async def rig() -> AsyncIterator[TwilioRig]:
    async with twilio_rig() as made:
        assert isinstance(made, TwilioRig)
        yield made


def outgoing(**changes: Any) -> Outgoing:
    return Outgoing(
        **{
            "delivery": "dlv_1",
            "to": "+447700900123",
            "sender_name": "Acme",
            "content": Content("Pay £49.99 + fees & more"),
            "at": NOW,
            "callback_url": f"{URL}?delivery=dlv_1",
            **changes,
        }
    )


async def test_twilio_is_asked_in_its_own_words(rig: TwilioRig) -> None:
    outcome = await rig.provider.send(outgoing())
    assert outcome == Accepted(rig.messages[0]["sid"])
    assert rig.forms == [
        {
            "To": "+447700900123",
            "From": "+447700900999",
            "Body": "Pay £49.99 + fees & more",
            "StatusCallback": f"{URL}?delivery=dlv_1",
        }
    ]
    expected = base64.b64encode(f"{ACCOUNT_SID}:{AUTH_TOKEN}".encode()).decode()
    assert rig.logins == [f"Basic {expected}"]


async def test_a_messaging_service_picks_the_sender(rig: TwilioRig) -> None:
    config = twilio_config(rig.url, messaging_service_sid="MG1")
    del config["from"]
    provider = TwilioProvider.from_config(config)
    await provider.send(outgoing())
    await provider.close()
    assert rig.forms[0]["MessagingServiceSid"] == "MG1"
    assert "From" not in rig.forms[0]


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (JSONResponse({"code": 21211}, 400), Refused(problems.INVALID_ADDRESS, "21211")),
        (JSONResponse({"code": 21610}, 400), Refused(problems.RECIPIENT_OPTED_OUT, "21610")),
        (JSONResponse({"code": 21614}, 400), Refused(problems.NOT_A_MOBILE, "21614")),
        (JSONResponse({"code": 99999}, 400), Refused(problems.REFUSED, "99999")),
        (PlainTextResponse("?", 400), Refused(problems.REFUSED, "None")),
        (
            JSONResponse({"code": 20003}, 401),
            Refused(problems.CHANNEL_MISCONFIGURED, "401 20003"),
        ),
        (JSONResponse({}, 404), Refused(problems.CHANNEL_MISCONFIGURED, "404 None")),
        (Response(status_code=302), Refused(problems.CHANNEL_MISCONFIGURED, "302 None")),
        (JSONResponse({}, 429), NotSent(problems.RATE_LIMITED)),
        (
            JSONResponse({}, 429, headers={"Retry-After": "999999"}),
            NotSent(problems.RATE_LIMITED, 900),
        ),
        (
            JSONResponse({}, 429, headers={"Retry-After": "soon"}),
            NotSent(problems.RATE_LIMITED),
        ),
        (JSONResponse({"code": 20500}, 500), Uncertain("500")),
        (PlainTextResponse("bad gateway", 502), Uncertain("502")),
        (JSONResponse({}, 503), Uncertain("503")),
        (PlainTextResponse("<html>", 201), Uncertain("answer_unreadable")),
        (JSONResponse([], 201), Uncertain("answer_unreadable")),
        (
            JSONResponse({"sid": "SM1", "status": "failed", "error_code": 30007}, 201),
            Refused(problems.FILTERED, "30007"),
        ),
    ],
)
async def test_each_answer_means_one_thing(
    rig: TwilioRig, answer: Response, outcome: object
) -> None:
    rig.answer = answer
    assert await rig.provider.send(outgoing()) == outcome


def listed(**changes: Any) -> dict[str, Any]:
    return {
        "sid": "SM1",
        "to": "+447700900123",
        "body": "Pay £49.99 + fees & more",
        "direction": "outbound-api",
        "date_created": format_datetime(NOW),
        **changes,
    }


@pytest.mark.parametrize(
    ("message", "found"),
    [
        (listed(), Accepted("SM1")),
        (listed(body="Sent from your trial account - Pay £49.99 + fees & more"), Accepted("SM1")),
        (listed(date_created=format_datetime(NOW - timedelta(seconds=20))), Accepted("SM1")),
        (listed(date_created=format_datetime(NOW - timedelta(minutes=5))), Absent()),
        (listed(date_created=None), Absent()),
        (listed(body="Something else"), Absent()),
        (listed(sid="SM-known"), Absent()),
        (listed(direction="inbound"), Absent()),
        (listed(sid=None), Absent()),
        ("nonsense", Absent()),
    ],
)
async def test_a_lost_message_is_recognised_by_words_time_and_not_being_another(
    rig: TwilioRig, message: Any, found: object
) -> None:
    rig.answer = JSONResponse({"messages": [message]})
    assert await rig.provider.find(outgoing(), since=NOW, known=frozenset({"SM-known"})) == found


@pytest.mark.parametrize(
    "answer",
    [
        JSONResponse({}, 500),
        JSONResponse({}, 401),
        PlainTextResponse("?"),
        JSONResponse({}),
        JSONResponse({"messages": None}),
        JSONResponse([]),
    ],
)
async def test_a_search_without_an_answer_proves_nothing(rig: TwilioRig, answer: Response) -> None:
    rig.answer = answer
    found = await rig.provider.find(outgoing(), since=NOW, known=frozenset())
    assert isinstance(found, Uncertain)
    assert isinstance(await rig.away.find(outgoing(), since=NOW, known=frozenset()), Uncertain)


def told(form: dict[str, str], *, query: str = "", token: str = AUTH_TOKEN) -> list[Any]:
    """What a signed callback with this form tells."""
    url = f"{URL}{query}"
    provider = TwilioProvider.from_config(
        twilio_config("http://127.0.0.1:9", previous_auth_token="the one before")
    )
    return provider.parse_callback(
        CallbackRequest(
            url=url,
            method="POST",
            headers={
                "content-type": "application/x-www-form-urlencoded; charset=utf-8",
                "x-twilio-signature": sign(token, url, form.items()),
            },
            body=urlencode(form).encode(),
        )
    )


@pytest.mark.parametrize(
    ("status", "fact"),
    [
        ("queued", DeliveryState.SENT),
        ("sending", DeliveryState.SENT),
        ("sent", DeliveryState.SENT),
        ("delivered", DeliveryState.DELIVERED),
        ("read", DeliveryState.READ),
        ("undelivered", DeliveryState.FAILED),
        ("failed", DeliveryState.FAILED),
    ],
)
def test_a_status_callback_is_a_receipt(status: str, fact: DeliveryState) -> None:
    form = {"MessageSid": "SM1", "MessageStatus": status, "To": "+447700900123"}
    assert told(form, query="?delivery=dlv_1") == [
        Receipt(fact=fact, delivery="dlv_1", provider_id="SM1")
    ]
    assert told(form, token="the one before") == [Receipt(fact=fact, provider_id="SM1")]


def test_a_failure_says_why_in_our_words() -> None:
    form = {"MessageSid": "SM1", "MessageStatus": "undelivered", "ErrorCode": "30003"}
    [receipt] = told(form)
    assert receipt.code == problems.UNREACHABLE


def test_a_status_that_we_do_not_know_tells_nothing() -> None:
    assert told({"MessageSid": "SM1", "MessageStatus": "pondering"}) == []
    assert told({"MessageStatus": "sent"}) == []


def test_what_a_customer_writes_is_inbound() -> None:
    form = {
        "MessageSid": "SM1",
        "SmsStatus": "received",
        "From": "+447700900123",
        "To": "+447700900999",
        "Body": "Hello ☎ & bye",
        "NumMedia": "0",
    }
    assert told(form) == [
        Inbound(
            provider_id="SM1",
            sender="+447700900123",
            recipient="+447700900999",
            text="Hello ☎ & bye",
        )
    ]
    assert told({**form, "OptOutType": "STOP"})[0].choice == "stop"
    assert told({**form, "OptOutType": "START"})[0].choice == "start"
    assert told({**form, "OptOutType": "HELP"})[0].choice is None
    assert told({**form, "NumMedia": "2", "Body": ""})[0].text == "[2 attachment(s) not shown]"


@pytest.mark.parametrize(
    ("answer", "word"), [(401, "auth_token"), (404, "auth_token"), (500, "500")]
)
async def test_a_check_tells_wrong_credentials_from_trouble(
    rig: TwilioRig, answer: int, word: str
) -> None:
    rig.answer = Response(status_code=answer)
    assert word in (await rig.provider.check() or "")


@pytest.mark.parametrize(
    "wrong",
    [
        {"account_sid": "XX1"},
        {"auth_token": ""},
        {"from": None},
        {"messaging_service_sid": "MG1"},
        {"base_url": "https://api.example/path"},
        {"base_url": "ftp://api.example"},
        {"timeout_seconds": 100},
        {"colour": "blue"},
    ],
)
def test_settings_that_cannot_work_are_named_without_their_values(wrong: dict[str, Any]) -> None:
    with pytest.raises(AccountConfigInvalid) as caught:
        TwilioProvider.from_config({**twilio_config("http://127.0.0.1:9"), **wrong})
    assert AUTH_TOKEN not in caught.value.detail
