"""The demo's accounts at Meta, both ends of them: the service's settings and the simulator's options."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any, Final

from app.demo.secrets import DemoSecrets

WHATSAPP_NUMBER: Final = "+447400123456"
WHATSAPP_ID: Final = "106540352242922"
MESSENGER_PAGE: Final = "104857600000001"
INSTAGRAM_PAGE: Final = "104857600000002"
INSTAGRAM_ID: Final = "17841400000000001"
CHANNELS: Final = ("whatsapp", "messenger", "instagram")


def social_values(secrets: DemoSecrets, *, pay_url: str, api_url: str) -> dict[str, Any]:
    """The service's settings."""
    template = {
        "name": "payment_link",
        "languages": {"en": "en_GB", "de": "de"},
        "body": ["merchant", "amount"],
        "button": "url",
        "button_prefix": _template_url(pay_url),
    }
    values = {
        "whatsapp_phone_number_id": WHATSAPP_ID,
        "whatsapp_access_token": _made(secrets, "whatsapp token"),
        "whatsapp_from": WHATSAPP_NUMBER,
        "whatsapp_templates": json.dumps({"payment_link": template}),
        "messenger_page_id": MESSENGER_PAGE,
        "messenger_page_token": _made(secrets, "messenger token"),
        "instagram_id": INSTAGRAM_ID,
        "instagram_page_id": INSTAGRAM_PAGE,
        "instagram_page_token": _made(secrets, "instagram token"),
    }
    for channel in CHANNELS:
        values[f"{channel}_app_secret"] = _made(secrets, "app secret")
        values[f"{channel}_verify_token"] = _made(secrets, "verify token")
        values[f"{channel}_api_base"] = api_url
    return values


def social_arguments(
    accounts: Mapping[str, str], *, pay_url: str, webhooks_url: str, name: str
) -> tuple[str, ...]:
    """The simulator's options. `accounts` are our accounts' ids by channel."""
    given = [
        *("--whatsapp-phone-number-id", WHATSAPP_ID, "--whatsapp-number", WHATSAPP_NUMBER),
        *("--whatsapp-template-url", _template_url(pay_url)),
        *("--messenger-page-id", MESSENGER_PAGE),
        *("--instagram-page-id", INSTAGRAM_PAGE, "--instagram-id", INSTAGRAM_ID),
        *("--business-name", name),
    ]
    for channel in CHANNELS:
        if channel in accounts:
            given += [f"--{channel}-inbound-url", f"{webhooks_url}/{accounts[channel]}"]
    return tuple(given)


def social_environment(secrets: DemoSecrets) -> dict[str, str]:
    """The simulator's secrets."""
    found = {}
    for channel in CHANNELS:
        prefix = f"SIMULATOR_{channel.upper()}"
        found[f"{prefix}_TOKEN"] = _made(secrets, f"{channel} token")
        found[f"{prefix}_APP_SECRET"] = _made(secrets, "app secret")
    return found


def _template_url(pay_url: str) -> str:
    return f"{pay_url}/p/"


def _made(secrets: DemoSecrets, name: str) -> str:
    """Made of the folder's own key, so that folders of earlier demos have these secrets too."""
    return hmac.new(secrets.master_key.encode(), name.encode(), hashlib.sha256).hexdigest()
