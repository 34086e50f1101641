"""X-Twilio-Signature, as https://www.twilio.com/docs/usage/security describes it."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping

HEADER = "X-Twilio-Signature"


def signature(auth_token: str, url: str, params: Mapping[str, str]) -> str:
    """Base64 of HMAC-SHA1 over the full URL and then each POST field, sorted by name: name, value."""
    signed = url + "".join(f"{name}{params[name]}" for name in sorted(params))
    # SHA-1 is the provider's choice; an HMAC does not rest on its collision resistance.
    digest = hmac.new(auth_token.encode(), signed.encode(), hashlib.sha1).digest()
    return base64.b64encode(digest).decode()
