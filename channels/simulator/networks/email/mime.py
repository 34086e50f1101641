"""Reads a mail as a mail program does (RFC 5322, MIME: RFC 2045 to 2047), however odd it is."""

from __future__ import annotations

import base64
import contextlib
import email
import email.policy
import re
from dataclasses import dataclass
from email.header import decode_header, make_header
from email.message import Message as RawMessage
from email.utils import parseaddr

HEADERS_MAX = 100
HEADER_CHARS_MAX = 2000
TEXT_CHARS_MAX = 500_000
IMAGE_BYTES_MAX = 512 * 1024
IMAGES_MAX = 10

_IMAGE_TYPES = {"image/png", "image/jpeg", "image/gif", "image/webp"}
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, kw_only=True)
class Mail:
    """What the customer sees of a mail. `images` are those inside it, as data URLs by Content-ID."""

    sender: str
    sender_name: str
    subject: str
    text: str
    html: str | None
    headers: tuple[tuple[str, str], ...]
    images: dict[str, str]


def read_mail(raw: bytes) -> Mail:
    """The mail in these bytes. Never fails: what cannot be decoded is shown as well as it can be."""
    # The old policy keeps headers as they came; the new one raises on some that are only ugly.
    parsed = email.message_from_bytes(raw, policy=email.policy.compat32)
    headers = tuple((name, _decoded(str(value))) for name, value in parsed.items()[:HEADERS_MAX])
    first = {name.lower(): value for name, value in reversed(headers)}
    # Parsed before it is decoded: an encoded name may hold a comma or an angle bracket.
    name, address = parseaddr(str(parsed.get("From", "")))
    html = _body(parsed, "text/html")
    return Mail(
        sender=_decoded(address),
        sender_name=_decoded(name),
        subject=first.get("subject", ""),
        text=_body(parsed, "text/plain") or "",
        html=html,
        headers=headers,
        images=_images(parsed) if html is not None else {},
    )


def _decoded(value: str) -> str:
    """A header's text with its encoded words read (RFC 2047) and its folding undone."""
    unfolded = re.sub(r"\r?\n[ \t]*", " ", value)
    # An unknown charset or broken base64 is shown as it came.
    with contextlib.suppress(LookupError, ValueError):
        unfolded = str(make_header(decode_header(unfolded)))
    return _clean(unfolded)[:HEADER_CHARS_MAX]


def _body(parsed: RawMessage, kind: str) -> str | None:
    """The first part of this kind that is no attachment."""
    for part in parsed.walk():
        if part.get_content_type() == kind and part.get_content_disposition() != "attachment":
            return _clean(_text_of(part))[:TEXT_CHARS_MAX]
    return None


def _text_of(part: RawMessage) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    try:
        text = payload.decode(part.get_content_charset("utf-8"), "replace")
    except LookupError:
        text = payload.decode("latin-1")
    return text.replace("\r\n", "\n")


def _images(parsed: RawMessage) -> dict[str, str]:
    images: dict[str, str] = {}
    for part in parsed.walk():
        content_id = str(part.get("Content-ID", "")).strip().strip("<>")
        payload = part.get_payload(decode=True)
        kind = part.get_content_type()
        if not content_id or kind not in _IMAGE_TYPES or not isinstance(payload, bytes):
            continue
        if len(payload) <= IMAGE_BYTES_MAX and len(images) < IMAGES_MAX:
            images[content_id] = f"data:{kind};base64,{base64.b64encode(payload).decode()}"
    return images


def _clean(text: str) -> str:
    """The text without control characters and lone surrogates, which no screen and no database wants."""
    return _CONTROLS.sub("", text).encode("utf-8", "replace").decode()
