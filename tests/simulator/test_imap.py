"""The merchant's mailbox by IMAP, as Python's own `imaplib` reads it: what is there, once, and never lost.

Covers channels.simulator.networks.email: imap, imap_words, mailbox, shelf, bounces and network.
"""

from __future__ import annotations

import email
import imaplib
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest

from .harness import CARD, SMTP_PASSWORD, SMTP_USER, Simulator, free_port
from .test_mail import deliver, letter

CUSTOMER = "ada@example.com"
US = "payments@northwind.example"


@pytest.fixture
def simulator(tmp_path: Path) -> Iterator[Simulator]:
    running = Simulator(tmp_path / "simulator.db", free_port(), free_port())
    running.with_mailbox(US)
    running.start()
    yield running
    if running.process is not None and running.process.poll() is None:
        running.stop()


def opened(simulator: Simulator, password: str = SMTP_PASSWORD) -> imaplib.IMAP4_SSL:
    port = int(simulator.arguments[simulator.arguments.index("--imap-port") + 1])
    context = ssl.create_default_context(cafile=str(simulator.certificate))
    client = imaplib.IMAP4_SSL("127.0.0.1", port, ssl_context=context, timeout=5)
    client.login(SMTP_USER, password)
    assert client.select("INBOX")[0] == "OK"
    return client


def uids(client: imaplib.IMAP4_SSL, *criteria: str) -> list[str]:
    _, [found] = client.uid("SEARCH", *criteria)
    return [each.decode() for each in found.split()]


def raw_of(client: imaplib.IMAP4_SSL, uid: str, what: str = "(BODY.PEEK[])") -> bytes:
    _, data = client.uid("FETCH", uid, what)
    assert isinstance(data[0], tuple)
    return data[0][1]


def write(simulator: Simulator, text: str, **more: str) -> dict[str, object]:
    asked = {"channel": "email", "from": CUSTOMER, "to": US, "subject": "Re: Pay", "text": text}
    answer = simulator.post("/api/messages", asked | more)
    assert answer.status_code == 201, answer.text
    shown: dict[str, object] = answer.json()
    return shown


def test_what_the_customer_types_lies_in_the_mailbox_with_the_servers_word_for_it(
    simulator: Simulator,
) -> None:
    deliver(simulator, letter(), login=(SMTP_USER, SMTP_PASSWORD))
    [mail] = simulator.inbox(to=CUSTOMER)
    write(simulator, "Which hotel? Grüße", answers=mail["id"])
    client = opened(simulator)
    assert client.capability()[1] == [b"IMAP4rev1"]
    [uid] = uids(client, "ALL")
    found = email.message_from_bytes(raw_of(client, uid))
    assert (found["From"], found["To"], found["Subject"]) == (CUSTOMER, US, "Re: Pay")
    assert found["In-Reply-To"] == "<dlv_1@northwind.example>"
    assert found["Authentication-Results"].split() == [
        "mx.simulator.example;",
        "dmarc=pass",
        "header.from=example.com",
    ]
    assert found.get_payload(decode=True) == "Which hotel? Grüße\n".encode().replace(b"\n", b"\r\n")
    client.logout()


def test_only_what_is_fetched_whole_without_peeking_or_marked_is_seen(simulator: Simulator) -> None:
    for text in ("One", "Two", "Three"):
        write(simulator, text)
    client = opened(simulator)
    first, second, third = uids(client, "ALL")
    raw_of(client, first)
    client.uid("STORE", second, "+FLAGS.SILENT", r"(\Seen)")
    raw_of(client, third, "(BODY[])")
    client.noop()
    client.select("INBOX")
    assert uids(client, "UNSEEN") == [first]
    assert uids(client, "UID", f"{int(third) + 7}:*") == [third]
    assert uids(client, "SINCE", "1-Jan-2020", "SEEN") == [second, third]
    assert client.uid("SEARCH", "SINCE", "1-Jan-2099")[1] == [b""]
    whole = raw_of(client, first)
    assert raw_of(client, first, "(UID RFC822.SIZE BODY.PEEK[]<0.10>)") == whole[:10]


def test_a_restart_forgets_neither_mails_nor_marks_and_keeps_no_card_number(
    simulator: Simulator,
) -> None:
    write(simulator, f"My card is {CARD}")
    client = opened(simulator)
    [uid] = uids(client, "ALL")
    assert CARD.encode() in raw_of(client, uid)
    client.uid("STORE", uid, "+FLAGS", r"(\Seen)")
    validity = client.response("UIDVALIDITY")
    client.logout()
    simulator.stop()
    for file in simulator.data.parent.iterdir():
        assert CARD.encode() not in file.read_bytes()
    simulator.start()
    client = opened(simulator)
    assert client.response("UIDVALIDITY") == validity
    assert uids(client, "SEEN") == [uid]
    assert CARD.encode() not in raw_of(client, uid)


def test_a_wrong_password_and_an_unknown_folder_are_refused(simulator: Simulator) -> None:
    with pytest.raises(imaplib.IMAP4.error, match="AUTHENTICATIONFAILED"):
        opened(simulator, "guess")
    client = opened(simulator)
    assert client.select("Junk")[0] == "NO"


def test_mail_from_anywhere_to_the_merchant_is_vouched_for_by_nobody(simulator: Simulator) -> None:
    forged = letter()
    forged["Authentication-Results"] = "mx.simulator.example; dmarc=pass"
    del forged["To"]
    forged["To"] = US
    deliver(simulator, forged, to=(US,))
    client = opened(simulator)
    [uid] = uids(client, "ALL")
    found = email.message_from_bytes(raw_of(client, uid))
    assert "dmarc=fail" in found.get_all("Authentication-Results")[0]
    assert simulator.inbox() == []


def test_mail_to_nobody_comes_back_with_a_report(simulator: Simulator) -> None:
    deliver(simulator, letter(), to=("bounce.me@example.com",))
    client = opened(simulator)
    [uid] = uids(client, "ALL")
    raw = raw_of(client, uid)
    assert b"Status: 5.1.1" in raw
    assert b"Message-ID: <dlv_1@northwind.example>" in raw


def test_a_mail_whose_id_looks_like_a_card_number_is_taken_all_the_same(
    simulator: Simulator,
) -> None:
    mail = letter()
    del mail["Message-ID"]
    mail["Message-ID"] = f"<{CARD}@northwind.example>"
    del mail["To"]
    mail["To"] = US
    deliver(simulator, mail, to=(US,))
    [uid] = uids(opened(simulator), "ALL")
    assert CARD.encode() in raw_of(opened(simulator), uid)
    simulator.stop()
    for file in simulator.data.parent.iterdir():
        assert CARD.encode() not in file.read_bytes()


def test_a_renumbered_mailbox_says_so_and_a_dropped_fetch_breaks_off(simulator: Simulator) -> None:
    write(simulator, "Hello")
    client = opened(simulator)
    before = (client.response("UIDVALIDITY"), uids(client, "ALL"))
    simulator.post("/api/faults", {"mailbox_renumbered": 1, "mailbox_drops": 1})
    client.select("INBOX")
    after = (client.response("UIDVALIDITY"), uids(client, "ALL"))
    assert before[0] != after[0]
    assert before[1] != after[1]
    with pytest.raises((imaplib.IMAP4.abort, OSError, ssl.SSLError)):
        raw_of(client, after[1][0])
    again = opened(simulator)
    assert b"Hello" in raw_of(again, after[1][0])


def test_nonsense_is_answered_and_the_talk_goes_on(simulator: Simulator) -> None:
    client = opened(simulator)
    for command in (("SEARCH", "PURPLE"), ("SEARCH", "SINCE", "99-Foo-2020")):
        with pytest.raises(imaplib.IMAP4.error, match="BAD"):
            client.uid(*command)
    assert client.noop()[0] == "OK"


def test_without_a_mailbox_an_answer_is_refused_in_words(tmp_path: Path) -> None:
    running = Simulator(tmp_path / "bare.db", free_port(), free_port())
    running.start()
    asked = {"channel": "email", "from": CUSTOMER, "to": US, "text": "Hello"}
    answer = running.post("/api/messages", asked)
    running.stop()
    assert (answer.status_code, answer.json()["error"]["field"]) == (422, "channel")
