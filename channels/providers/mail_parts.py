"""The parts of a raw mail, however odd it is: what cannot be read is as good as absent. No I/O."""

import re
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import default
from typing import Final

FILES_MAX: Final = 20
_HEADERS_MAX: Final = 500
_ADDRESS_LENGTH_MAX: Final = 254
# The parser's own words for a mail that is none.
_UNREADABLE: Final = (
    MessageError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    RecursionError,
)


def parse_mail(raw: bytes) -> EmailMessage | None:
    """None for nothing, and for what is no mail."""
    try:
        return message_from_bytes(raw, policy=default) if raw else None
    except _UNREADABLE:
        return None


def body_of(mail: EmailMessage | None, kind: str) -> str:
    """The body of that kind, `plain` or `html`."""
    try:
        part = mail.get_body((kind,)) if mail is not None else None
        content = part.get_content() if part is not None else ""
    except _UNREADABLE:
        return ""
    return clean(content) if isinstance(content, str) else ""


def files_of(mail: EmailMessage | None) -> tuple[str, ...]:
    """What the attachments are called."""
    try:
        parts = list(mail.iter_attachments()) if mail is not None else []
        names = [clean(part.get_filename() or "") for part in parts[:FILES_MAX]]
    except _UNREADABLE:
        return ()
    return tuple(name for name in names if name)


def headers_of(mail: EmailMessage | None) -> list[tuple[str, str]]:
    """Names and unfolded values, topmost first. One that cannot be read is left out, and the rest kept."""
    found = []
    for name in list(dict.fromkeys(each.lower() for each in mail)) if mail else []:
        try:
            values = mail.get_all(name, []) if mail else []
            found += [(name, clean(str(value))) for value in values]
        except _UNREADABLE:
            continue
    return found[:_HEADERS_MAX]


def header_in(headers: list[tuple[str, str]], name: str) -> str | None:
    """The topmost header of that name."""
    return next((value.strip() for each, value in headers if each.lower() == name), None)


def address_in(said: str) -> str | None:
    """What could be written to, or None."""
    said = said.strip()
    local, at, domain = said.rpartition("@")
    fits = local and at and domain and len(said) <= _ADDRESS_LENGTH_MAX
    return said if fits and not re.search(r"\s", said) else None


def clean(text: str) -> str:
    """Without NUL and lone surrogates, which no database keeps."""
    return re.sub("[\x00\ud800-\udfff]", "\ufffd", text)
