"""Where does Stripe's script come from, and where may the customer's page talk to because of it?

https://docs.stripe.com/security/guide#content-security-policy
"""

from typing import Final
from urllib.parse import urlsplit

JS_URL: Final = "https://js.stripe.com/v3/"


def origins_of(js_url: str) -> tuple[str, ...]:
    """The origins that the customer's page may talk to and frame."""
    parts = urlsplit(js_url)
    script = f"{parts.scheme}://{parts.netloc}"
    if parts.hostname == "js.stripe.com":
        return (
            script,
            "https://*.js.stripe.com",
            "https://api.stripe.com",
            "https://hooks.stripe.com",
        )
    return (script,)
