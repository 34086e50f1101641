"""What Mailgun would post, signed as Mailgun signs."""

import hashlib
import hmac
import json
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from channels.port import CallbackRequest

KEY = "key-0123456789abcdef"
OUR_ADDRESS = "pay@acme.example"
FORM = "application/x-www-form-urlencoded"


def signature(at: datetime, *, key: str = KEY, token: str = "t" * 50) -> dict[str, str]:
    timestamp = str(int(at.timestamp()))
    proof = hmac.new(key.encode(), f"{timestamp}{token}".encode(), hashlib.sha256).hexdigest()
    return {"timestamp": timestamp, "token": token, "signature": proof}


def request(content_type: str, body: bytes) -> CallbackRequest:
    headers = {"content-type": content_type}
    return CallbackRequest(url="https://pay.test/x", method="POST", headers=headers, body=body)


def event(at: datetime, data: Any, **signing: str) -> CallbackRequest:
    body = {"signature": signature(at, **signing), "event-data": data}
    return request("application/json", json.dumps(body).encode())


def mail(at: datetime, fields: dict[str, str], **signing: str) -> CallbackRequest:
    return request(FORM, mail_body(at, fields, **signing))


def mail_body(at: datetime, fields: dict[str, str], **signing: str) -> bytes:
    base = {
        "sender": "bounce+1@example.com",
        "from": "Sam Jones <sam@example.com>",
        "recipient": OUR_ADDRESS,
        "subject": "Re: Pay",
        "Message-Id": "<m1@example.com>",
        "body-plain": "I have a question.",
    }
    return urlencode(base | fields | signature(at, **signing)).encode()
