"""The demo's plan, seed and secrets: another domain for the PSP, nothing real, found again after a restart.

Covers app.demo.plan, app.demo.secrets, app.demo.seed; app.demo.run is proved end to end.
"""

import stat
from pathlib import Path

import pytest

from app.demo.plan import Plan
from app.demo.secrets import load_or_make
from app.demo.seed import PEOPLE, seed
from app.opening import open_database, open_vault
from app.schema import migrate
from app.wiring import CHANNEL_PROVIDERS
from compliance.merchants import list_merchants
from compliance.users import list_users
from core.clock import utc_now

EMAILS = [person.email for person in PEOPLE]


def test_the_psp_is_on_another_domain_than_the_pay_page(tmp_path: Path) -> None:
    plan = Plan(tmp_path, 8000)
    assert plan.service_url == "http://127.0.0.1:8000"
    assert plan.sandbox_url == "http://localhost:8001"


def test_a_real_account_in_the_environment_is_never_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STRIPE_SECRET_KEY", "sk_live_real")
    monkeypatch.setenv("PAYTHREAD_DATABASE_URL", "postgresql://production/real")
    secrets = load_or_make(tmp_path, EMAILS)
    settings = Plan(tmp_path, 8000).settings(secrets)
    assert settings.stripe_secret_key == secrets.stripe_secret_key
    assert settings.database.startswith("sqlite:///")


def test_the_same_folder_has_the_same_secrets_for_its_owner_alone(tmp_path: Path) -> None:
    first = load_or_make(tmp_path, EMAILS)
    assert load_or_make(tmp_path, EMAILS) == first
    mode = stat.S_IMODE((tmp_path / "demo-secrets.json").stat().st_mode)
    assert mode == 0o600
    assert len(set(first.passwords.values())) == len(EMAILS)


async def test_seeding_twice_makes_nothing_twice(tmp_path: Path) -> None:
    secrets = load_or_make(tmp_path, EMAILS)
    settings = Plan(tmp_path, 8000).settings(secrets)
    vault = open_vault(settings)
    database, _ = open_database(settings, vault)
    await migrate(database)
    first = await seed(database, vault, settings, secrets, now=utc_now())
    again = await seed(database, vault, settings, secrets, now=utc_now())
    async with database.snapshot() as session:
        merchants = await list_merchants(session)
        users = await list_users(session, vault, first.merchant)
    await database.close()
    assert again == first
    assert [merchant.id for merchant in merchants] == [first.merchant]
    assert sorted(user.email for user in users) == sorted(EMAILS)
    roles = [user.role.value for user in users]
    assert roles.count("agent") == 2
    assert {"agent", "supervisor", "admin", "auditor"} == set(roles)


def test_webhooks_out_may_go_to_this_machine_and_no_further_into_the_network(
    tmp_path: Path,
) -> None:
    settings = Plan(tmp_path, 8000).settings(load_or_make(tmp_path, EMAILS))
    assert settings.webhook_allowed_hosts == ["127.0.0.1", "localhost"]


def test_the_web_chat_is_embedded_by_the_simulators_shop_alone(tmp_path: Path) -> None:
    plan = Plan(tmp_path, 8000)
    secrets = load_or_make(tmp_path, EMAILS)
    assert plan.settings(secrets).webchat_allowed_origins == ["http://localhost:8002"]
    assert plan.environment(secrets)["WEBCHAT_ALLOWED_ORIGINS"] == "http://localhost:8002"
    command = plan.simulator(secrets, accounts()).command
    assert "http://127.0.0.1:8000/chat/cha_webchat/widget.js" in command


def accounts() -> dict[str, str]:
    """An account of every provider that the demo has."""
    return {provider: f"cha_{provider}" for provider in (*CHANNEL_PROVIDERS, "http")}
