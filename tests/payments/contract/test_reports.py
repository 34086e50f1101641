"""What every gateway promises of the reports that it is sent."""

from datetime import timedelta

import pytest

from core.clock import utc_now
from payments.errors import WebhookForged
from tests.payments.contract.asking import report_id
from tests.payments.psps import Psp

NOW = utc_now()


async def test_a_genuine_report_is_read(psp: Psp) -> None:
    body = psp.report()

    (event,) = psp.gateway.read_events(psp.signed(body, at=NOW), body, now=NOW)
    assert (report_id(psp), None) == (event.id, event.outcome)
    assert event == psp.gateway.reread_event(event.body)


def signing(psp: Psp) -> str:
    """The header of the signature; skips the test where reports carry none."""
    if psp.signature_header is None:
        pytest.skip("its reports carry no signature: what they name is asked for")
    return psp.signature_header


@pytest.mark.parametrize("seconds", [-300, 300])
async def test_a_report_within_five_minutes_is_read(psp: Psp, seconds: int) -> None:
    body = psp.report()
    headers = psp.signed(body, at=NOW + timedelta(seconds=seconds))

    assert report_id(psp) == psp.gateway.read_events(headers, body, now=NOW)[0].id


@pytest.mark.parametrize("seconds", [-301, 301])
async def test_a_report_older_than_five_minutes_or_from_the_future_is_refused(
    psp: Psp, seconds: int
) -> None:
    if not psp.signs_time:
        pytest.skip("its signatures say nothing of the time")
    body = psp.report()
    headers = psp.signed(body, at=NOW + timedelta(seconds=seconds))

    with pytest.raises(WebhookForged):
        psp.gateway.read_events(headers, body, now=NOW)


async def test_a_report_signed_by_another_is_refused(psp: Psp) -> None:
    signing(psp)
    body = psp.report()
    with pytest.raises(WebhookForged):
        psp.gateway.read_events(psp.signed(body, at=NOW, secret="whsec_other"), body, now=NOW)


async def test_a_report_that_was_changed_on_its_way_is_refused(psp: Psp) -> None:
    signing(psp)
    body = psp.report()
    with pytest.raises(WebhookForged):
        psp.gateway.read_events(psp.signed(body, at=NOW), body.replace(b"evt_1", b"evt_2"), now=NOW)


def spoilt(genuine: str) -> list[str]:
    """Headers that are no signature."""
    stamp, _, mac = genuine.partition(",")
    return [
        "",
        "=",
        ",",
        "t=,v1=",
        stamp,
        mac,
        f"{stamp},v0={mac[3:]}",
        f"{stamp},v1=é",
        f"{stamp},v1=not base64 nor hex!",
        f"t=one,{mac}",
        f"t={'9' * 5000},{mac}",
        f" t=1,{mac}",
    ]


async def test_a_report_without_a_signature_is_refused(psp: Psp) -> None:
    signing(psp)
    body = psp.report()
    with pytest.raises(WebhookForged):
        psp.gateway.read_events({}, body, now=NOW)


@pytest.mark.parametrize("which", range(12))
async def test_a_header_that_is_no_signature_is_refused(psp: Psp, which: int) -> None:
    body = psp.report()
    header = signing(psp)
    genuine = psp.signed(body, at=NOW)[header]
    made = spoilt(genuine)[which]
    if genuine in made:
        pytest.skip("this PSP's whole signature stands in it")
    with pytest.raises(WebhookForged):
        psp.gateway.read_events({header: made}, body, now=NOW)


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"[]", b"null", b"{}", b'{"id": 1}'])
async def test_a_body_that_is_no_event_is_refused_even_when_signed(psp: Psp, body: bytes) -> None:
    with pytest.raises(WebhookForged):
        psp.gateway.read_events(psp.signed(body, at=NOW), body, now=NOW)
