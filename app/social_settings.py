"""The settings of Meta's channels: WhatsApp, Messenger and Instagram. Part of `app.settings.Settings`."""

import json
from typing import Annotated, Any

from pydantic import BeforeValidator, Field
from pydantic_settings import BaseSettings, NoDecode


def _read_json(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value) if value.strip() else {}
    except (ValueError, RecursionError):
        raise ValueError("must be JSON, as docs/operations.md shows it") from None


class SocialSettings(BaseSettings):
    """Named in the environment as Meta's own pages name them, without our prefix."""

    whatsapp_phone_number_id: str | None = Field(None, validation_alias="WHATSAPP_PHONE_NUMBER_ID")
    whatsapp_access_token: str | None = Field(
        None, validation_alias="WHATSAPP_ACCESS_TOKEN", repr=False
    )
    whatsapp_app_secret: str | None = Field(
        None, validation_alias="WHATSAPP_APP_SECRET", repr=False
    )
    whatsapp_previous_app_secret: str | None = Field(
        None, validation_alias="WHATSAPP_PREVIOUS_APP_SECRET", repr=False
    )
    whatsapp_verify_token: str | None = Field(
        None, validation_alias="WHATSAPP_VERIFY_TOKEN", repr=False
    )
    whatsapp_from: str | None = Field(None, validation_alias="WHATSAPP_FROM")
    whatsapp_api_base: str | None = Field(None, validation_alias="WHATSAPP_API_BASE")
    # The approved templates by purpose, in JSON.
    whatsapp_templates: Annotated[dict[str, Any], NoDecode, BeforeValidator(_read_json)] = Field(
        default_factory=dict, validation_alias="WHATSAPP_TEMPLATES"
    )

    messenger_page_id: str | None = Field(None, validation_alias="MESSENGER_PAGE_ID")
    messenger_page_token: str | None = Field(
        None, validation_alias="MESSENGER_PAGE_TOKEN", repr=False
    )
    messenger_app_secret: str | None = Field(
        None, validation_alias="MESSENGER_APP_SECRET", repr=False
    )
    messenger_previous_app_secret: str | None = Field(
        None, validation_alias="MESSENGER_PREVIOUS_APP_SECRET", repr=False
    )
    messenger_verify_token: str | None = Field(
        None, validation_alias="MESSENGER_VERIFY_TOKEN", repr=False
    )
    messenger_api_base: str | None = Field(None, validation_alias="MESSENGER_API_BASE")

    instagram_id: str | None = Field(None, validation_alias="INSTAGRAM_ID")
    instagram_page_id: str | None = Field(None, validation_alias="INSTAGRAM_PAGE_ID")
    instagram_page_token: str | None = Field(
        None, validation_alias="INSTAGRAM_PAGE_TOKEN", repr=False
    )
    instagram_app_secret: str | None = Field(
        None, validation_alias="INSTAGRAM_APP_SECRET", repr=False
    )
    instagram_previous_app_secret: str | None = Field(
        None, validation_alias="INSTAGRAM_PREVIOUS_APP_SECRET", repr=False
    )
    instagram_verify_token: str | None = Field(
        None, validation_alias="INSTAGRAM_VERIFY_TOKEN", repr=False
    )
    instagram_api_base: str | None = Field(None, validation_alias="INSTAGRAM_API_BASE")
