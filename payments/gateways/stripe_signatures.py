"""Is this report Stripe's? `Stripe-Signature`, checked by the SDK and, for its time, by us.

https://docs.stripe.com/webhooks#verify-manually
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from payments.errors import WebhookForged

TOLERANCE: Final = timedelta(seconds=300)


def verify(header: str | None, body: bytes, secrets: Sequence[str], *, now: datetime) -> None:
    """Any `v1` of any current secret, 300 s both ways. Raises `WebhookForged`."""
    import stripe

    signature = stripe.WebhookSignature
    for secret in secrets:
        try:
            signature.verify_header(body, header, secret, tolerance=None)
            break
        except (stripe.SignatureVerificationError, TypeError, ValueError):
            # A TypeError or ValueError is the SDK's answer to a header or a body that is no ASCII or no UTF-8.
            continue
    else:
        raise WebhookForged("The signature is not valid.")
    # The SDK takes timestamps from the future and reads the clock itself; we check both ways. What was signed is
    # the first `t`, read as the SDK reads it.
    parts = (part.split("=", 2) for part in (header or "").split(","))
    stamp = int(next(part[1] for part in parts if part[0] == "t"))
    if abs(int(now.timestamp()) - stamp) > TOLERANCE.total_seconds():
        raise WebhookForged("The signature is too old, or from the future.")
