"""What a customer's mail tells: one reading for Mailgun's routes and for mailboxes. No I/O."""

import hashlib
import re
from dataclasses import dataclass
from email.utils import getaddresses
from typing import Final

from channels.port import Inbound, Receipt
from channels.providers.mail_authentication import is_vouched_for
from channels.providers.mail_parts import (
    FILES_MAX,
    address_in,
    body_of,
    clean,
    files_of,
    header_in,
    headers_of,
    parse_mail,
)
from channels.providers.mail_reports import read_report
from channels.providers.mail_words import is_automatic, words_of
from channels.stop_words import choice_in
from compliance.masking import holds_card_number

_ID_LENGTH_MAX: Final = 128
_NAME_LENGTH_MAX: Final = 200
_ANSWERS_MAX: Final = 20
_REFERENCES_LENGTH_MAX: Final = 20_000
_AUTOMATIC: Final = "[automatic reply] "
_CUT: Final = "[The rest of this mail was too large to be read here; it is in the mailbox.]"
_OURS: Final = re.compile(r"<(dlv_[0-9a-z]{26})@([^<>\s]{1,253})>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One mail, its headers topmost first. `fallback_id` stands for a Message-ID that is not there."""

    headers: list[tuple[str, str]]
    written_by: list[tuple[str, str]]
    recipient: str
    plain: str
    html: str
    subject: str | None
    message_id: str | None
    fallback_id: str
    files: tuple[str, ...] = ()
    # Mailgun's own reading of the reply; a choice may stand in it.
    stripped: str = ""
    cut: bool = False


def read_raw(
    raw: bytes, *, sender: str, authserv_id: str | None, cut: bool = False
) -> Receipt | Inbound | None:
    """What the mail tells the owner of the mailbox, who writes as `sender`. `cut`: only its beginning is here."""
    report = read_report(raw, domain=sender.rpartition("@")[2])
    if report is not None:
        return report
    mail = parse_mail(raw)
    headers = headers_of(mail)
    said = [value for name, value in headers if name.lower() == "from"]
    return inbound_of(
        Mail(
            headers=headers,
            written_by=getaddresses(said),
            recipient=sender,
            plain=body_of(mail, "plain"),
            html=body_of(mail, "html"),
            subject=header_in(headers, "subject"),
            message_id=header_in(headers, "message-id"),
            # The same bytes are the same mail, wherever in the mailbox they lie.
            fallback_id=f"sha256-{hashlib.sha256(raw).hexdigest()}",
            files=files_of(mail),
            cut=cut,
        ),
        sender=sender,
        authserv_id=authserv_id,
    )


def inbound_of(mail: Mail, *, sender: str, authserv_id: str | None) -> Inbound | None:
    """None where there is nobody to answer, or our own words come back."""
    name, address = mail.written_by[0] if mail.written_by else ("", "")
    writer = address_in(address)
    if writer is None or writer.lower() == sender.lower():
        return None
    text = words_of(mail.plain, mail.html)
    subject = mail.subject or None
    choice = choice_in(text) or choice_in(mail.stripped)
    if choice is None and not text and subject is not None:
        choice = choice_in(subject)
    automatic = is_automatic(mail.headers) or _has_no_way_back(mail.headers)
    if automatic:
        text, choice = _AUTOMATIC + text, None
    if mail.cut:
        text = f"{text}\n\n{_CUT}".strip()
    # With two authors nobody can say for which of them a server vouches.
    vouched = len(mail.written_by) == 1 and is_vouched_for(
        mail.headers, address=writer, authserv_id=authserv_id
    )
    return Inbound(
        provider_id=_id_of(mail),
        sender=writer,
        recipient=mail.recipient,
        text=text,
        subject=subject,
        choice=choice,
        sender_name=" ".join(name.split())[:_NAME_LENGTH_MAX] or None,
        attachments=tuple(each for each in mail.files if each)[:FILES_MAX],
        unverified=not vouched,
        automatic=automatic,
        answers=_answers(mail.headers, domain=sender.rpartition("@")[2]),
    )


def provider_id_of(said: str) -> str:
    """At most as long as an id may be: a longer one by its hash."""
    said = clean(said.strip())
    if len(said) <= _ID_LENGTH_MAX:
        return said
    return hashlib.sha256(said.encode()).hexdigest()


def _id_of(mail: Mail) -> str:
    """What the mail is known by. Its sender has chosen the Message-ID, and one that holds a card number is not kept."""
    said = mail.message_id
    return provider_id_of(mail.fallback_id if not said or holds_card_number(said) else said)


def _has_no_way_back(headers: list[tuple[str, str]]) -> bool:
    """Sent with the empty return path (RFC 5321, 4.5.5), as only machines do."""
    return header_in(headers, "return-path") == "<>"


def _answers(headers: list[tuple[str, str]], *, domain: str) -> tuple[str, ...]:
    """Deliveries of ours (RFC 5322, 3.6.4): what is answered first, then what came before it, latest first."""
    found: list[str] = []
    for name in ("in-reply-to", "references"):
        said = (header_in(headers, name) or "")[-_REFERENCES_LENGTH_MAX:]
        ours = [each for each, at in _OURS.findall(said) if at.lower() == domain.lower()]
        found += reversed(ours)
    return tuple(dict.fromkeys(found))[:_ANSWERS_MAX]
