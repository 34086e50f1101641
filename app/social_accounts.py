"""The accounts at Meta that the environment describes: WhatsApp, Messenger and Instagram."""

from typing import Any

from app.social_settings import SocialSettings


def social_configs(settings: SocialSettings) -> list[tuple[str, str, dict[str, Any]]]:
    """(channel, provider, configuration) of each one that is complete; the others are left out."""
    found: list[tuple[str, str, dict[str, Any]]] = []
    for channel, required, optional in (
        ("whatsapp", _whatsapp(settings), _whatsapp_optional(settings)),
        ("messenger", _messenger(settings), _messenger_optional(settings)),
        ("instagram", _instagram(settings), _instagram_optional(settings)),
    ):
        if all(required.values()):
            chosen = {name: value for name, value in optional.items() if value}
            found.append((channel, channel, required | chosen))
    return found


def _whatsapp(settings: SocialSettings) -> dict[str, Any]:
    return {
        "phone_number_id": settings.whatsapp_phone_number_id,
        "access_token": settings.whatsapp_access_token,
        "app_secret": settings.whatsapp_app_secret,
        "verify_token": settings.whatsapp_verify_token,
    }


def _whatsapp_optional(settings: SocialSettings) -> dict[str, Any]:
    return {
        "from": settings.whatsapp_from,
        "previous_app_secret": settings.whatsapp_previous_app_secret,
        "base_url": settings.whatsapp_api_base,
        "templates": settings.whatsapp_templates,
    }


def _messenger(settings: SocialSettings) -> dict[str, Any]:
    return {
        "page_id": settings.messenger_page_id,
        "access_token": settings.messenger_page_token,
        "app_secret": settings.messenger_app_secret,
        "verify_token": settings.messenger_verify_token,
    }


def _messenger_optional(settings: SocialSettings) -> dict[str, Any]:
    return {
        # Who customers write to, as WhatsApp's number is.
        "from": settings.messenger_page_id,
        "previous_app_secret": settings.messenger_previous_app_secret,
        "base_url": settings.messenger_api_base,
    }


def _instagram(settings: SocialSettings) -> dict[str, Any]:
    return {
        "page_id": settings.instagram_page_id,
        "instagram_id": settings.instagram_id,
        "access_token": settings.instagram_page_token,
        "app_secret": settings.instagram_app_secret,
        "verify_token": settings.instagram_verify_token,
    }


def _instagram_optional(settings: SocialSettings) -> dict[str, Any]:
    return {
        "from": settings.instagram_id,
        "previous_app_secret": settings.instagram_previous_app_secret,
        "base_url": settings.instagram_api_base,
    }
