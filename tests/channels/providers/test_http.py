"""The generic channel: what an integrator is sent, what each answer means, and what is believed of it."""

import json
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from starlette.responses import JSONResponse, PlainTextResponse, Response

from channels import problems
from channels.port import (
    Accepted,
    AccountConfigInvalid,
    Button,
    CallbackForged,
    CallbackRequest,
    Content,
    Inbound,
    NotSent,
    Outgoing,
    Receipt,
    Refused,
    Uncertain,
    Unsupported,
)
from channels.providers.http import HttpProvider, http_factory
from channels.states import DeliveryState
from core.errors import PaythreadError
from core.outbound import signing
from core.outbound.destinations import Destinations
from tests.channels.providers.http_rig import LOOPBACK, SECRET, HttpRig, http_config, http_rig

NOW = datetime.now(UTC)


@pytest.fixture
async def rig() -> AsyncIterator[HttpRig]:
    async with http_rig() as made:
        assert isinstance(made, HttpRig)
        yield made


def outgoing(**changes: Any) -> Outgoing:
    return Outgoing(
        **{
            "delivery": "dlv_1",
            "to": "visitor-17",
            "sender_name": "Acme",
            "content": Content("Pay £49.99", button=Button("Pay", "https://a.example/p/1")),
            "at": datetime(2026, 11, 22, 12, 0, tzinfo=UTC),
            "callback_url": "https://pay.example.test/webhooks/channels/cha_1?delivery=dlv_1",
            **changes,
        }
    )


async def test_the_integrator_gets_one_signed_post_that_names_the_delivery(rig: HttpRig) -> None:
    assert await rig.provider.send(outgoing()) == Accepted("dlv_1")
    [(headers, body)] = rig.received
    assert headers["webhook-id"] == "dlv_1"
    assert json.loads(body) == {
        "type": "message",
        "delivery": "dlv_1",
        "to": "visitor-17",
        "text": "Pay £49.99",
        "button": {"label": "Pay", "url": "https://a.example/p/1"},
        "reply_to": None,
        "sender_name": "Acme",
        "at": "2026-11-22T12:00:00.000Z",
    }


async def test_a_repetition_has_the_same_id_so_it_is_safe(rig: HttpRig) -> None:
    message = outgoing()
    found = await rig.provider.find(message, since=NOW, known=frozenset())
    assert found == Unsupported(resend_is_safe=True)
    await rig.provider.send(message)
    await rig.provider.send(message)
    assert (len(rig.received), len(rig.taken)) == (2, 1)


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (Response(status_code=200), Accepted("dlv_1")),
        (
            JSONResponse({"code": "recipient_opted_out"}, 422),
            Refused(problems.RECIPIENT_OPTED_OUT, "422"),
        ),
        (JSONResponse({"code": "customer_erased"}, 422), Refused(problems.REFUSED, "422")),
        (JSONResponse({"code": 5}, 400), Refused(problems.REFUSED, "400")),
        (PlainTextResponse("\x00[", 400), Refused(problems.REFUSED, "400")),
        (Response(status_code=401), Refused(problems.CHANNEL_MISCONFIGURED, "401")),
        (Response(status_code=404), Refused(problems.CHANNEL_MISCONFIGURED, "404")),
        (
            Response(status_code=302, headers={"Location": "https://x.example"}),
            Refused(problems.CHANNEL_MISCONFIGURED, "302"),
        ),
        (Response(status_code=429), NotSent(problems.RATE_LIMITED)),
        (
            Response(status_code=503, headers={"Retry-After": "99999"}),
            NotSent(problems.RATE_LIMITED, 900),
        ),
        (Response(status_code=500), Uncertain("500")),
        (Response(status_code=408), Uncertain("408")),
    ],
)
async def test_each_answer_means_one_thing(rig: HttpRig, answer: Response, outcome: object) -> None:
    rig.answer = answer
    assert await rig.provider.send(outgoing()) == outcome


@pytest.mark.parametrize("address", ["10.0.0.1", "169.254.169.254", "::1"])
async def test_a_name_that_stands_for_a_private_address_is_not_called(address: str) -> None:
    async def resolver(_host: str, _port: int) -> Sequence[str]:
        return [address]

    config = {"url": "https://inside.example.com/hook", "secret": SECRET}
    provider = HttpProvider.from_config(config, Destinations(resolver=resolver))
    assert await provider.send(outgoing()) == Refused(
        problems.CHANNEL_MISCONFIGURED, "address_refused"
    )
    await provider.close()


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": "http://bot.example.com/hook"},
        {"url": "https://127.0.0.1/hook"},
        {"url": "https://169.254.169.254/latest"},
        {"url": "https://user:pass@bot.example.com/"},
        {"url": "nonsense"},
        {"secret": "short"},
        {"secret": "whsec_not base64 at all, whatever it is"},
        {"previous_secret": ""},
        {"colour": "blue"},
    ],
)
def test_settings_that_cannot_work_are_named_without_their_values(wrong: dict[str, Any]) -> None:
    usual = {"url": "https://bot.example.com/hook", "secret": SECRET}
    with pytest.raises(AccountConfigInvalid) as caught:
        http_factory(Destinations())({**usual, **wrong})
    assert not any(str(value) in caught.value.detail for value in wrong.values() if len(value) > 5)


def told(
    report: Any, *, secret: str = SECRET, at: datetime = NOW, body: bytes | None = None
) -> list[Any]:
    """What a signed callback with this report tells."""
    sent = json.dumps(report).encode() if body is None else body
    config = http_config("http://127.0.0.1:9", previous_secret=f"whsec_{'b2xk' * 8}")
    provider = HttpProvider.from_config({**config, "from": "bot"}, LOOPBACK, lambda: NOW)
    return provider.parse_callback(
        CallbackRequest(
            url="https://pay.example.test/webhooks/channels/cha_1",
            method="POST",
            headers=signing.signed_headers([secret], message="evt_1", at=at, body=sent),
            body=sent,
        )
    )


WRITTEN = {"type": "message", "id": "m1", "from": "visitor-17", "text": "Hello"}
RECEIPT = {"type": "receipt", "delivery": "dlv_1", "status": "delivered"}


def test_a_signed_message_is_inbound_and_a_receipt_is_a_receipt() -> None:
    assert told(WRITTEN) == [
        Inbound(provider_id="m1", sender="visitor-17", recipient="bot", text="Hello")
    ]
    assert told(RECEIPT, secret=f"whsec_{'b2xk' * 8}") == [
        Receipt(fact=DeliveryState.DELIVERED, delivery="dlv_1")
    ]


def test_what_is_signed_late_early_or_by_another_is_forged() -> None:
    for wrong in (
        {"at": NOW - timedelta(minutes=6)},
        {"at": NOW + timedelta(minutes=6)},
        {"secret": f"whsec_{'YWJj' * 8}"},
    ):
        with pytest.raises(CallbackForged):
            told(WRITTEN, **wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b'{"a":1,"a":2}', b"[" * 99, b'"\\ud800"'])
def test_what_is_signed_and_no_json_is_a_clear_error(body: bytes) -> None:
    with pytest.raises(PaythreadError) as caught:
        told(None, body=body)
    assert not isinstance(caught.value, CallbackForged)
