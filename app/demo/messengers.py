"""The demo's messengers: their secrets, and the settings and options that carry them. No I/O."""

import base64
import secrets
import uuid
from collections.abc import Mapping
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

BOT_NAME: Final = "@acme_bot"
VONAGE_NUMBER: Final = "+447700900888"


def new_messenger_secrets() -> dict[str, str]:
    """Everything random that the demo shares with its messengers."""
    key = generate_private_key(65537, 2048)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    return {
        "telegram_bot_token": f"{secrets.randbelow(10**9) + 10**8}:{secrets.token_hex(18)}",
        "telegram_webhook_secret": secrets.token_hex(24),
        "chatbot_secret": f"whsec_{base64.b64encode(secrets.token_bytes(32)).decode()}",
        "vonage_application_id": str(uuid.uuid4()),
        "vonage_private_key": pem,
        "vonage_signature_secret": secrets.token_hex(24),
    }


def messenger_settings(known: Mapping[str, str], *, simulator: str) -> dict[str, Any]:
    """The service's settings; `simulator` is the far end's address on this machine."""
    return {
        **known,
        "telegram_from": BOT_NAME,
        "telegram_api_base": simulator,
        "chatbot_url": f"{simulator}/chatbot/messages",
        "vonage_from": VONAGE_NUMBER,
        "vonage_api_base": simulator,
    }


def messenger_arguments(callbacks: Mapping[str, str]) -> tuple[str, ...]:
    """The simulator's options. `callbacks` has the address that each provider calls."""
    return (
        *("--telegram-inbound-url", callbacks["telegram"]),
        *("--chatbot-inbound-url", callbacks["http"]),
        *("--vonage-inbound-url", callbacks["vonage"]),
        *("--vonage-number", VONAGE_NUMBER),
    )


def messenger_environment(known: Mapping[str, str]) -> dict[str, str]:
    """The simulator's secrets: of Vonage's key, the public half."""
    key = load_pem_private_key(known["vonage_private_key"].encode(), password=None)
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return {
        "SIMULATOR_TELEGRAM_BOT_TOKEN": known["telegram_bot_token"],
        "SIMULATOR_TELEGRAM_WEBHOOK_SECRET": known["telegram_webhook_secret"],
        "SIMULATOR_CHATBOT_SECRET": known["chatbot_secret"],
        "SIMULATOR_VONAGE_APPLICATION_ID": known["vonage_application_id"],
        "SIMULATOR_VONAGE_PUBLIC_KEY": public.decode(),
        "SIMULATOR_VONAGE_SIGNATURE_SECRET": known["vonage_signature_secret"],
    }
