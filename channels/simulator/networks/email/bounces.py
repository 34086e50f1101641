"""What a mail server writes back when there is no such mailbox (RFC 3464)."""

from __future__ import annotations

import secrets
from string import ascii_lowercase

from channels.simulator.clock import rfc2822

# Whoever's address begins so has no mailbox, and the server in front of it says so afterwards.
BOUNCING = "bounce"


def bounces(recipient: str) -> bool:
    return recipient.partition("@")[0].lower().startswith(BOUNCING)


def bounce_of(raw: bytes, *, recipient: str, sender: str, now: int) -> bytes:
    """The report on this mail, to whoever sent it."""
    head = raw.replace(b"\r\n", b"\n").partition(b"\n\n")[0].decode("latin-1")
    kept = "\r\n".join(
        line for line in head.split("\n") if line.lower().startswith(("message-id:", "subject:"))
    )
    boundary = "simulated-report"
    # Letters alone: what looks like a card number is masked, and with it the report would be taken apart.
    own = "".join(secrets.choice(ascii_lowercase) for _ in range(20))
    return (
        f"Return-Path: <>\r\nFrom: Mail Delivery <mailer-daemon@simulator.example>\r\nTo: {sender}\r\n"
        f"Subject: Undelivered mail\r\nDate: {rfc2822(now)}\r\nMessage-ID: <bounce-{own}@simulator.example>\r\n"
        "Auto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n"
        f'Content-Type: multipart/report; report-type=delivery-status; boundary="{boundary}"\r\n\r\n'
        f"--{boundary}\r\nContent-Type: text/plain\r\n\r\nThere is no mailbox {recipient} here.\r\n"
        f"--{boundary}\r\nContent-Type: message/delivery-status\r\n\r\n"
        f"Reporting-MTA: dns; simulator.example\r\n\r\nFinal-Recipient: rfc822; {recipient}\r\n"
        "Action: failed\r\nStatus: 5.1.1\r\n\r\n"
        f"--{boundary}\r\nContent-Type: text/rfc822-headers\r\n\r\n{kept}\r\n\r\n--{boundary}--\r\n"
    ).encode("latin-1", "replace")
