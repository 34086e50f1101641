"""What all of Meta's callbacks have in common: the signature, the handshake, and reading odd JSON safely.

https://developers.facebook.com/docs/graph-api/webhooks/getting-started. Meta repeats a callback until it is
answered with 200, and gathers several events into one.
"""

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from channels.port import Acknowledgement, CallbackForged, CallbackRequest
from channels.providers import meta_signature
from channels.providers.meta_graph import GraphConfig
from core.errors import Kind, PaythreadError

# What `messages.provider_id` holds; Instagram's ids are longer at times.
ID_LENGTH_MAX: Final = 128
_CHALLENGE_LENGTH_MAX: Final = 512
_PARAMETERS_MAX: Final = 20

TAKEN: Final = Acknowledgement(200, "text/plain", b"EVENT_RECEIVED")


class CallbackUnreadable(PaythreadError):
    """Signed by Meta, and yet not JSON of the shape that its callbacks have."""

    code = "callback_unreadable"
    kind = Kind.MALFORMED

    def __init__(self) -> None:
        super().__init__("The callback is no JSON object with entries.")


def handshake(config: GraphConfig, request: CallbackRequest) -> Acknowledgement:
    """The answer to `hub.challenge`, for whoever knows the verify token. Raises `CallbackForged`."""
    try:
        query = parse_qs(
            urlsplit(request.url).query, errors="strict", max_num_fields=_PARAMETERS_MAX
        )
    except ValueError:
        raise CallbackForged from None
    mode, token, challenge = (
        query.get(f"hub.{name}", [""])[0] for name in ("mode", "verify_token", "challenge")
    )
    right = hmac.compare_digest(token.encode(), config.verify_token.encode())
    fits = challenge.isascii() and challenge.isprintable()
    if (
        mode != "subscribe"
        or not right
        or not fits
        or not 0 < len(challenge) <= _CHALLENGE_LENGTH_MAX
    ):
        raise CallbackForged
    return Acknowledgement(200, "text/plain", challenge.encode())


def entries(
    config: GraphConfig, request: CallbackRequest, *, about: str
) -> Iterator[Mapping[str, Any]]:
    """The callback's entries. Raises `CallbackForged` before reading any, `CallbackUnreadable` for no JSON.

    `about` is the kind of object that we listen for; a callback about another one has no entries for us.
    """
    if not meta_signature.holds(
        request.headers.get(meta_signature.HEADER),
        app_secrets=config.app_secrets,
        body=request.body,
    ):
        raise CallbackForged
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError):
        raise CallbackUnreadable from None
    if not isinstance(body, dict) or not isinstance(body.get("entry"), list):
        raise CallbackUnreadable
    return objects(body["entry"]) if body.get("object") == about else iter(())


def objects(value: Any) -> Iterator[Mapping[str, Any]]:
    """The objects of a list; none of what is no list."""
    return (
        (each for each in value if isinstance(each, dict)) if isinstance(value, list) else iter(())
    )


def inside(value: Any, *names: str) -> Mapping[str, Any]:
    """The object at the end of that path; an empty one where there is none."""
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def text_of(holder: Mapping[str, Any], name: str) -> str:
    """A text as a database takes it: without NULs and halves of characters; empty for anything else."""
    value = holder.get(name)
    if not isinstance(value, str):
        return ""
    return value.replace("\x00", "").encode("utf-8", "replace").decode()


def id_of(holder: Mapping[str, Any], name: str = "id") -> str:
    """A message's id as we keep it: as it is, or its hash where it is longer than we keep."""
    found = text_of(holder, name)
    if len(found) <= ID_LENGTH_MAX:
        return found
    return f"sha256:{hashlib.sha256(found.encode()).hexdigest()}"
