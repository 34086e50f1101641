"""How the messengers and the carrier's second API are set up. What is not set is not there."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class MessengerOptions:
    """Secrets come from the environment, addresses from the command line."""

    telegram_bot_token: str | None = None
    telegram_webhook_secret: str | None = None
    telegram_inbound_url: str | None = None
    chatbot_secret: str | None = None
    chatbot_inbound_url: str | None = None
    vonage_application_id: str | None = None
    vonage_public_key: str | None = None
    vonage_signature_secret: str | None = None
    vonage_inbound_url: str | None = None
    # Replies to this number go to Vonage's webhook; all others to Twilio's.
    vonage_number: str | None = None


def add_arguments(
    parser: ArgumentParser, *, url: Callable[[str], str], number: Callable[[str], str]
) -> None:
    """The command line's part."""
    add = parser.add_argument
    add(
        "--telegram-inbound-url", type=url, help="the bot's webhook, until setWebhook names another"
    )
    add("--chatbot-inbound-url", type=url, help="where the chatbot reports to")
    add("--vonage-inbound-url", type=url, help="the Vonage application's inbound webhook")
    add("--vonage-number", type=number, help="the number whose SMS go through Vonage")


def read(given: Namespace, environment: Mapping[str, str]) -> MessengerOptions:
    """Both parts together."""

    def secret(name: str) -> str | None:
        return environment.get(f"SIMULATOR_{name}") or None

    return MessengerOptions(
        telegram_bot_token=secret("TELEGRAM_BOT_TOKEN"),
        telegram_webhook_secret=secret("TELEGRAM_WEBHOOK_SECRET"),
        telegram_inbound_url=given.telegram_inbound_url,
        chatbot_secret=secret("CHATBOT_SECRET"),
        chatbot_inbound_url=given.chatbot_inbound_url,
        vonage_application_id=secret("VONAGE_APPLICATION_ID"),
        vonage_public_key=secret("VONAGE_PUBLIC_KEY"),
        vonage_signature_secret=secret("VONAGE_SIGNATURE_SECRET"),
        vonage_inbound_url=given.vonage_inbound_url,
        vonage_number=given.vonage_number,
    )
