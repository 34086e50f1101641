"""Meta's channels from the environment, and at both ends of the demo.

Covers app.social_accounts, app.social_settings and app.demo.social.
"""

import json
from argparse import ArgumentParser
from pathlib import Path

import pytest
from pydantic import ValidationError

from app.accounts import channel_configs
from app.demo.plan import Plan
from app.demo.secrets import load_or_make
from app.demo.social import CHANNELS, social_environment
from app.settings import Settings
from app.social_accounts import social_configs
from app.wiring import CHANNEL_PROVIDERS
from channels.port import Handshaking
from channels.simulator.networks.meta.accounts import add_meta_options, meta_accounts

WHATSAPP = {
    "WHATSAPP_PHONE_NUMBER_ID": "106540352242922",
    "WHATSAPP_ACCESS_TOKEN": "token",
    "WHATSAPP_APP_SECRET": "secret",
    "WHATSAPP_VERIFY_TOKEN": "verify",
}


def settings(**values: object) -> Settings:
    return Settings(_env_file=None, **values)  # type: ignore[arg-type]


def test_without_their_settings_there_are_none_of_these_channels() -> None:
    assert social_configs(settings()) == []


@pytest.mark.parametrize("missing", sorted(WHATSAPP))
def test_an_account_that_is_not_complete_is_left_out(missing: str) -> None:
    assert social_configs(settings(**{**WHATSAPP, missing: ""})) == []


def test_whatsapp_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    templates = {"payment_link": {"name": "pay", "languages": {"en": "en_GB"}, "body": ["amount"]}}
    more = {"WHATSAPP_FROM": "+447400123456", "WHATSAPP_TEMPLATES": json.dumps(templates)}
    for name, value in (WHATSAPP | more).items():
        monkeypatch.setenv(name, value)
    [(channel, provider, config)] = channel_configs(settings())
    assert (channel, provider) == ("whatsapp", "whatsapp")
    assert config == {
        "phone_number_id": "106540352242922",
        "access_token": "token",
        "app_secret": "secret",
        "verify_token": "verify",
        "from": "+447400123456",
        "templates": templates,
    }


def test_templates_that_are_no_json_are_a_wrong_setting() -> None:
    for wrong in ("payment_link=pay", "[]", "[" * 10_000):
        with pytest.raises(ValidationError):
            settings(WHATSAPP_TEMPLATES=wrong)
    assert settings(WHATSAPP_TEMPLATES=" ").whatsapp_templates == {}


async def test_the_demo_has_all_three_and_its_two_ends_agree(tmp_path: Path) -> None:
    plan, secrets = Plan(tmp_path, 8000), load_or_make(tmp_path, [])
    child = plan.simulator(
        secrets, {provider: f"cha_{provider}" for provider in (*CHANNEL_PROVIDERS, "http")}
    )
    parser = ArgumentParser()
    add_meta_options(parser)
    given, _ = parser.parse_known_args(child.command[3:])
    far_ends = {
        one.channel.value: one for one in meta_accounts(given, child.environment, parser.error)
    }
    assert set(far_ends) == set(CHANNELS)
    for channel, provider, config in social_configs(plan.settings(secrets)):
        far_end = far_ends[channel]
        assert far_end.token == config["access_token"]
        assert far_end.app_secret == config["app_secret"]
        assert far_end.node == config.get("phone_number_id", config.get("page_id"))
        assert far_end.address == config["from"]
        assert far_end.inbound_url == f"http://127.0.0.1:8000/webhooks/channels/cha_{channel}"
        made = CHANNEL_PROVIDERS[provider](config)
        assert isinstance(made, Handshaking)
        await made.close()


def test_the_demos_service_gets_the_same_settings_by_its_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan, secrets = Plan(tmp_path, 8000), load_or_make(tmp_path, [])
    direct = plan.settings(secrets)
    for name, value in plan.environment(secrets).items():
        monkeypatch.setenv(name, value)
    assert social_configs(settings()) == social_configs(direct)
    assert len(set(social_environment(secrets).values())) == 4
