"""`paythread demo`: what it promises to write, and that it leaves nothing behind."""

import json
import signal
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path

import httpx2
import pytest

from tests.e2e.conftest import NewDemo
from tests.e2e.demo import PORTS, Demo
from tests.e2e.processes import free_ports, is_alive
from tests.e2e.waiting import eventually

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

FIELDS = {
    "service_url",
    "pay_url",
    "sandbox_url",
    "simulator_url",
    "smtp",
    "imap",
    "merchant",
    "api_key",
    "users",
    "psp_webhook_url",
    "psp_webhook_secret",
}
STOP_SECONDS_MAX = 5


async def make_link(demo: Demo, key: str) -> str:
    body = {"amount": 1000, "currency": "GBP", "description": "Kept"}
    answer = await demo.post("/v1/links", body, **{"Idempotency-Key": key})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def can_sign_in(demo: Demo, email: str, password: str) -> bool:
    answer = await demo.client.post(
        f"{demo.service}/v1/sessions",
        json={"email": email, "password": password},
        headers={"Origin": demo.service},
    )
    return answer.status_code == 201


async def test_demo_json_describes_what_runs(new_demo: NewDemo) -> None:
    """The fields of the contract, ports counting up, every role once at least and agents twice; all of it answers."""
    demo = await new_demo()
    told = demo.description
    assert FIELDS == set(told)
    assert (
        f"http://127.0.0.1:{demo.port}",
        f"http://127.0.0.1:{demo.port}",
        f"http://localhost:{demo.port + 1}",
        f"http://localhost:{demo.port + 2}",
        f"127.0.0.1:{demo.port + 3}",
    ) == tuple(
        told[name] for name in ("service_url", "pay_url", "sandbox_url", "simulator_url", "smtp")
    )
    assert ["admin", "agent", "agent", "auditor", "supervisor"] == sorted(
        user["role"] for user in told["users"]
    )
    assert all({"role", "email", "password"} <= set(user) for user in told["users"])
    assert told["merchant"].startswith("mer_")
    assert told["api_key"].startswith("sk_")
    assert told["psp_webhook_url"].startswith(f"{demo.service}/webhooks/psp/")
    # Passwords and keys stand in it: its owner alone reads it.
    assert 0o600 == stat.S_IMODE((demo.folder / "demo.json").stat().st_mode)
    assert 0o700 == stat.S_IMODE(demo.folder.stat().st_mode)
    for user in told["users"]:
        assert await can_sign_in(demo, user["email"], user["password"])
    for url in (f"{demo.service}/readyz", demo.sandbox, demo.simulator, f"{demo.service}/docs"):
        assert 200 == (await demo.client.get(url)).status_code
    with socket.create_connection(("127.0.0.1", demo.port + 3), timeout=10) as smtp:
        assert smtp.recv(3) == b"220"
    greeting = demo.output.read_text()
    for shown in (demo.service, demo.simulator, *(user["password"] for user in told["users"])):
        assert shown in greeting


async def test_ctrl_c_stops_all_of_it_within_five_seconds(new_demo: NewDemo) -> None:
    """Even while a browser holds connections open, nothing keeps running."""
    demo = await new_demo()
    parts = demo.parts()
    assert 3 == len(parts)
    async with httpx2.AsyncClient(trust_env=False) as held:
        await held.get(f"{demo.service}/healthz")
        begun = time.monotonic()
        demo.interrupt()
        code = await demo.ended()
        took = time.monotonic() - begun
    assert 0 == code
    assert took < STOP_SECONDS_MAX
    assert [] == [part.command for part in parts if is_alive(part.pid)]
    assert "Traceback" not in demo.output.read_text()
    for log in (demo.folder / "logs").iterdir():
        assert "Fatal Python error" not in log.read_text()


async def test_nothing_outlives_a_demo_that_is_killed(new_demo: NewDemo) -> None:
    """SIGKILL leaves the demo no time to stop its parts; they notice and end by themselves."""
    demo = await new_demo()
    parts = demo.parts()
    demo.process.send_signal(signal.SIGKILL)
    await demo.ended()

    async def none_left() -> bool:
        return not any(is_alive(part.pid) for part in parts)

    await eventually(none_left, "every part of the killed demo ended", seconds=20)


async def test_a_restart_on_the_same_folder_keeps_everything_and_reset_forgets(
    new_demo: NewDemo,
) -> None:
    """Links, users, passwords and keys are there after a restart; `--reset` starts afresh."""
    first = await new_demo()
    link = await make_link(first, "kept-1")
    described = json.loads((first.folder / "demo.json").read_text())
    first.interrupt()
    assert 0 == await first.ended()
    assert not (first.folder / "demo.json").exists()

    second = await new_demo(port=first.port)
    assert described == second.description
    assert link == (await second.get(f"/v1/links/{link}"))["id"]
    assert link == await make_link(second, "kept-1")
    assert await can_sign_in(second, *second.person())
    events = await second.events()
    assert list(range(1, len(events) + 1)) == [event["position"] for event in events]
    second.interrupt()
    assert 0 == await second.ended()

    third = await new_demo("--reset", port=first.port)
    assert described["merchant"] != third.description["merchant"]
    assert described["api_key"] != third.description["api_key"]
    assert [] == (await third.get("/v1/links"))["data"]
    assert not await can_sign_in(third, *first.person())


@pytest.mark.parametrize("offset", range(PORTS))
def test_a_taken_port_is_said_in_one_sentence(offset: int, tmp_path: Path) -> None:
    """Exit code 1, one line that names the port, and no file of a demo that may be running there is touched."""
    port = free_ports(PORTS)
    running = tmp_path / "demo.json"
    running.write_text("{}")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port + offset))
        taken.listen()
        done = subprocess.run(
            [
                *(sys.executable, "-m", "app.cli", "demo", "--reset"),
                *("--data", str(tmp_path), "--port", str(port)),
            ],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    assert (1, "") == (done.returncode, done.stdout)
    assert f"paythread: Port {port + offset} is taken; choose another with --port.\n" == done.stderr
    assert running.exists()
