"""What a raw mail tells: the customer's words, who may have written them, and what they answer.

Covers channels.providers.mail_parts too.
"""

import pytest

from channels.port import Inbound, Receipt
from channels.providers.mail_inbound import read_raw
from channels.states import DeliveryState
from tests.channels.providers.test_mail_reports import DELIVERY, OURS, bounce

US = "pay@acme.example"
VOUCHED = "Authentication-Results: mx.acme.example; dmarc=pass header.from=example.com\n"
SAM = "From: Sam Jones <sam@example.com>\nMessage-ID: <m1@example.com>\n"


def read(raw: str | bytes) -> Inbound | Receipt | None:
    encoded = raw.encode() if isinstance(raw, str) else raw
    return read_raw(encoded, sender=US, authserv_id="mx.acme.example")


def written(raw: str) -> Inbound:
    inbound = read(raw)
    assert isinstance(inbound, Inbound)
    return inbound


def test_a_mail_keeps_the_customers_own_words_and_what_they_answer() -> None:
    headers = (
        f"{VOUCHED}{SAM}Subject: Re: Pay\nIn-Reply-To: {OURS}\nReferences: <x@y.example> {OURS}\n"
    )
    expected = Inbound(
        provider_id="<m1@example.com>",
        sender="sam@example.com",
        recipient=US,
        text="Later please.",
        subject="Re: Pay",
        sender_name="Sam Jones",
        answers=(DELIVERY,),
    )
    assert written(f"{headers}\nLater please.\n\n> Pay now\n") == expected


def test_a_card_number_in_the_mails_own_name_is_not_kept() -> None:
    named = "From: sam@example.com\nMessage-ID: <4242424242424242@example.com>\n\nHello"
    assert written(named).provider_id.startswith("sha256-")
    assert written(named).provider_id == written(named).provider_id
    assert written(named).provider_id != written(f"{named} again").provider_id


def test_what_nobody_vouches_for_is_unverified() -> None:
    assert written(f"{SAM}\nHello").unverified
    two = VOUCHED + "From: sam@example.com, eve@evil.example\nMessage-ID: <m@x>\n\nHello"
    assert written(two).unverified
    twice = VOUCHED + SAM + "From: eve@evil.example\n\nHello"
    assert written(twice).unverified


def test_the_nearest_delivery_is_named_first_and_others_peoples_never() -> None:
    other = "dlv_01k9bbbbbbbbbbbbbbbbbbbbbb"
    refs = f"References: <{other}@acme.example> <{other}@evil.example> {OURS}\n"
    assert written(f"{SAM}{refs}\nHello").answers == (DELIVERY, other)


def test_a_bounce_is_a_report_and_no_message() -> None:
    report = read(bounce("failed", "5.1.1"))
    assert report == Receipt(fact=DeliveryState.FAILED, delivery=DELIVERY, code="invalid_address")


@pytest.mark.parametrize(
    "header", ["Auto-Submitted: auto-replied", "Return-Path: <>", "Precedence: bulk"]
)
def test_what_a_machine_wrote_chooses_nothing(header: str) -> None:
    inbound = written(f"{header}\n{SAM}\nSTOP")
    assert (inbound.automatic, inbound.choice) == (True, None)
    assert inbound.text == "[automatic reply] STOP"


def test_a_mail_without_an_id_has_one_of_its_bytes() -> None:
    raw = "From: sam@example.com\n\nHello"
    assert written(raw).provider_id == written(raw).provider_id != written(raw + "!").provider_id
    assert len(written(raw).provider_id) <= 128


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\x00",
        b"no mail at all",
        b"From: pay@acme.example\n\nour own",
        b"From: nobody\n\nHello",
        b"From: =?x?q?=\n\nHello",
        b"From: <@>\nContent-Type: multipart/mixed; boundary=\n\n--\n",
    ],
)
def test_what_has_no_writer_tells_nothing(raw: bytes) -> None:
    assert read(raw) is None


@pytest.mark.parametrize(
    "more",
    [
        "Content-Type: text/plain; charset=nonsense\n\nHello",
        "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>Hello",
        "Subject: =?utf-8?b?broken?=\nTo: :;,<>\n\nHello",
        "Content-Transfer-Encoding: base64\n\nSGVsbG8",
    ],
)
def test_an_odd_mail_is_read_as_well_as_it_can_be(more: str) -> None:
    assert written(f"{SAM}{more}").sender == "sam@example.com"


def test_the_beginning_of_a_mail_says_that_it_is_one() -> None:
    inbound = read_raw(f"{SAM}\nHello".encode(), sender=US, authserv_id=None, cut=True)
    assert isinstance(inbound, Inbound)
    assert inbound.text.startswith("Hello\n\n[The rest of this mail")
