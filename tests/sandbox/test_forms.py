"""Form-encoded parameters are read strictly: nested, bounded, and nothing left over."""

from typing import Any

import pytest

from payments.sandbox.errors import BadRequest
from payments.sandbox.forms import DEPTH_MAX, FIELDS_MAX, parse_form
from payments.sandbox.params import Params, merged_metadata
from tests.sandbox.harness import SECRET_KEY, Sandbox


@pytest.mark.parametrize(
    ("encoded", "values"),
    [
        ("", {}),
        ("a=1&b=%C3%A9+x", {"a": "1", "b": "é x"}),
        ("a[b][c]=1&a[b][d]=2", {"a": {"b": {"c": "1", "d": "2"}}}),
        ("a[]=x&a[]=y", {"a": ["x", "y"]}),
        ("a[0]=x&a[1]=y", {"a": ["x", "y"]}),
        ("a[0][b]=x&a[1][b]=y", {"a": [{"b": "x"}, {"b": "y"}]}),
        ("a[1]=x", {"a": {"1": "x"}}),
        ("a%5Bb%5D=1", {"a": {"b": "1"}}),
        ("a=", {"a": ""}),
    ],
)
def test_brackets_become_nested_values(encoded: str, values: Any) -> None:
    """As Stripe's clients encode them."""
    assert parse_form(encoded) == values


@pytest.mark.parametrize(
    "encoded",
    [
        "a=1&a=2",
        "a=1&a[b]=2",
        "a[b]=1&a=2",
        "a[b=1",
        "[a]=1",
        "a[b]c=1",
        "a=%FF",
        "a=%00",
        "a" + "[b]" * DEPTH_MAX + "=1",
        "&".join(f"a{n}=1" for n in range(FIELDS_MAX + 1)),
    ],
)
def test_what_is_malformed_is_refused(encoded: str) -> None:
    """Never guessed at."""
    with pytest.raises(BadRequest):
        parse_form(encoded)


def test_what_nobody_read_is_unknown() -> None:
    """At every depth, by its full name; a name with a long number in it is not repeated."""
    params = Params({"card": {"number": "1", "colour": "red"}})
    card = params.group("card")
    assert card is not None
    card.text("number")

    with pytest.raises(BadRequest) as caught:
        params.finish()
    with pytest.raises(BadRequest) as hidden:
        Params({"4242424242424242": "x"}).finish()

    assert caught.value.error["param"] == "card[colour]"
    assert "4242" not in str(hidden.value.body())


def test_metadata_is_merged_key_by_key() -> None:
    """An empty value forgets its key, an empty metadata all of them."""
    old = {"a": "1", "b": "2"}

    assert merged_metadata(old, None) == old
    assert merged_metadata(old, {"b": "", "c": "3"}) == {"a": "1", "c": "3"}
    assert merged_metadata(old, {}) == {}


@pytest.mark.parametrize(
    ("content", "content_type", "status"),
    [
        (b'{"amount": 1}', "application/json", 400),
        (b"amount=1", "text/plain", 400),
        (b"\xff\xfe", "application/x-www-form-urlencoded", 400),
        (b"a" * 300_000, "application/x-www-form-urlencoded", 413),
        (b"amount=%ZZ", "application/x-www-form-urlencoded", 400),
    ],
)
async def test_odd_bodies_are_refused_in_stripes_shape(
    content: bytes, content_type: str, status: int, sandbox: Sandbox
) -> None:
    """Never a 500, never an HTML page."""
    async with sandbox.http() as client:
        answer = await client.post(
            "/v1/payment_intents",
            content=content,
            headers={"Authorization": f"Bearer {SECRET_KEY}", "Content-Type": content_type},
        )

    assert answer.status_code == status
    assert answer.json()["error"]["type"] == "invalid_request_error"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/v1/nothing", 404),
        ("PUT", "/v1/payment_intents", 405),
        ("DELETE", "/v1/refunds/re_1", 405),
        ("GET", "/frames/cardPin", 404),
        ("GET", "/assets/../store.py", 404),
        ("GET", "/assets/merchant%2Fstripe.js", 404),
    ],
)
async def test_what_is_not_there_is_not_there(
    method: str, path: str, status: int, sandbox: Sandbox
) -> None:
    """Unknown paths and methods are said to be unknown."""
    async with sandbox.http() as client:
        answer = await client.request(method, path)

    assert answer.status_code == status
