"""`paythread telegram connect`, as an operator runs it, against a far end of its own. Covers app.cli.telegram."""

from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from app.demo.messengers import messenger_arguments, messenger_environment, new_messenger_secrets
from tests.app.test_cli import Operator
from tests.simulator.harness import Simulator
from tests.support.free_port import free_port

SECRETS = new_messenger_secrets()
BOT = {
    "TELEGRAM_BOT_TOKEN": SECRETS["telegram_bot_token"],
    "TELEGRAM_WEBHOOK_SECRET": SECRETS["telegram_webhook_secret"],
    "TELEGRAM_FROM": "@acme_bot",
    "PAYTHREAD_BASE_URL": "https://pay.example.test",
}


@pytest.fixture
def far_end(tmp_path: Path) -> Iterator[Simulator]:
    callbacks = dict.fromkeys(("telegram", "http", "vonage"), "http://127.0.0.1:9/nowhere")
    running = Simulator(
        data=tmp_path / "far-end.sqlite",
        port=free_port(),
        smtp_port=free_port(),
        arguments=list(messenger_arguments(callbacks)),
        environment=messenger_environment(SECRETS),
    )
    running.start()
    yield running
    running.http.close()
    running.stop()


@pytest.fixture
def operator(tmp_path: Path) -> Operator:
    made = Operator(tmp_path / "house")
    made.folder.mkdir()
    made.run("migrate")
    return made


def test_the_bots_updates_go_to_the_accounts_callback_address(
    operator: Operator, far_end: Simulator
) -> None:
    operator.environment |= {**BOT, "TELEGRAM_API_BASE": far_end.url}
    operator.made("merchant", "create", "--name", "Acme")
    connected = operator.made("telegram", "connect")
    assert connected["webhook_url"] == (
        f"https://pay.example.test/webhooks/channels/{connected['id']}"
    )
    assert operator.made("telegram", "connect") == connected
    asked = httpx2.post(
        f"{far_end.url}/bot{SECRETS['telegram_bot_token']}/getWebhookInfo", trust_env=False
    )
    assert asked.json()["result"]["url"] == connected["webhook_url"]
    # Neither secret is told to whoever looks over the operator's shoulder.
    shown = operator.run("telegram", "connect")
    told = shown.stdout + shown.stderr
    assert not any(secret in told for secret in SECRETS.values())


def test_without_a_bot_or_with_a_wrong_token_it_says_so(
    operator: Operator, far_end: Simulator
) -> None:
    operator.made("merchant", "create", "--name", "Acme")
    none = operator.run("telegram", "connect")
    assert (none.returncode, "TELEGRAM_BOT_TOKEN" in none.stderr) == (1, True)
    wrong = f"1:{'x' * 35}"
    refused = operator.run(
        "telegram",
        "connect",
        **{**BOT, "TELEGRAM_API_BASE": far_end.url, "TELEGRAM_BOT_TOKEN": wrong},
    )
    assert refused.returncode == 1
    assert "does not know this bot_token" in refused.stderr
    assert wrong not in refused.stderr + refused.stdout
