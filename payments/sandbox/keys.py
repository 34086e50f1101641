"""Who is calling? A secret key (the merchant's server) or a publishable key (a browser)."""

import base64
import binascii
import hmac

from payments.sandbox.desk import Settings
from payments.sandbox.errors import Unauthorised

_NONE_GIVEN = (
    "You did not provide an API key. You need to provide your API key in the Authorization header, "
    "using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY')."
)


def is_secret(settings: Settings, authorization: str | None, in_params: str | None) -> bool:
    """True for the secret key, False for the publishable one. Raises Unauthorised otherwise.

    `in_params` is the `key` parameter: browsers send the publishable key so, and no other.
    """
    given = _from_header(authorization) if authorization is not None else in_params
    if not given:
        raise Unauthorised(_NONE_GIVEN)
    if authorization is not None and _same(given, settings.secret_key):
        return True
    if _same(given, settings.publishable_key):
        return False
    raise Unauthorised(f"Invalid API Key provided: {_masked(given)}")


def _from_header(header: str) -> str:
    scheme, _, value = header.partition(" ")
    value = value.strip()
    if scheme.lower() == "bearer":
        return value
    if scheme.lower() == "basic":
        try:
            return base64.b64decode(value, validate=True).decode().partition(":")[0]
        except (binascii.Error, UnicodeDecodeError):
            return ""
    return ""


def _same(given: str, known: str) -> bool:
    return hmac.compare_digest(given.encode(), known.encode())


def _masked(given: str) -> str:
    prefix = next(
        (p for p in ("sk_test_", "pk_test_", "sk_live_", "pk_live_") if given[:8] == p), ""
    )
    return prefix + "****"
