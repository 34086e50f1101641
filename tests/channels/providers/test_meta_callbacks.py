"""Meta's callbacks: proof first, then whatever shape; the handshake; texts that a database takes."""

import hashlib
from dataclasses import replace
from urllib.parse import urlencode

import pytest

from channels.port import CallbackForged, CallbackRequest, Handshaking, Provider
from channels.providers.meta_callbacks import CallbackUnreadable, id_of, inside, objects, text_of
from channels.providers.meta_signature import HEADER
from core.errors import Kind
from tests.channels.providers.meta_rigs import (
    APP_SECRET,
    URL,
    VERIFY_TOKEN,
    GraphRig,
    InstagramRig,
    MessengerRig,
    signed,
)

RIGS = [GraphRig, MessengerRig, InstagramRig]


@pytest.fixture(params=RIGS)
def provider(request: pytest.FixtureRequest) -> Provider:
    made: Provider = request.param().made("https://graph.facebook.com")
    return made


@pytest.mark.parametrize(
    "body",
    [b"", b"no json", b"[]", b"{}", b'{"entry":{}}', b'"text"', b"\xff", b"[" * 50_000, b"1e999"],
)
def test_what_is_signed_and_no_callback_is_unreadable(provider: Provider, body: bytes) -> None:
    with pytest.raises(CallbackUnreadable) as refused:
        provider.parse_callback(signed(body))
    assert refused.value.kind is Kind.MALFORMED


@pytest.mark.parametrize("body", [b"", b"no json", b"{}", b'{"object":"page","entry":[]}'])
def test_nothing_is_read_before_the_signature_holds(provider: Provider, body: bytes) -> None:
    honest = signed(body)
    forged = [
        replace(honest, headers={}),
        replace(honest, body=body + b" "),
        replace(honest, headers={HEADER: "sha256=" + "0" * 64}),
        signed(body, secret="another app's"),
    ]
    for request in forged:
        with pytest.raises(CallbackForged):
            provider.parse_callback(request)


def test_the_former_secret_is_believed_while_the_new_one_is_rolled_out() -> None:
    rig = GraphRig()
    provider = rig.made(
        "https://graph.facebook.com", app_secret="new", previous_app_secret=APP_SECRET
    )
    body = {"object": "whatsapp_business_account", "entry": []}
    assert provider.parse_callback(signed(body)) == []
    assert provider.parse_callback(signed(body, secret="new")) == []


@pytest.mark.parametrize(
    "entry",
    [
        [],
        [None, 7, "x", [], {}],
        [{"changes": None, "messaging": None}],
        [{"changes": [None, {"value": 1}, {"value": {"metadata": 3}}]}],
        [{"messaging": [None, {"sender": 1}, {"sender": {"id": 5}, "recipient": {"id": []}}]}],
    ],
)
@pytest.mark.parametrize("about", ["whatsapp_business_account", "page", "instagram", None, 5])
def test_odd_shapes_tell_nothing(provider: Provider, entry: object, about: object) -> None:
    assert provider.parse_callback(signed({"object": about, "entry": entry})) == []


def shake(provider: Provider, **query: str) -> bytes:
    named = {f"hub.{name}": value for name, value in query.items()}
    assert isinstance(provider, Handshaking)
    answer = provider.handshake(
        CallbackRequest(url=f"{URL}?{urlencode(named)}", method="GET", headers={}, body=b"")
    )
    assert (answer.status, answer.content_type) == (200, "text/plain")
    return answer.body


def test_whoever_knows_the_verify_token_gets_the_challenge_back(provider: Provider) -> None:
    said = shake(provider, mode="subscribe", verify_token=VERIFY_TOKEN, challenge="1158201444")
    assert said == b"1158201444"


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"mode": "subscribe", "challenge": "1"},
        {"mode": "subscribe", "verify_token": "guess", "challenge": "1"},
        {"mode": "unsubscribe", "verify_token": VERIFY_TOKEN, "challenge": "1"},
        {"mode": "subscribe", "verify_token": VERIFY_TOKEN},
        {"mode": "subscribe", "verify_token": VERIFY_TOKEN, "challenge": "1" * 513},
        {"mode": "subscribe", "verify_token": VERIFY_TOKEN, "challenge": "a\r\nb"},
        {"mode": "subscribe", "verify_token": "é\x00", "challenge": "1"},
    ],
)
def test_any_other_handshake_is_refused(provider: Provider, query: dict[str, str]) -> None:
    with pytest.raises(CallbackForged):
        shake(provider, **query)


def test_a_text_is_such_as_a_database_takes() -> None:
    assert text_of({"a": "x\x00y\ud800z"}, "a") == "xy?z"
    assert [text_of({"a": odd}, "a") for odd in (None, 7, [], {}, True)] == [""] * 5
    assert text_of({}, "a") == ""


def test_an_id_that_is_too_long_to_keep_is_kept_as_its_hash() -> None:
    long = "aWdfZAG1f" * 20
    assert id_of({"id": "wamid.1"}) == "wamid.1"
    assert id_of({"id": long}) == f"sha256:{hashlib.sha256(long.encode()).hexdigest()}"


def test_paths_and_lists_that_are_not_there_are_empty() -> None:
    assert inside({"a": {"b": {"c": 1}}}, "a", "b") == {"c": 1}
    assert inside({"a": [1]}, "a", "b") == {}
    assert list(objects([{"a": 1}, None, 3])) == [{"a": 1}]
    assert list(objects({"a": 1})) == []
