"""Twilio's signature: the published cases, Twilio's own library as judge, and forgeries of every kind."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]

from channels.port import CallbackForged, CallbackRequest
from channels.providers.twilio import TwilioProvider
from channels.providers.twilio_signature import holds, sign
from tests.channels.providers.rigs import AUTH_TOKEN, twilio_config
from tests.support.vectors import vectors

URL = "https://pay.example.test/webhooks/channels/cha_1?delivery=dlv_1"


def holds_for(case: dict[str, Any]) -> bool:
    """Through the adapter, from the raw body, as the door would."""
    provider = TwilioProvider.from_config(
        twilio_config("http://127.0.0.1:9", auth_token=case["auth_token"])
    )
    signature = case["x_twilio_signature"]
    request = CallbackRequest(
        url=case["url"],
        method="POST",
        headers={"content-type": case["content_type"]}
        | ({"x-twilio-signature": signature} if signature is not None else {}),
        body=case["raw_body"].encode(),
    )
    try:
        provider.parse_callback(request)
    except CallbackForged:
        return False
    return True


def test_every_published_case_is_judged_as_twilio_judges_it() -> None:
    cases = vectors("twilio_signature.json")["cases"]
    wrong = [
        case["name"]
        for case in cases
        if case["accept"] is not None and holds_for(case) is not case["accept"]
    ]
    assert wrong == []
    assert sum(case["accept"] is False for case in cases) >= 9


_NAMES = st.text(st.sampled_from("abcXYZ09_."), min_size=1, max_size=8)
_FORMS = st.dictionaries(_NAMES, st.text(max_size=20).filter(lambda t: "\x00" not in t), max_size=6)


@given(_FORMS, st.sampled_from(["", ":8443", ":443"]))
@settings(max_examples=60)
def test_we_sign_and_judge_as_twilios_own_library(form: dict[str, str], port: str) -> None:
    validator = RequestValidator(AUTH_TOKEN)
    url = f"https://pay.example.test{port}/webhooks/channels/cha_1?delivery=dlv_1"
    signature = validator.compute_signature(url, form)
    assert sign(AUTH_TOKEN, url, form.items()) == signature
    for judged in (url, url.replace(port, "") if port else url):
        ours = holds(
            signature,
            auth_tokens=[AUTH_TOKEN],
            url=judged,
            parameters=list(form.items()),
            body=b"",
            is_form=True,
        )
        assert ours is validator.validate(judged, form, signature)


def judged(signature: str | None, **changes: Any) -> bool:
    asked: dict[str, Any] = {
        "auth_tokens": [AUTH_TOKEN],
        "url": URL,
        "parameters": [("MessageSid", "SM1"), ("MessageStatus", "delivered")],
        "body": b"",
        "is_form": True,
    }
    return holds(signature, **{**asked, **changes})


def test_anything_changed_breaks_the_signature() -> None:
    parameters = [("MessageSid", "SM1"), ("MessageStatus", "delivered")]
    signature = sign(AUTH_TOKEN, URL, parameters)
    assert judged(signature)
    assert judged(signature, auth_tokens=["a newer token", AUTH_TOKEN])
    changed: tuple[dict[str, Any], ...] = (
        {"auth_tokens": ["another token"]},
        {"auth_tokens": []},
        {"url": URL.replace("dlv_1", "dlv_2")},
        {"url": URL.replace("https", "http")},
        {"url": URL.replace("pay.", "evil.")},
        {"parameters": parameters[:1]},
        {"parameters": [*parameters, ("ErrorCode", "")]},
        {"parameters": [("MessageSid", "SM1"), ("MessageStatus", "read")]},
        {"is_form": False},
    )
    for changes in changed:
        assert not judged(signature, **changes), changes
    for forged in (None, "", "x", signature[:-1], signature + "=", signature.lower(), "é" * 28):
        assert not judged(forged)


def test_a_json_body_is_covered_by_its_hash_in_the_url() -> None:
    import hashlib

    body = b'{"a": 1}'
    url = f"{URL}&bodySHA256={hashlib.sha256(body).hexdigest()}"
    signature = sign(AUTH_TOKEN, url)
    asked: dict[str, Any] = {"url": url, "parameters": [], "is_form": False}
    assert judged(signature, body=body, **asked)
    assert not judged(signature, body=b'{"a": 2}', **asked)
    assert not judged(sign(AUTH_TOKEN, URL), body=body, **{**asked, "url": URL})
