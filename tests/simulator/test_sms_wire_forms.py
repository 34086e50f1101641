"""The small forms of Twilio's protocol: segments, signature, keywords, TwiML, numbers, refusals."""

from __future__ import annotations

import pytest
from twilio.request_validator import RequestValidator

from channels.simulator.messages import ONWARD, Status
from channels.simulator.networks.sms.keywords import opt_out_type
from channels.simulator.networks.sms.numbers import ENDINGS, ending_for, reaches_the_phone
from channels.simulator.networks.sms.refusals import Refused
from channels.simulator.networks.sms.segments import segments
from channels.simulator.networks.sms.signature import signature
from channels.simulator.networks.sms.twiml import replies_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("ж" * 70, 1),
        ("ж" * 71, 2),
        ("👍" * 35, 1),
        ("👍" * 36, 2),
    ],
)
def test_segments_are_counted_as_carriers_do(text: str, expected: int) -> None:
    assert segments(text) == expected


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8000/w?a=1", "https://x.example/w", "https://x.example:8443/"]
)
def test_signature_is_the_one_that_twilios_own_validator_accepts(url: str) -> None:
    params = {"To": "+447700900123", "Body": "Grüße & 5 < 6 👍", "Empty": ""}
    assert (
        RequestValidator("secret").validate(url, params, signature("secret", url, params)) is True
    )
    assert (
        RequestValidator("other").validate(url, params, signature("secret", url, params)) is False
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" Stop ", "STOP"),
        ("unsubscribe", "STOP"),
        ("START", "START"),
        ("info", "HELP"),
        ("stop it", None),
    ],
)
def test_a_keyword_counts_only_alone(text: str, expected: str | None) -> None:
    assert opt_out_type(text) == expected


@pytest.mark.parametrize(
    ("kind", "body", "expected"),
    [
        ("text/xml", "<Response/>", []),
        ("text/xml; charset=utf-8", "<Response><Message>Hi</Message></Response>", ["Hi"]),
        ("application/xml", "<Response><Message><Body>Hi</Body></Message></Response>", ["Hi"]),
        ("text/plain", "Hi", ["Hi"]),
        ("application/json", '{"ok": true}', []),
        ("text/xml", "<Response><Message>", []),
        (
            "text/xml",
            "<!DOCTYPE x [<!ENTITY a 'b'>]><Response><Message>&a;</Message></Response>",
            [],
        ),
        ("text/xml", "<Other><Message>Hi</Message></Other>", []),
        ("", "", []),
    ],
)
def test_answers_are_read_as_twiml_or_plain_text(kind: str, body: str, expected: list[str]) -> None:
    assert replies_in(kind, body.encode()) == expected


def test_every_ending_is_a_way_that_the_status_table_allows() -> None:
    for number in [*ENDINGS, "+447700900123"]:
        status = Status.QUEUED
        for following in ending_for(number).statuses:
            assert following in ONWARD[status]
            status = following


def test_messages_that_end_badly_do_not_reach_the_phone() -> None:
    assert [number for number in ENDINGS if not reaches_the_phone(number)] == [
        "+447700900993",
        "+447700900997",
    ]


def test_refusal_has_twilios_shape() -> None:
    assert Refused(21610).body == {
        "code": 21610,
        "message": "Attempt to send to unsubscribed recipient",
        "more_info": "https://www.twilio.com/docs/errors/21610",
        "status": 400,
    }
