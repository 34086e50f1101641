"""Posted forms: fields and file names, in time that grows with the body alone."""

import time

import pytest

from channels.providers.form_data import Form, read_form

MULTIPART = 'multipart/form-data; boundary="b-1"'


def part(head: str, body: str) -> str:
    return f"--b-1\r\nContent-Disposition: form-data; {head}\r\n\r\n{body}\r\n"


def test_a_urlencoded_form_keeps_the_first_of_each_field() -> None:
    read = read_form("Application/x-www-form-urlencoded; charset=utf-8", b"a=1&b=%C3%A9+x&a=2&c=")
    assert read == Form({"a": "1", "b": "é x", "c": ""})


def test_a_multipart_form_keeps_fields_and_the_names_of_files() -> None:
    body = part('name="a"', "one\r\ntwo") + part('name="f"; filename="bill.pdf"', "%PDF")
    read = read_form(MULTIPART, (body + part('name="b"', "é") + "--b-1--\r\n").encode())
    assert read == Form({"a": "one\r\ntwo", "b": "é"}, ("bill.pdf",))


def test_no_text_holds_what_no_database_keeps() -> None:
    read = read_form("application/x-www-form-urlencoded", b"a=%00%ff\xff")
    assert read == Form({"a": "\ufffd\ufffd\ufffd"})


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("", b"a=1"),
        ("text/plain", b"a=1"),
        ("application/x-www-form-urlencoded", b"a=1&" * 501),
        ("multipart/form-data", b"--b-1--"),
        ("multipart/form-data; boundary=\u00fc", b"--b--"),
        (MULTIPART, b""),
        (MULTIPART, part('name="a"', "cut off").encode()),
        (MULTIPART, b"--b-1\r\nno header\r\n--b-1--"),
        (MULTIPART, b"--b-1\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b-1--"),
        (MULTIPART, part('name="a"', "1").encode() * 501 + b"--b-1--"),
    ],
)
def test_what_is_no_whole_form_is_none(kind: str, body: bytes) -> None:
    assert read_form(kind, body) is None


@pytest.mark.parametrize("filler", [b"\r\n--b-1", b"\r\n", b'; name="', b"-", b"&", b"%"])
def test_a_megabyte_of_nonsense_is_soon_read(filler: bytes) -> None:
    body = filler * ((1 << 20) // len(filler))
    started = time.perf_counter()
    for kind in (MULTIPART, "application/x-www-form-urlencoded"):
        read_form(kind, body)
    assert time.perf_counter() - started < 5
