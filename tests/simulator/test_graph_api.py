"""Meta's Graph API on the simulator: what it takes and refuses, each in Meta's own shape."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from .harness import CUSTOMER, Simulator, eventually, free_port
from .meta import (
    ADDRESSES,
    ENVIRONMENT,
    INSTAGRAM_ID,
    NODES,
    PHONE_NUMBER_ID,
    PREFIX,
    TOKENS,
    meta_arguments,
)

PSID = "5000111122223333"


@pytest.fixture(scope="module")
def far_end(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    running = Simulator(
        data=tmp_path_factory.mktemp("meta") / "far-end.sqlite",
        port=free_port(),
        smtp_port=free_port(),
        arguments=meta_arguments(),
        environment=ENVIRONMENT,
    )
    running.start()
    yield running
    running.http.close()
    running.stop()


@pytest.fixture(autouse=True)
def _behaves(far_end: Simulator) -> Iterator[None]:
    yield
    far_end.http.delete(f"{far_end.url}/api/faults")


def give(
    simulator: Simulator, channel: str, body: Any, *, token: str | None = None, node: str = ""
) -> httpx2.Response:
    return simulator.http.post(
        f"{simulator.url}/v23.0/{node or NODES[channel]}/messages",
        json=body,
        headers={"Authorization": f"Bearer {token or TOKENS[channel]}"},
    )


def error_of(answer: httpx2.Response) -> tuple[int, int, int | None]:
    error = answer.json()["error"]
    assert {"message", "type", "code", "fbtrace_id"} <= error.keys()
    return answer.status_code, error["code"], error.get("error_subcode")


def write(simulator: Simulator, channel: str, sender: str, text: str = "Hello") -> httpx2.Response:
    body = {"channel": channel, "from": sender, "to": ADDRESSES[channel], "text": text}
    return simulator.post("/api/messages", body)


def text(to: str = CUSTOMER, body: str = "Hi", **more: Any) -> dict[str, Any]:
    return {
        "messaging_product": "whatsapp",
        "to": to,
        "type": "text",
        "text": {"body": body},
        **more,
    }


def template(*values: str, name: str = "payment_link", code: str = "en_GB") -> dict[str, Any]:
    parameters = [{"type": "text", "text": value} for value in values]
    button = {"type": "button", "sub_type": "url", "index": "0"}
    return text(
        type="template",
        template={
            "name": name,
            "language": {"code": code},
            "components": [
                {"type": "body", "parameters": parameters},
                {**button, "parameters": [{"type": "text", "text": "Tok3n"}]},
            ],
        },
    )


@pytest.mark.parametrize("channel", sorted(NODES))
def test_a_node_is_shown_to_its_own_token_alone(far_end: Simulator, channel: str) -> None:
    def look(token: str, node: str) -> httpx2.Response:
        headers = {"Authorization": f"Bearer {token}"}
        return far_end.http.get(f"{far_end.url}/v23.0/{node}", headers=headers)

    assert look(TOKENS[channel], NODES[channel]).json()["id"] == NODES[channel]
    assert error_of(look("guess", NODES[channel])) == (401, 190, None)
    assert error_of(look(TOKENS[channel], "999")) == (400, 100, 33)
    assert look(TOKENS["instagram"], INSTAGRAM_ID).status_code == 200
    assert far_end.http.get(f"{far_end.url}/nothing/{NODES[channel]}").status_code == 404


def test_words_within_the_window_arrive_and_with_a_button_too(far_end: Simulator) -> None:
    number = "+447700900201"
    assert write(far_end, "whatsapp", number).status_code == 201
    answer = give(far_end, "whatsapp", text(number, "Hi there"))
    assert answer.json()["contacts"] == [{"input": number, "wa_id": number[1:]}]
    interactive = {
        "type": "cta_url",
        "body": {"text": "Pay here"},
        "action": {
            "name": "cta_url",
            "parameters": {"display_text": "Pay", "url": f"{PREFIX}abc"},
        },
    }
    give(far_end, "whatsapp", text(number, type="interactive", interactive=interactive))
    newest, first = far_end.inbox(to=number, channel="whatsapp")
    assert first["text"] == "Hi there"
    assert first["from_name"] == "Acme Utilities"
    assert newest["urls"] == [f"{PREFIX}abc"]
    assert ["button", "Pay"] in newest["headers"]
    assert newest["answerable"] is True
    eventually(lambda: far_end.inbox(to=number, channel="whatsapp")[0]["status"] == "delivered")


def test_free_words_outside_the_window_are_taken_and_never_arrive(far_end: Simulator) -> None:
    number = "+447700900202"
    assert give(far_end, "whatsapp", text(number)).status_code == 200
    assert far_end.inbox(to=number, channel="whatsapp") == []


def test_a_template_arrives_whenever(far_end: Simulator) -> None:
    assert give(far_end, "whatsapp", template("Acme", "£49.99")).status_code == 200
    [message] = far_end.inbox(to=CUSTOMER, channel="whatsapp")
    assert message["text"].startswith("Acme asks you to pay £49.99.")
    assert message["urls"] == [f"{PREFIX}Tok3n"]


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (template("Acme"), (400, 132000, None)),
        (template("Acme", "£1", name="other"), (404, 132001, None)),
        (template("Acme", "£1", code="fr"), (404, 132001, None)),
        (text("not a number"), (400, 131009, None)),
        (text(body=""), (400, 131009, None)),
        (text(body="x" * 4097), (400, 131009, None)),
        (text(type="image"), (400, 100, None)),
        (text(type="image", image={}), (400, 131051, None)),
        (text(text="Hi"), (400, 100, None)),
        ({}, (400, 100, None)),
        ([], (400, 100, None)),
    ],
)
def test_whatsapp_refuses_in_metas_words(
    far_end: Simulator, body: Any, error: tuple[int, int, int | None]
) -> None:
    assert error_of(give(far_end, "whatsapp", body)) == error


@pytest.mark.parametrize("channel", ["messenger", "instagram"])
def test_nobody_is_written_to_who_did_not_write_first(far_end: Simulator, channel: str) -> None:
    def ask(to: str) -> httpx2.Response:
        message = {"text": "Hi", "metadata": "dlv_1"}
        return give(far_end, channel, {"recipient": {"id": to}, "message": message})

    assert error_of(ask("100000000000009")) == (400, 100, 2018001)
    assert error_of(ask("100000000000551")) == (400, 551, 1545041)
    assert write(far_end, channel, PSID).status_code == 201
    answer = ask(PSID).json()
    assert answer["recipient_id"] == PSID
    assert (len(answer["message_id"]) > 128) is (channel == "instagram")
    assert far_end.inbox(to=PSID, channel=channel)[0]["text"] == "Hi"


def test_the_window_closes(tmp_path: Path) -> None:
    running = Simulator(tmp_path / "x.sqlite", free_port(), free_port())
    running.arguments = [*meta_arguments(), "--window-seconds", "0"]
    running.environment = ENVIRONMENT
    running.start()
    try:
        write(running, "messenger", PSID)
        body = {"recipient": {"id": PSID}, "message": {"text": "Hi"}}
        assert error_of(give(running, "messenger", body)) == (400, 10, 2018278)
    finally:
        running.http.close()
        running.stop()


@pytest.mark.parametrize(("channel", "code"), [("whatsapp", 130429), ("messenger", 80006)])
def test_faults_strike_here_too(far_end: Simulator, channel: str, code: int) -> None:
    far_end.post("/api/faults", {"fail": 1, "reject": 1, "channel": channel})
    answer = give(far_end, channel, text())
    assert error_of(answer) == (429, code, None)
    assert answer.headers["retry-after"] == "1"
    assert error_of(give(far_end, channel, text()))[0] == 400
    assert far_end.http.get(f"{far_end.url}/api/faults").json()["fail"] == 0


@pytest.mark.parametrize(
    "body",
    [
        {"channel": "whatsapp", "from": "sam", "to": ADDRESSES["whatsapp"], "text": "Hi"},
        {"channel": "whatsapp", "from": CUSTOMER, "to": "+15005550006", "text": "Hi"},
        {
            "channel": "messenger",
            "from": "not a handle",
            "to": ADDRESSES["messenger"],
            "text": "Hi",
        },
        {"channel": "instagram", "from": PSID, "to": "someone", "text": "Hi"},
    ],
)
def test_customers_write_only_as_the_network_lets_them(far_end: Simulator, body: Any) -> None:
    assert far_end.post("/api/messages", body).status_code == 422


def test_a_network_that_is_not_set_up_says_so(refusing: Simulator) -> None:
    body = {"channel": "whatsapp", "from": CUSTOMER, "to": PHONE_NUMBER_ID, "text": "Hi"}
    assert refusing.post("/api/messages", body).status_code == 409
    assert error_of(give(refusing, "whatsapp", text())) == (401, 190, None)


@pytest.mark.parametrize(
    ("channel", "status"),
    [("messenger", "failed"), ("instagram", "failed"), ("instagram", "delivered")],
)
def test_reports_that_a_network_does_not_have_are_not_possible(
    far_end: Simulator, channel: str, status: str
) -> None:
    write(far_end, channel, "reporter")
    body = {"recipient": {"id": "reporter"}, "message": {"text": "Hi"}}
    assert give(far_end, channel, body).status_code == 200
    [message] = far_end.inbox(to="reporter", channel=channel)[:1]
    answer = far_end.post("/api/receipts", {"id": message["id"], "status": status})
    assert answer.status_code == 409
