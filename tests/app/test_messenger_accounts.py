"""Accounts from the environment for Telegram, an integrator's own channel and Vonage: whole ones only, and usable."""

from typing import Any

import pytest

from app.demo.messengers import (
    messenger_arguments,
    messenger_environment,
    messenger_settings,
    new_messenger_secrets,
)
from app.messenger_accounts import messenger_configs
from app.settings import Settings
from channels.providers.http import HttpProvider
from channels.providers.telegram import TelegramProvider
from channels.providers.vonage import VonageProvider
from core.outbound.destinations import Destinations

KNOWN = new_messenger_secrets()


def settings(**values: Any) -> Settings:
    usual = messenger_settings(KNOWN, simulator="http://127.0.0.1:9")
    named = {name.upper(): value for name, value in (usual | values).items()}
    return Settings(_env_file=None, **named)


def test_the_demos_accounts_are_ones_that_their_providers_take() -> None:
    configs = {provider: config for _, provider, config in messenger_configs(settings())}
    TelegramProvider.from_config(configs["telegram"])
    HttpProvider.from_config(configs["http"], Destinations(["127.0.0.1"]))
    VonageProvider.from_config(configs["vonage"])


def test_a_key_on_one_line_is_read_as_its_lines() -> None:
    one_line = KNOWN["vonage_private_key"].replace("\n", "\\n")
    [config] = [
        config
        for _, provider, config in messenger_configs(settings(vonage_private_key=one_line))
        if provider == "vonage"
    ]
    assert config["private_key"] == KNOWN["vonage_private_key"]


@pytest.mark.parametrize(
    ("missing", "provider"),
    [
        ("telegram_bot_token", "telegram"),
        ("telegram_webhook_secret", "telegram"),
        ("chatbot_url", "http"),
        ("chatbot_secret", "http"),
        ("vonage_private_key", "vonage"),
        ("vonage_from", "vonage"),
    ],
)
def test_an_account_that_is_half_described_is_none(missing: str, provider: str) -> None:
    found = {provider for _, provider, _ in messenger_configs(settings(**{missing: None}))}
    assert found == {"telegram", "http", "vonage"} - {provider}


def test_the_far_end_is_told_where_to_call_and_never_the_private_key() -> None:
    callbacks = {name: f"http://127.0.0.1:1/{name}" for name in ("telegram", "http", "vonage")}
    arguments = messenger_arguments(callbacks)
    assert set(callbacks.values()) <= set(arguments)
    assert "PRIVATE" not in "".join(messenger_environment(KNOWN).values())
