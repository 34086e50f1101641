"""Email over SMTP: TLS as told, one recipient, headers that hold, and the same Message-ID twice."""

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from channels import problems
from channels.port import (
    Accepted,
    AccountConfigInvalid,
    CallbackForged,
    Content,
    Inbound,
    NotSent,
    Outgoing,
    Refused,
)
from channels.providers.smtp import SmtpProvider
from tests.channels.providers.mailgun_posts import KEY, mail
from tests.channels.providers.rigs import Mood, SmtpRig, smtp_config

AT = datetime(2026, 11, 22, 13, 24, 5, tzinfo=UTC)
HTML = "<p>Pay £49.99</p>"


def outgoing(**changes: Any) -> Outgoing:
    return Outgoing(
        **{
            "delivery": "dlv_01k9aaaaaaaaaaaaaaaaaaaaaa",
            "to": "sam@example.com",
            "sender_name": "Acme Travel",
            "content": Content("Pay £49.99: https://a.example/p/AbC\n", "Pay £49.99", HTML),
            "at": AT,
            "callback_url": "https://pay.example.test/x",
            **changes,
        }
    )


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ssl.SSLContext]:
    """A certificate for 127.0.0.1 of our own making: the file to trust, and the server's side."""
    import ipaddress

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )
    folder = tmp_path_factory.mktemp("tls")
    public, private = folder / "ca.pem", folder / "key.pem"
    public.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(public, private)
    return public, context


async def test_a_mail_has_both_bodies_and_headers_of_its_own() -> None:
    rig = SmtpRig()
    async with rig.listening() as port:
        outcome = await SmtpProvider.from_config(smtp_config(port)).send(outgoing())
    [mail] = rig.mails
    assert outcome == Accepted("<dlv_01k9aaaaaaaaaaaaaaaaaaaaaa@acme.example>")
    assert mail["Message-ID"] == "<dlv_01k9aaaaaaaaaaaaaaaaaaaaaa@acme.example>"
    assert str(mail["From"]) == "Acme Travel <pay@acme.example>"
    assert str(mail["To"]) == "sam@example.com"
    assert mail["Subject"] == "Pay £49.99"
    assert mail["Date"].datetime == AT
    assert mail.get_content_type() == "multipart/alternative"
    parts = [part.get_content_type() for part in mail.iter_parts()]
    assert parts == ["text/plain", "text/html"]
    html = mail.get_body(("html",))
    assert html is not None
    assert html.get_content().strip() == HTML
    assert rig.envelopes == [("pay@acme.example", ["sam@example.com"])]


async def test_a_mail_says_what_it_answers_and_how_to_leave() -> None:
    rig = SmtpRig()
    answered, url = f"<{'x' * 90}@mail.example.com>", f"https://pay.example.test/u/{'t' * 90}"
    async with rig.listening() as port:
        provider = SmtpProvider.from_config(smtp_config(port))
        await provider.send(outgoing(reply_to=answered, unsubscribe_url=url))
        hostile = await provider.send(outgoing(unsubscribe_url=f"{url}\r\nBcc: x@y.example"))
    [mail] = rig.mails
    assert (mail["In-Reply-To"], mail["References"]) == (answered, answered)
    assert mail["List-Unsubscribe"] == f"<{url}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["Subject"] == "Pay £49.99"
    assert hostile == Refused(problems.INVALID_CONTENT)


async def test_the_same_delivery_twice_is_the_same_mail() -> None:
    rig = SmtpRig()
    async with rig.listening() as port:
        provider = SmtpProvider.from_config(smtp_config(port))
        outcomes = [await provider.send(outgoing()) for _ in range(2)]
    assert outcomes[0] == outcomes[1]
    assert rig.mails[0]["Message-ID"] == rig.mails[1]["Message-ID"]


@pytest.mark.parametrize(
    "hostile",
    [
        "Acme\r\nBcc: alex@example.com",
        "Acme\nBcc: alex@example.com",
        "Acme\r\n\r\nA body of my own",
        "Acme\r\n.\r\nMAIL FROM:<x@y.example>",
    ],
)
async def test_a_line_break_in_a_header_sends_nothing(hostile: str) -> None:
    rig = SmtpRig()
    async with rig.listening() as port:
        provider = SmtpProvider.from_config(smtp_config(port))
        for changes in (
            {"content": Content("x", hostile)},
            {"sender_name": hostile},
            {"to": f"sam@example.com{hostile}"},
        ):
            outcome = await provider.send(outgoing(**changes))
            assert outcome == Refused(problems.INVALID_CONTENT)
    assert rig.mails == []


async def test_a_lone_dot_and_smtp_in_the_text_stay_text() -> None:
    rig = SmtpRig()
    text = "one\r\n.\r\nMAIL FROM:<x@y.example>\r\n..two"
    async with rig.listening() as port:
        await SmtpProvider.from_config(smtp_config(port)).send(
            outgoing(content=Content(text, "Pay"))
        )
    [mail] = rig.mails
    assert mail.get_content().splitlines() == text.splitlines()
    assert mail.get_content_type() == "text/plain"


@pytest.mark.parametrize("name", ["Ácme & Söhne", 'Acme "Travel"', "Acme, Ltd <pay>", "アクメ"])
async def test_any_merchants_name_is_shown_as_it_is(name: str) -> None:
    rig = SmtpRig()
    async with rig.listening() as port:
        await SmtpProvider.from_config(smtp_config(port)).send(outgoing(sender_name=name))
    [address] = rig.mails[0]["From"].addresses
    assert (address.display_name, address.addr_spec) == (name, "pay@acme.example")


async def test_an_international_domain_is_written_to_in_ascii() -> None:
    rig = SmtpRig()
    async with rig.listening() as port:
        await SmtpProvider.from_config(smtp_config(port)).send(outgoing(to="sam@exämple.com"))
    assert rig.envelopes[0][1] == ["sam@xn--exmple-cua.com"]


async def test_starttls_and_login_with_a_trusted_certificate(
    certificate: tuple[Path, ssl.SSLContext],
) -> None:
    trusted, context = certificate
    rig = SmtpRig()
    login = {"username": "acme", "password": "right password", "ca_file": str(trusted)}
    async with rig.listening(starttls=context, require_starttls=True, auth_required=True) as port:
        config = smtp_config(port, security="starttls", **login)
        assert isinstance(await SmtpProvider.from_config(config).send(outgoing()), Accepted)
        assert await SmtpProvider.from_config(config).check() is None
        wrong = SmtpProvider.from_config({**config, "password": "wrong"})
        assert await wrong.send(outgoing()) == Refused(problems.CHANNEL_MISCONFIGURED, "535")
        assert await wrong.check() is not None
    assert len(rig.mails) == 1
    assert rig.logins[0] == (b"acme", b"right password")


async def test_tls_from_the_first_byte(certificate: tuple[Path, ssl.SSLContext]) -> None:
    trusted, context = certificate
    rig = SmtpRig()
    async with rig.listening(tls=context) as port:
        config = smtp_config(port, security="tls", ca_file=str(trusted))
        assert isinstance(await SmtpProvider.from_config(config).send(outgoing()), Accepted)


@pytest.mark.parametrize("security", ["starttls", "tls"])
async def test_a_certificate_that_nobody_vouches_for_gets_no_mail(
    certificate: tuple[Path, ssl.SSLContext], security: str
) -> None:
    _, context = certificate
    rig = SmtpRig()
    by = {"tls": context} if security == "tls" else {"starttls": context}
    async with rig.listening(**by) as port:
        config = smtp_config(port, security=security)
        outcome = await SmtpProvider.from_config(config).send(outgoing())
    assert outcome == NotSent(problems.PROVIDER_UNREACHABLE)
    assert rig.mails == []


async def test_starttls_is_never_done_without() -> None:
    rig = SmtpRig()
    async with rig.listening() as port:
        config = smtp_config(port, security="starttls")
        assert isinstance(await SmtpProvider.from_config(config).send(outgoing()), NotSent)
    assert rig.mails == []


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ("550 5.1.1 no such user", Refused(problems.INVALID_ADDRESS, "550")),
        ("552 5.2.2 full", Refused(problems.REFUSED, "552")),
        ("450 4.2.0 greylisted", NotSent(problems.PROVIDER_UNREACHABLE)),
        ("530 5.7.0 log in first", Refused(problems.CHANNEL_MISCONFIGURED, "530")),
    ],
)
async def test_what_the_server_says_of_the_recipient_decides(answer: str, outcome: object) -> None:
    rig = SmtpRig()
    rig.rcpt_answer = answer
    async with rig.listening() as port:
        assert await SmtpProvider.from_config(smtp_config(port)).send(outgoing()) == outcome
    assert rig.mails == []


async def test_a_refusal_of_the_content_is_final_and_a_hiccup_is_not() -> None:
    rig = SmtpRig()
    async with rig.listening() as port:
        provider = SmtpProvider.from_config(smtp_config(port))
        rig.be(Mood.REFUSES)
        assert await provider.send(outgoing()) == Refused(problems.REFUSED, "554")
        rig.be(Mood.PUTS_OFF)
        assert await provider.send(outgoing()) == NotSent(problems.PROVIDER_UNREACHABLE)


@pytest.mark.parametrize(
    "wrong",
    [
        {"port": 0},
        {"port": "25"},
        {"security": "maybe"},
        {"from": "nobody"},
        {"username": "acme"},
        {"password": "secret"},
        {"colour": "blue"},
        {"host": "mail.example", "username": "acme", "password": "secret"},
    ],
)
def test_settings_that_cannot_work_are_named_without_their_values(wrong: dict[str, Any]) -> None:
    with pytest.raises(AccountConfigInvalid) as caught:
        SmtpProvider.from_config({**smtp_config(25), **wrong})
    assert "secret" not in caught.value.detail
    assert "secret" not in repr(SmtpProvider.from_config(smtp_config(25)).__dict__)


def test_a_login_may_go_in_the_clear_on_this_machine_only() -> None:
    login = {"username": "acme", "password": "secret"}
    assert SmtpProvider.from_config(smtp_config(25, **login))
    assert SmtpProvider.from_config(smtp_config(25, host="mail.example", security="tls", **login))


def test_mailgun_is_believed_only_by_an_account_that_has_its_key() -> None:
    asked = mail(AT, {})
    with pytest.raises(CallbackForged):
        SmtpProvider.from_config(smtp_config(25), lambda: AT).parse_callback(asked)
    config = smtp_config(25) | {"mailgun_signing_key": KEY}
    [inbound] = SmtpProvider.from_config(config, lambda: AT).parse_callback(asked)
    assert isinstance(inbound, Inbound)
    assert (inbound.sender, inbound.recipient) == ("sam@example.com", "pay@acme.example")
