"""The accounts that the environment describes for Telegram, for an integrator's own channel, and for SMS by Vonage."""

from typing import Any

from app.settings import Settings


def messenger_configs(settings: Settings) -> list[tuple[str, str, dict[str, Any]]]:
    """(channel, provider, configuration) of each account that is described in full."""
    found: list[tuple[str, str, dict[str, Any]]] = []
    if settings.telegram_bot_token and settings.telegram_webhook_secret:
        telegram = {
            "bot_token": settings.telegram_bot_token,
            "webhook_secret": settings.telegram_webhook_secret,
            "from": settings.telegram_from,
            "base_url": settings.telegram_api_base,
        }
        found.append(("telegram", "telegram", _given(telegram)))
    if settings.chatbot_url and settings.chatbot_secret:
        chatbot = {"url": settings.chatbot_url, "secret": settings.chatbot_secret}
        found.append(("chatbot", "http", chatbot))
    if (
        settings.vonage_application_id
        and settings.vonage_private_key
        and settings.vonage_signature_secret
        and settings.vonage_from
    ):
        vonage = {
            "application_id": settings.vonage_application_id,
            # Not every place where variables are set takes lines.
            "private_key": settings.vonage_private_key.replace("\\n", "\n"),
            "signature_secret": settings.vonage_signature_secret,
            "from": settings.vonage_from,
            "base_url": settings.vonage_api_base,
        }
        found.append(("sms", "vonage", _given(vonage)))
    return found


def _given(config: dict[str, str | None]) -> dict[str, Any]:
    return {name: value for name, value in config.items() if value}
