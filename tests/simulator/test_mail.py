"""Mail over real SMTP: TLS with verification, login, MIME as it comes, and what the mailbox shows of it."""

from __future__ import annotations

import asyncio
import ssl
from email.headerregistry import Address
from email.message import EmailMessage

import aiosmtplib
import pytest

from channels.simulator.networks.email.mime import read_mail

from .harness import CARD, SMTP_PASSWORD, SMTP_USER, Simulator

CUSTOMER = "ada@example.com"


def letter(*, subject: str = "Grüße 👍 — your link", html: str | None = None) -> EmailMessage:
    message = EmailMessage()
    message["From"] = Address("Nørthwind, Travel", "payments", "northwind.example")
    message["To"] = CUSTOMER
    message["Subject"] = subject
    message["Message-ID"] = "<dlv_1@northwind.example>"
    message.set_content("Zahlen Sie hier: http://127.0.0.1:8000/p/abc\n")
    if html is not None:
        message.add_alternative(html, subtype="html")
    return message


def deliver(
    simulator: Simulator,
    message: EmailMessage | bytes,
    *,
    to: tuple[str, ...] = (CUSTOMER,),
    login: tuple[str, str] | None = None,
    tls: bool = True,
    strict: bool = True,
    timeout: float = 10,
) -> str:
    """Sends with certificate verification; the answer is the server's last word."""

    async def send() -> str:
        context = ssl.create_default_context(cafile=str(simulator.certificate))
        if strict:
            context.verify_flags |= ssl.VERIFY_X509_STRICT
        client = aiosmtplib.SMTP(
            hostname="127.0.0.1",
            port=simulator.smtp_port,
            start_tls=tls,
            tls_context=context if tls else None,
            timeout=timeout,
        )
        async with client:
            if login is not None:
                await client.login(*login)
            raw = message if isinstance(message, bytes) else message.as_bytes()
            _, said = await client.sendmail("bounce@northwind.example", list(to), raw)
            return said

    return asyncio.run(send())


def test_mail_arrives_with_its_parts_decoded(simulator: Simulator) -> None:
    html = '<p>Hallo <a href="http://127.0.0.1:8000/p/abc?x=1&amp;y=2">Pay</a></p>'
    said = deliver(simulator, letter(html=html), login=(SMTP_USER, SMTP_PASSWORD))
    [shown] = simulator.inbox(to=" ADA@example.com", channel="email")
    assert shown["id"] in said
    assert shown["subject"] == "Grüße 👍 — your link"
    assert (shown["from"], shown["from_name"]) == (
        "payments@northwind.example",
        "Nørthwind, Travel",
    )
    assert shown["to"] == CUSTOMER
    assert shown["text"].strip() == "Zahlen Sie hier: http://127.0.0.1:8000/p/abc"
    assert shown["html"].strip() == html
    assert shown["urls"] == ["http://127.0.0.1:8000/p/abc", "http://127.0.0.1:8000/p/abc?x=1&y=2"]
    assert ["Message-ID", "<dlv_1@northwind.example>"] in shown["headers"]


def test_certificate_is_served_and_is_the_one_in_the_file(simulator: Simulator) -> None:
    served = simulator.http.get(f"{simulator.url}/api/smtp-ca.pem").text
    assert served == simulator.certificate.read_text()
    key = simulator.data.with_name(f"{simulator.data.name}.smtp-key.pem")
    assert key.stat().st_mode & 0o077 == 0


def test_certificate_stays_the_same_over_a_restart(simulator: Simulator) -> None:
    before = simulator.certificate.read_bytes()
    simulator.stop()
    simulator.start()
    assert simulator.certificate.read_bytes() == before


def test_mail_without_tls_and_login_is_taken_too(simulator: Simulator) -> None:
    deliver(simulator, letter(), tls=False)
    assert len(simulator.inbox()) == 1


@pytest.mark.parametrize("login", [(SMTP_USER, "wrong"), ("nobody", SMTP_PASSWORD)])
def test_wrong_login_is_refused(refusing: Simulator, login: tuple[str, str]) -> None:
    with pytest.raises(aiosmtplib.SMTPAuthenticationError):
        deliver(refusing, letter(), login=login)


def test_login_can_be_required(simulator: Simulator) -> None:
    simulator.stop()
    simulator.arguments.append("--smtp-auth-required")
    simulator.start()
    with pytest.raises(aiosmtplib.SMTPResponseException) as refused:
        deliver(simulator, letter())
    assert refused.value.code == 530
    deliver(simulator, letter(), login=(SMTP_USER, SMTP_PASSWORD))
    assert len(simulator.inbox()) == 1


def test_each_recipient_gets_the_mail_once(simulator: Simulator) -> None:
    deliver(simulator, letter(), to=(CUSTOMER, "bob@example.com", CUSTOMER))
    assert sorted(message["to"] for message in simulator.inbox()) == [CUSTOMER, "bob@example.com"]


def test_bad_recipient_and_oversized_mail_are_refused(refusing: Simulator) -> None:
    with pytest.raises(aiosmtplib.SMTPRecipientsRefused):
        deliver(refusing, letter(), to=("not-an-address",))
    with pytest.raises(aiosmtplib.SMTPResponseException) as refused:
        deliver(refusing, b"Subject: big\r\n\r\n" + b"x" * 70 + b"\r\n" * 2_700_000)
    assert refused.value.code == 552
    assert refusing.inbox() == []


@pytest.mark.parametrize(("fault", "code"), [("fail", 451), ("reject", 550)])
def test_faults_refuse_the_next_mail_only(simulator: Simulator, fault: str, code: int) -> None:
    simulator.post("/api/faults", {fault: 1, "channel": "email"})
    with pytest.raises(aiosmtplib.SMTPDataError) as refused:
        deliver(simulator, letter())
    assert refused.value.code == code
    deliver(simulator, letter())
    assert len(simulator.inbox()) == 1


def test_mail_that_is_never_answered_has_arrived(simulator: Simulator) -> None:
    simulator.post("/api/faults", {"timeout_after": 1})
    with pytest.raises((aiosmtplib.SMTPReadTimeoutError, aiosmtplib.SMTPServerDisconnected)):
        deliver(simulator, letter(), timeout=1)
    assert len(simulator.inbox()) == 1


def test_email_has_no_carrier_reports(simulator: Simulator) -> None:
    deliver(simulator, letter())
    answer = simulator.post("/api/receipts", {"id": simulator.inbox()[0]["id"], "status": "read"})
    assert answer.status_code == 409
    assert "Email" in answer.json()["error"]["message"]


def test_card_numbers_are_masked_in_every_part_before_storing(simulator: Simulator) -> None:
    spaced = " ".join(CARD[i : i + 4] for i in range(0, 16, 4))
    message = letter(subject=f"Card {CARD}", html=f"<p>{CARD[:8]}<b>{CARD[8:]}</b></p>")
    message["X-Note"] = spaced
    deliver(simulator, message, to=(CUSTOMER, f"{CARD}@example.com"))
    answer = simulator.http.get(f"{simulator.url}/api/messages").text
    files = b"".join(path.read_bytes() for path in simulator.data.parent.iterdir())
    for number in (CARD, spaced, f"{CARD[:8]}<b>"):
        assert number not in answer
        assert number.encode() not in files


def test_html_mail_is_served_locked_up_with_its_own_pictures(simulator: Simulator) -> None:
    html = '<img src="cid:qr"><img src="https://pixel.example/x.png"><script>alert(1)</script>'
    message = letter(html=html)
    part = message.get_body(("html",))
    assert isinstance(part, EmailMessage)
    part.add_related(b"\x89PNG", "image", "png", cid="<qr>")
    deliver(simulator, message)
    page = simulator.http.get(f"{simulator.url}/mail/{simulator.inbox()[0]['id']}")
    policy = page.headers["content-security-policy"]
    assert 'src="data:image/png;base64,iVBORw=="' in page.text
    assert "default-src 'none'" in policy
    assert "img-src data:" in policy
    assert "sandbox allow-popups allow-popups-to-escape-sandbox" in policy
    assert "script-src" not in policy
    assert simulator.http.get(f"{simulator.url}/mail/nothing").status_code == 404


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\xff\xfe",
        b"From: =?utf-8?b?!!!?= <a@b\r\nSubject: =?klingon?q?x?=\r\n\r\nbody",
        b"Content-Type: multipart/alternative\r\n\r\nno boundary",
        b"Content-Type: text/plain; charset=klingon\r\n\r\n\xe9t\xe9",
        b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!",
        b"Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\nContent-Type: a/b/c; =\r\n\r\nx\r\n--a--",
        b"Subject: " + b"x" * 100_000 + b"\r\n\r\n",
        b"From: a@b.example\r\n" * 500 + b"\r\nbody",
    ],
)
def test_odd_mail_is_read_as_well_as_it_can_be(raw: bytes) -> None:
    mail = read_mail(raw)
    assert len(mail.subject) <= 2000
    assert len(mail.headers) <= 100
    "".join([mail.text, mail.html or "", mail.sender, mail.sender_name]).encode()


def test_quoted_printable_and_other_charsets_are_decoded() -> None:
    raw = (
        b"Subject: =?iso-8859-1?q?Caf=E9?=\r\n =?iso-8859-1?q?_bill?=\r\n"
        b"Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        b"Caf=E9 =\r\nau lait"
    )
    mail = read_mail(raw)
    assert (mail.subject, mail.text) == ("Café bill", "Café au lait")
