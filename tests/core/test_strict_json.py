"""Strict JSON takes what RFC 8259 allows and refuses what parsers disagree about."""

import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.strict_json import DEPTH_MAX, MalformedJson, UnusableText, parse

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))
leaves = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | texts
)
values = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(texts, inner, max_size=5),
    max_leaves=30,
)


@given(values, st.booleans())
def test_what_json_can_say_is_read_as_it_was_meant(value: Any, ascii_only: bool) -> None:
    assert value == parse(json.dumps(value, ensure_ascii=ascii_only).encode())


@given(st.binary(max_size=60))
def test_whatever_comes_is_read_or_refused_but_never_an_accident(body: bytes) -> None:
    try:
        read = parse(body)
    except (MalformedJson, UnusableText):
        return
    assert read == json.loads(body)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"  ", id="blanks"),
        pytest.param(b"{", id="cut off"),
        pytest.param(b"{} {}", id="two values"),
        pytest.param(b'{"a":1,}', id="trailing comma"),
        pytest.param(b"{'a':1}", id="single quotes"),
        pytest.param(b"// note\n{}", id="comment"),
        pytest.param(b'{"a":1,"a":2}', id="the same key twice"),
        pytest.param(b'{"a":1,"\\u0061":2}', id="the same key twice, once escaped"),
        pytest.param(b'[{"b":{"a":1,"a":1}}]', id="the same key twice, deep inside"),
        pytest.param(b'{"a":NaN}', id="NaN"),
        pytest.param(b"[Infinity]", id="Infinity"),
        pytest.param(b"[-Infinity]", id="-Infinity"),
        pytest.param(b"[1e400]", id="a number too large for a double"),
        pytest.param(b"[9223372036854775808]", id="2^63"),
        pytest.param(b"[-9223372036854775809]", id="below -2^63"),
        pytest.param(b"[" + b"9" * 5000 + b"]", id="5,000 digits"),
        pytest.param(b"[01]", id="leading zero"),
        pytest.param("\ufeff{}".encode(), id="byte order mark"),
        pytest.param('{"a":1}'.encode("utf-16"), id="UTF-16"),
        pytest.param('{"a":1}'.encode("utf-16-le"), id="UTF-16 without a mark"),
        pytest.param('{"a":1}'.encode("utf-32"), id="UTF-32"),
        pytest.param(b'{"a":"\xff"}', id="not UTF-8"),
        pytest.param(b'{"a":"\xed\xa0\x80"}', id="a surrogate in UTF-8"),
        pytest.param(b'{"a":"\x01"}', id="a raw control character"),
        pytest.param(b"[" * 100_000, id="100,000 deep, open"),
        pytest.param(b"[" * 100_000 + b"]" * 100_000, id="100,000 deep, closed"),
        pytest.param(b'{"a":' * 50_000 + b"1" + b"}" * 50_000, id="50,000 objects deep"),
    ],
)
def test_malformed_bodies_are_refused(body: bytes) -> None:
    with pytest.raises(MalformedJson):
        parse(body)


@pytest.mark.parametrize(
    "body", [b'["\\ud800"]', b'{"\\udfff":1}', b'["a\\u0000b"]', b'{"\\u0000":1}']
)
def test_text_that_no_database_can_hold_is_unusable(body: bytes) -> None:
    with pytest.raises(UnusableText):
        parse(body)


def test_a_pair_of_surrogates_is_one_character() -> None:
    assert ["😀"] == parse(b'["\\ud83d\\ude00"]')


def test_the_deepest_body_that_is_allowed_is_read_and_one_deeper_is_not() -> None:
    assert parse(b"[" * DEPTH_MAX + b"]" * DEPTH_MAX) is not None
    with pytest.raises(MalformedJson):
        parse(b"[" * (DEPTH_MAX + 1) + b"]" * (DEPTH_MAX + 1))


def test_brackets_inside_texts_are_not_depth() -> None:
    assert ['[[[\\"' * 50] == parse(json.dumps(['[[[\\"' * 50]).encode())


def test_the_largest_integers_are_exact() -> None:
    assert [2**63 - 1, -(2**63)] == parse(f"[{2**63 - 1},{-(2**63)}]".encode())


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b'"' + b'\\"' * 500_000, id="a text that never ends, full of quotes"),
        pytest.param(b'"' * 1_000_001, id="nothing but quotes"),
        pytest.param(b'"' + b"\\" * 1_000_001, id="nothing but backslashes"),
        pytest.param(b'["' + b"\\\\" * 500_000 + b'\\"]', id="an escaped end"),
        pytest.param(b"[" + b'"a",' * 250_000, id="a list that never ends"),
    ],
)
def test_a_megabyte_made_to_be_slow_is_refused_within_a_second(body: bytes) -> None:
    started = time.process_time()
    with pytest.raises(MalformedJson):
        parse(body)
    assert time.process_time() - started < 1


def test_no_error_repeats_what_was_sent() -> None:
    for body in (b'{"secret-42":1,"secret-42":2}', b"[secret-42]", b'["secret-42\\u0000"]'):
        with pytest.raises((MalformedJson, UnusableText)) as refusal:
            parse(body)
        assert "secret-42" not in refusal.value.detail
