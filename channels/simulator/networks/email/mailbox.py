"""The merchant's mailbox: what its customers' answers and the world's bounces come to, to be read by IMAP.

A mail may hold a card number as its writer typed it, which must reach the merchant as it would in life and must
not reach our disk: the words as they came are kept in memory, and a restart leaves the masked ones.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from email.message import EmailMessage
from email.policy import SMTP

from channels.simulator.clock import rfc2822
from channels.simulator.masking import mask
from channels.simulator.networks.email.mime import read_mail
from channels.simulator.networks.email.shelf import Shelf

# The name under which this far end, as a receiving server, says who wrote a mail (RFC 8601).
AUTHSERV_ID = "mx.simulator.example"
UNMASKED_MAX = 200


@dataclass(frozen=True)
class Kept:
    """One mail in the mailbox."""

    uid: int
    raw: bytes
    seen: bool
    arrived_at: int


class MerchantMailbox:
    """One folder, INBOX."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._unmasked: OrderedDict[int, bytes] = OrderedDict()

    @property
    def validity(self) -> int:
        return self._shelf.validity()

    def renumber(self) -> None:
        """As after a server's restore: other UIDs, under another UIDVALIDITY."""
        self._shelf.renumber()

    def put(self, raw: bytes, *, vouched_for: bool, now: int) -> int:
        """The mail arrives, with this server's word on who wrote it on top; answers its place."""
        result = "pass" if vouched_for else "fail"
        domain = read_mail(raw).sender.rpartition("@")[2] or "unknown"
        domain = "".join(one for one in domain if one.isalnum() or one in ".-")
        seal = f"Authentication-Results: {AUTHSERV_ID};\r\n dmarc={result} header.from={domain}\r\n"
        whole = seal.encode() + raw
        masked = seal.encode() + _masked(raw)
        key = self._shelf.add(masked, now=now)
        if masked != whole:
            self._unmasked[key] = whole
            while len(self._unmasked) > UNMASKED_MAX:
                self._unmasked.popitem(last=False)
        return key

    def all(self) -> list[Kept]:
        """Oldest first, under the UIDs that count now."""
        offset = self._shelf.offset()
        return [
            Kept(key + offset, self._unmasked.get(key, raw), seen, arrived_at)
            for key, raw, seen, arrived_at in self._shelf.all()
        ]

    def mark_seen(self, uids: set[int]) -> None:
        offset = self._shelf.offset()
        self._shelf.mark_seen([uid - offset for uid in uids])

    def next_uid(self) -> int:
        return self._shelf.next_key() + self._shelf.offset()


def letter(
    *, message_id: str, sender: str, recipient: str, subject: str, text: str, answers: str, now: int
) -> bytes:
    """What the customer typed, as their mail program sends it."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = sender
    mail["To"] = recipient
    mail["Subject"] = " ".join(subject.split())
    mail["Date"] = rfc2822(now)
    mail["Message-ID"] = message_id
    mail.set_content(text)
    # The policy would fold a long id into encoded words, which nobody reads back as an id.
    thread = f"In-Reply-To: {answers}\r\nReferences: {answers}\r\n" if answers else ""
    return thread.encode("ascii", "ignore") + mail.as_bytes()


def _masked(raw: bytes) -> bytes:
    """The mail for the disk: as it came if nothing in it looks like a card number, else what a reader would see."""
    mail = read_mail(raw)
    plain = raw.decode("latin-1")
    shown = replace(mail, subject=mask(mail.subject), text=mask(mail.text), html=None)
    untouched = mask(plain) == plain and shown == replace(mail, html=None)
    if untouched and (mail.html is None or mask(mail.html) == mail.html):
        return raw
    headers = {name.lower(): value for name, value in reversed(mail.headers)}
    kept = EmailMessage(policy=SMTP)
    for name in ("From", "To", "Date", "Message-ID"):
        if name.lower() in headers:
            kept[name] = _masked_header(name, headers[name.lower()])
    kept["Subject"] = " ".join(shown.subject.split())
    kept.set_content(shown.text)
    return kept.as_bytes()


def _masked_header(name: str, value: str) -> str:
    """The mask's bullets can be written into names, but an id and a date are ASCII (RFC 5322)."""
    masked = mask(" ".join(value.split()))
    return masked if name in ("From", "To") else masked.encode("ascii", "replace").decode()
