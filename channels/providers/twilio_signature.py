"""Twilio's request signature: base64 of HMAC-SHA1(auth token, URL and parameters).

https://www.twilio.com/docs/usage/security#validating-requests. Twilio signs the public URL, sometimes with the
default port and sometimes without, so both are tried. A form's parameters are appended sorted, each value once,
blank ones too; a JSON body is covered by its SHA-256 in the URL's `bodySHA256`.
"""

import base64
import hashlib
import hmac
from collections.abc import Iterable, Sequence
from urllib.parse import parse_qs, urlsplit, urlunsplit

_PORTS = {"http": 80, "https": 443}


def sign(auth_token: str, url: str, parameters: Iterable[tuple[str, str]] = ()) -> str:
    """The signature of exactly this URL with these form parameters."""
    signed = url + "".join(f"{name}{value}" for name, value in sorted(set(parameters)))
    digest = hmac.new(auth_token.encode(), signed.encode(), hashlib.sha1).digest()
    return base64.b64encode(digest).decode()


def holds(
    signature: str | None,
    *,
    auth_tokens: Sequence[str],
    url: str,
    parameters: Sequence[tuple[str, str]],
    body: bytes,
    is_form: bool,
) -> bool:
    """Whether one of the tokens signed this request. Takes as long for a near miss as for nonsense."""
    if not signature:
        return False
    given = signature.encode()
    if not is_form:
        wanted = parse_qs(urlsplit(url).query).get("bodySHA256", [""])[0]
        if not hmac.compare_digest(hashlib.sha256(body).hexdigest().encode(), wanted.encode()):
            return False
    matches = [
        hmac.compare_digest(sign(token, candidate, parameters if is_form else ()).encode(), given)
        for token in auth_tokens
        for candidate in _with_and_without_port(url)
    ]
    return any(matches)


def _with_and_without_port(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    userinfo, at, place = parts.netloc.rpartition("@")
    host, colon, port = place.rpartition(":")
    if not colon or not port.isdigit():
        host, port = place, ""
    bare = f"{userinfo}{at}{host}"
    full = f"{bare}:{port or _PORTS.get(parts.scheme, '')}"
    return urlunsplit(parts._replace(netloc=bare)), urlunsplit(parts._replace(netloc=full))
