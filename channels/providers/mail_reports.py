"""What mail servers report back by mail: bounces (RFC 3464) and complaints (RFC 5965). No I/O.

Anybody can write such a mail, so only a Message-ID of ours is read from the original, with the delivery id
that nobody but its recipient and the servers on its way has seen.
"""

import re
from collections.abc import Sequence
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage, Message
from email.policy import default
from typing import Final, cast

from channels import problems
from channels.port import Receipt
from channels.states import DeliveryState

_REPORT_BYTES_MAX: Final = 1 << 20
_PARTS_MAX: Final = 50
_OURS: Final = re.compile(
    r"^Message-ID:\s*<(dlv_[0-9a-z]{26})@([a-z0-9.-]{1,253})>\s*$", re.IGNORECASE | re.MULTILINE
)
_STATUS: Final = re.compile(r"\s*5\.(\d{1,3}\.\d{1,3})\b")
# RFC 3463: what is wrong with the mailbox itself, and what a policy keeps out.
_CODES: Final = {
    "1.1": problems.INVALID_ADDRESS,
    "1.2": problems.INVALID_ADDRESS,
    "1.3": problems.INVALID_ADDRESS,
    "1.10": problems.INVALID_ADDRESS,
    "2.1": problems.UNREACHABLE,
    "2.2": problems.UNREACHABLE,
    "7.1": problems.BLOCKED,
}


def read_report(raw: bytes, *, domain: str) -> Receipt | None:
    """None for what is no final report about a mail from `domain`; a delay (4.x.x) is not final."""
    if len(raw) > _REPORT_BYTES_MAX:
        return None
    try:
        return _read(message_from_bytes(raw, policy=default), domain)
    except (MessageError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None  # the parser's own words for a mail that is none


def _read(mail: EmailMessage, domain: str) -> Receipt | None:
    if mail.get_content_type() != "multipart/report":
        return None
    parts = [part for part, _ in zip(mail.walk(), range(_PARTS_MAX), strict=False)]
    delivery = _delivery(parts, domain)
    if delivery is None:
        return None
    code = None
    for part in parts:
        match part.get_content_type():
            case "message/delivery-status":
                code = code or _bounced(part)
            case "message/feedback-report":
                code = code or _complained(part)
    return (
        None if code is None else Receipt(fact=DeliveryState.FAILED, delivery=delivery, code=code)
    )


def _delivery(parts: Sequence[Message], domain: str) -> str | None:
    """The one delivery that the original names; none where there are several."""
    found = set()
    for part in parts:
        if part.get_content_type() in ("message/rfc822", "text/rfc822-headers"):
            for delivery, at in _OURS.findall(_text(part)):
                if at.lower() == domain.lower():
                    found.add(delivery.lower())
    return found.pop() if len(found) == 1 else None


def _text(part: Message) -> str:
    if part.is_multipart():
        inner = cast(list[Message], part.get_payload())[0]
        return "\n".join(f"{name}: {value}" for name, value in inner.items())
    return cast(bytes, part.get_payload(decode=True)).decode("utf-8", "replace")


def _bounced(part: Message) -> str | None:
    for block in cast(list[Message], part.get_payload()):
        status = _STATUS.match(str(block.get("Status", "")))
        if status and str(block.get("Action", "")).strip().lower() == "failed":
            return _CODES.get(status[1], problems.REFUSED)
    return None


def _complained(part: Message) -> str | None:
    text = _text(part)
    if part.is_multipart():
        text = str(part)
    abuse = re.search(r"^Feedback-Type:\s*abuse\s*$", text, re.IGNORECASE | re.MULTILINE)
    return problems.RECIPIENT_OPTED_OUT if abuse else None
