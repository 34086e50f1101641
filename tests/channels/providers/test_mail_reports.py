"""Reports by mail: final failures and complaints about our own mails, and nothing else."""

import pytest

from channels import problems
from channels.port import Receipt
from channels.providers.mail_reports import read_report
from channels.states import DeliveryState

DELIVERY = "dlv_01k9aaaaaaaaaaaaaaaaaaaaaa"
OURS = f"<{DELIVERY}@acme.example>"
STATUS = "Reporting-MTA: dns; mx.example.com\n\nFinal-Recipient: rfc822; sam@example.com\n"


def report(kind: str, body: str, *, original: str = OURS, whole: bool = True) -> bytes:
    carried = "message/rfc822" if whole else "text/rfc822-headers"
    return (
        "From: MAILER-DAEMON@mx.example.com\nTo: pay@acme.example\nMIME-Version: 1.0\n"
        f'Content-Type: multipart/report; report-type={kind}; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\nI am sorry.\n"
        f"--b\nContent-Type: message/{kind}\n\n{body}\n"
        f"--b\nContent-Type: {carried}\n\nMessage-ID: {original}\nSubject: Pay\n\nHello\n--b--\n"
    ).encode()


def bounce(action: str, status: str, **changes: object) -> bytes:
    body = f"{STATUS}Action: {action}\nStatus: {status}\n"
    return report("delivery-status", body, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize(
    ("status", "code"),
    [
        ("5.1.1", problems.INVALID_ADDRESS),
        ("5.1.10 (recipient not found)", problems.INVALID_ADDRESS),
        ("5.2.2", problems.UNREACHABLE),
        ("5.7.1", problems.BLOCKED),
        ("5.0.0", problems.REFUSED),
    ],
)
def test_a_final_bounce_fails_its_delivery(status: str, code: str, whole: bool) -> None:
    expected = Receipt(fact=DeliveryState.FAILED, delivery=DELIVERY, code=code)
    assert read_report(bounce("failed", status, whole=whole), domain="acme.example") == expected


def test_a_complaint_says_that_the_recipient_wants_no_more() -> None:
    raw = report("feedback-report", "Feedback-Type: abuse\nUser-Agent: X/1\nVersion: 1\n")
    code = problems.RECIPIENT_OPTED_OUT
    expected = Receipt(fact=DeliveryState.FAILED, delivery=DELIVERY, code=code)
    assert read_report(raw, domain="acme.example") == expected


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\x00",
        b"Subject: hello\n\nhello",
        b"Content-Type: multipart/report\n\nno parts",
        bounce("delayed", "4.4.1"),
        bounce("failed", "4.4.1"),
        bounce("delivered", "5.1.1"),
        bounce("failed", "5.1.1", original="<x@acme.example>"),
        bounce("failed", "5.1.1", original=f"<{DELIVERY}@other.example>"),
        report("feedback-report", "Feedback-Type: not-spam\n"),
        b"x" * ((1 << 20) + 1),
    ],
)
def test_what_is_no_final_report_about_our_mail_says_nothing(raw: bytes) -> None:
    assert read_report(raw, domain="acme.example") is None
