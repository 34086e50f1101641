"""The sandbox is a process of its own: it starts, keeps what it knows, and ends when it should."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.sandbox.harness import Sandbox, eventually


async def test_a_restart_loses_nothing(fresh_sandbox: Sandbox) -> None:
    """Not even when it is killed right after its answer."""
    psp = fresh_sandbox.stripe()
    paid = await psp.v1.payment_intents.create_async(
        {"amount": 1000, "currency": "usd", "payment_method": "pm_card_visa", "confirm": True}
    )
    refund = await psp.v1.refunds.create_async({"payment_intent": paid.id, "amount": 400})
    before = await psp.v1.payment_intents.retrieve_async(paid.id)
    await fresh_sandbox.restart(signal.SIGKILL)

    after = await psp.v1.payment_intents.retrieve_async(paid.id)
    again = await psp.v1.refunds.create_async({"payment_intent": paid.id})

    assert after.to_dict() == before.to_dict()
    assert (refund.amount, again.amount) == (400, 600)


async def test_what_was_to_happen_later_happens_after_a_restart(fresh_sandbox: Sandbox) -> None:
    """A payment in processing succeeds all the same."""
    psp = fresh_sandbox.stripe()
    slow = await psp.v1.payment_intents.create_async(
        {
            "amount": 1000,
            "currency": "usd",
            "payment_method": "pm_sandbox_processing",
            "confirm": True,
        }
    )
    assert slow.status == "processing"
    await fresh_sandbox.restart(signal.SIGKILL)

    async def succeeded() -> bool:
        return (await psp.v1.payment_intents.retrieve_async(slow.id)).status == "succeeded"

    assert await eventually(succeeded, seconds=15)


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
async def test_it_ends_cleanly_when_asked(stop: signal.Signals, fresh_sandbox: Sandbox) -> None:
    """Within two seconds, with success, and nothing in its log but that it ran."""
    began = time.monotonic()

    status = fresh_sandbox.stop(stop)

    assert status == 0
    assert time.monotonic() - began < 2
    assert "Traceback" not in fresh_sandbox.log.read_text()


async def test_it_ends_while_a_caller_waits_for_an_answer(fresh_sandbox: Sandbox) -> None:
    """A hanging request holds nothing up."""
    import asyncio

    from tests.sandbox.harness import SECRET_KEY

    await fresh_sandbox.faults(timeout_after=1)
    async with fresh_sandbox.http() as client:
        waiting = asyncio.create_task(
            client.post(
                "/v1/payment_intents",
                data={"amount": "1000", "currency": "usd"},
                headers={"Authorization": f"Bearer {SECRET_KEY}"},
            )
        )
        await asyncio.sleep(0.5)
        began = time.monotonic()
        status = await asyncio.to_thread(fresh_sandbox.stop)
        took = time.monotonic() - began
        await asyncio.gather(waiting, return_exceptions=True)

    assert status == 0
    assert took < 3


def test_it_ends_when_its_parent_is_gone(tmp_path: Path) -> None:
    """With PAYTHREAD_PARENT_WATCH=1 the end of its standard input is its own end."""
    running = Sandbox(tmp_path)
    process = subprocess.Popen(
        running.command(),
        stdin=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=running.environment() | {"PAYTHREAD_PARENT_WATCH": "1"},
    )
    try:
        time.sleep(1.5)
        assert process.poll() is None
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(timeout=10) == 0
    finally:
        process.kill()


@pytest.mark.parametrize(
    ("options", "environment"),
    [
        ([], {"SANDBOX_SECRET_KEY": ""}),
        ([], {"SANDBOX_SECRET_KEY": "sk_live_1"}),
        ([], {"SANDBOX_PUBLISHABLE_KEY": "sk_test_1"}),
        (["--webhook-url", "http://127.0.0.1:1/"], {"SANDBOX_WEBHOOK_SECRET": ""}),
    ],
)
def test_it_does_not_start_without_its_secrets(
    options: list[str], environment: dict[str, str], tmp_path: Path
) -> None:
    """There is no default key, and no live one."""
    running = Sandbox(tmp_path)

    done = subprocess.run(
        [*running.command(), *options],
        env=running.environment() | environment,
        capture_output=True,
        timeout=30,
        check=False,
    )

    assert done.returncode == 2
    assert not running.data.exists()


async def test_secrets_do_not_show_in_the_list_of_processes(fresh_sandbox: Sandbox) -> None:
    """They come in the environment."""
    assert fresh_sandbox.process is not None
    if not Path("/proc").exists():
        pytest.skip("no /proc on this machine")
    shown = Path(f"/proc/{fresh_sandbox.process.pid}/cmdline").read_text()

    assert "sk_test" not in shown
    assert "whsec" not in shown


def test_it_shares_no_code_with_the_rest(tmp_path: Path) -> None:
    """A far end that agreed with us by construction would prove nothing."""
    program = (
        "import sys, payments.sandbox.__main__\n"
        "rooms = ('core', 'compliance', 'links', 'channels', 'agent_feed', 'app')\n"
        "print([m for m in sys.modules if m.partition('.')[0] in rooms"
        " or (m.startswith('payments.') and not m.startswith('payments.sandbox'))])"
    )
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[2])}

    done = subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
    )

    assert done.stdout.strip() == "[]"
