"""The simulator as a process: it starts, stops, survives and says what is wrong with its options."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from channels.simulator.command_line import read_options

from .harness import ACCOUNT, CUSTOMER, Simulator, eventually, free_port


def test_it_says_where_everything_is(simulator: Simulator) -> None:
    simulator.stop()
    assert simulator.start() == [
        f"simulator ready: http://localhost:{simulator.port}",
        f"smtp: 127.0.0.1:{simulator.smtp_port}",
        f"smtp certificate: {simulator.certificate}",
    ]
    assert simulator.http.get(f"{simulator.url}/healthz").json() == {"status": "ok"}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_within_two_seconds_with_status_0_whatever_is_open(
    simulator: Simulator, number: int
) -> None:
    assert simulator.process is not None
    simulator.post("/api/faults", {"timeout_after": 1})
    with simulator.http.stream("GET", f"{simulator.url}/api/stream"):
        hanging = subprocess.Popen(
            [sys.executable, "-c", _HANG, str(simulator.port), ACCOUNT], stderr=subprocess.DEVNULL
        )
        eventually(simulator.inbox)
        before = time.monotonic()
        os.kill(simulator.process.pid, number)
        assert simulator.process.wait(timeout=5) == 0
        assert time.monotonic() - before < 2
    hanging.wait(timeout=5)
    assert simulator.process.stdout is not None
    simulator.process.stdout.close()


@pytest.mark.parametrize("ending", ["parent gone", "signal"])
def test_with_a_parent_to_watch_it_stops_for_either_reason(tmp_path: Path, ending: str) -> None:
    child = Simulator(
        tmp_path / "x.sqlite", free_port(), free_port(), environment={"PAYTHREAD_PARENT_WATCH": "1"}
    )
    child.start(stdin=subprocess.PIPE)
    assert child.process is not None
    assert child.process.stdin is not None
    assert child.process.stdout is not None
    assert child.process.poll() is None
    if ending == "parent gone":
        child.process.stdin.close()
    else:
        child.process.terminate()
    assert child.process.wait(timeout=3) == 0
    child.process.stdin.close()
    child.process.stdout.close()
    child.http.close()


def test_a_taken_port_is_explained(simulator: Simulator) -> None:
    arguments = ["--port", str(free_port()), "--smtp-port", str(simulator.smtp_port)]
    arguments += [
        "--data",
        str(simulator.data.with_name("other.sqlite")),
        "--twilio-account-sid",
        ACCOUNT,
    ]
    second = subprocess.run(
        [sys.executable, "-m", "channels.simulator", *arguments],
        env={**os.environ, "SIMULATOR_TWILIO_AUTH_TOKEN": "t"},
        capture_output=True,
        text=True,
        timeout=10,
        check=False,
    )
    assert second.returncode == 1
    assert "The simulator cannot start" in second.stderr


def test_restart_and_crash_lose_nothing(simulator: Simulator) -> None:
    simulator.send_sms(Body="before")
    simulator.post(
        "/api/messages", {"channel": "sms", "from": CUSTOMER, "to": "60777", "text": "stop"}
    )
    simulator.post("/api/faults", {"reject": 3, "channel": "email"})
    simulator.stop()
    simulator.start()
    simulator.send_sms(Body="between")
    simulator.kill()
    simulator.start()
    texts = [message["text"] for message in simulator.inbox(to=CUSTOMER)]
    assert (texts[0], texts[-1], len(texts)) == ("between", "before", 3)
    assert simulator.send_sms(From="60777").json()["code"] == 21610
    assert simulator.http.get(f"{simulator.url}/api/faults").json()["reject"] == 3


GOOD = ["--port", "1", "--smtp-port", "2", "--data", "x.sqlite", "--twilio-account-sid", ACCOUNT]
SECRET = {"SIMULATOR_TWILIO_AUTH_TOKEN": "t"}


def test_options_have_sensible_defaults() -> None:
    options = read_options(GOOD, SECRET)
    assert options.public_url == "http://localhost:1"
    assert options.host == "127.0.0.1"
    assert options.sms_inbound_url is None
    assert options.certificate_path == Path("x.sqlite.smtp-ca.pem")


@pytest.mark.parametrize(
    ("arguments", "environment", "said"),
    [
        (GOOD, {}, "SIMULATOR_TWILIO_AUTH_TOKEN"),
        (GOOD, SECRET | {"SIMULATOR_SMTP_USER": "u"}, "both"),
        ([*GOOD, "--smtp-auth-required"], SECRET, "--smtp-auth-required needs"),
        ([*GOOD, "--sms-inbound-url", "ftp://x"], SECRET, "http or https"),
        ([*GOOD, "--twilio-account-sid", "AC1"], SECRET, "32 hexadecimal"),
        ([*GOOD, "--port", "70000"], SECRET, "--port"),
        ([*GOOD, "--sms-number", "7"], SECRET, "+447700900123"),
    ],
)
def test_wrong_options_are_explained(
    arguments: list[str], environment: dict[str, str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as exit_:
        read_options(arguments, environment)
    assert exit_.value.code == 2
    assert said in capsys.readouterr().err


_HANG = """
import base64, sys, urllib.request
port, account = sys.argv[1:]
auth = base64.b64encode(f"{account}:carrier-secret".encode()).decode()
urllib.request.urlopen(urllib.request.Request(
    f"http://127.0.0.1:{port}/2010-04-01/Accounts/{account}/Messages.json",
    b"To=%2B447700900123&From=%2B447400123456&Body=x", {"Authorization": "Basic " + auth}))
"""
