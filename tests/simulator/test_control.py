"""The control API keeps its contract and refuses everything else plainly."""

from __future__ import annotations

from typing import Any

import pytest

from .harness import CARD, CUSTOMER, MERCHANT, Merchant, Simulator, eventually

WRITTEN = {"channel": "sms", "from": CUSTOMER, "to": MERCHANT, "text": "Hello"}


def test_messages_are_listed_newest_first_and_matched_however_the_address_is_written(
    simulator: Simulator,
) -> None:
    for text in ("first", "second"):
        simulator.send_sms(Body=text)
    simulator.send_sms(To="+447700900456", Body="other")
    for written in ("+447700900123", "+44 7700 900123", " 447700900123", "00447700900123"):
        assert [message["text"] for message in simulator.inbox(to=written)] == ["second", "first"]
    assert [message["text"] for message in simulator.inbox(limit="1")] == ["other"]
    assert simulator.inbox(channel="email") == []
    [shown, _] = simulator.inbox(to=CUSTOMER)
    contract = {"id", "channel", "from", "to", "subject", "text", "html", "urls", "received_at"}
    assert contract <= shown.keys()
    assert (shown["html"], shown["subject"]) == (None, "")


@pytest.mark.parametrize(
    "query",
    [
        "channel=fax",
        "limit=0",
        "limit=201",
        "limit=ten",
        "limit=-1",
        "who=me",
        "to=",
        "to=a&to=b",
        "to=%00",
    ],
)
def test_unknown_query_values_are_refused(refusing: Simulator, query: str) -> None:
    answer = refusing.http.get(f"{refusing.url}/api/messages?{query}")
    assert answer.status_code == 422
    assert answer.json()["error"]["message"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (WRITTEN | {"text": ""}, "text"),
        (WRITTEN | {"text": "x" * 1601}, "text"),
        (WRITTEN | {"text": 5}, "text"),
        (WRITTEN | {"text": "a\x00b"}, "text"),
        (WRITTEN | {"channel": "fax"}, "channel"),
        (WRITTEN | {"from": "Ada"}, "from"),
        (WRITTEN | {"to": "NORTHWIND"}, "to"),
        (WRITTEN | {"extra": 1}, None),
        ({"channel": "sms"}, "from"),
        (
            {
                "channel": "email",
                "from": "ada@example.com",
                "to": "x@y.example",
                "text": "hi",
                "subject": "s",
            },
            "channel",
        ),
    ],
)
def test_bad_messages_are_refused_with_the_field(
    refusing: Simulator, body: dict[str, Any], field: str | None
) -> None:
    answer = refusing.post("/api/messages", body)
    assert answer.status_code == 422
    assert answer.json()["error"]["message"]
    assert answer.json()["error"].get("field") == field


@pytest.mark.parametrize("path", ["/api/messages", "/api/receipts", "/api/faults"])
@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b'{"id": NaN}', "application/json", 400),
        (b'{"id": "a", "id": "b"}', "application/json", 400),
        (b"\xef\xbb\xbf{}", "application/json", 400),
        (b"\xff", "application/json", 400),
        (b"[" * 30_000, "application/json", 400),
        (b"9" * 5000, "application/json", 400),
        (b"[]", "application/json", 422),
        (b'{"status": "\\ud800"}', "application/json", 422),
        (b'{"slow": 1e400, "id": 1e400}', "application/json", 422),
        (b'"' + b"x" * 70_000 + b'"', "application/json", 413),
        (b"{}", "text/plain", 415),
    ],
)
def test_bodies_that_are_not_plain_json_are_refused_without_an_echo(
    refusing: Simulator, path: str, content: bytes, kind: str, status: int
) -> None:
    answer = refusing.http.post(
        f"{refusing.url}{path}", content=content, headers={"Content-Type": kind}
    )
    assert answer.status_code == status
    assert answer.json()["error"]["message"]


def test_a_card_number_as_a_field_name_is_not_echoed(refusing: Simulator) -> None:
    answer = refusing.post("/api/faults", {CARD: CARD})
    assert answer.status_code == 422
    assert CARD not in answer.text


def test_compressed_body_is_refused_unread(refusing: Simulator) -> None:
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    answer = refusing.http.post(
        f"{refusing.url}/api/messages", content=b"\x1f\x8b", headers=headers
    )
    assert answer.status_code == 415


def test_wrong_paths_methods_and_hosts_answer_json(refusing: Simulator) -> None:
    assert refusing.http.get(f"{refusing.url}/nothing").json() == {
        "error": {"message": "Not Found"}
    }
    assert refusing.http.put(f"{refusing.url}/api/messages").status_code == 405
    for host in ("evil.example", "localhost.evil.example:80", "[::1", ""):
        answer = refusing.http.get(f"{refusing.url}/healthz", headers={"Host": host})
        assert answer.status_code in {400, 421}
    assert (
        refusing.http.get(f"{refusing.url}/healthz", headers={"Host": "localhost"}).status_code
        == 200
    )


def test_receipts_make_the_carrier_report(simulator: Simulator, merchant: Merchant) -> None:
    sid = simulator.send_sms(StatusCallback=merchant.url).json()["sid"]
    eventually(lambda: len(merchant.received) >= 2)
    assert simulator.post("/api/receipts", {"id": sid, "status": "read"}).json()["status"] == "read"
    eventually(lambda: len(merchant.received) >= 3)
    failed = simulator.post("/api/receipts", {"id": sid, "status": "failed"}).json()
    assert (failed["status"], failed["error_code"]) == ("undelivered", 30003)
    eventually(lambda: len(merchant.received) >= 4)
    assert merchant.statuses(sid) == ["sent", "delivered", "read", "undelivered"]
    assert simulator.inbox()[0]["status"] == "undelivered"


def test_receipt_before_sending_is_a_failure_that_the_carrier_does_not_undo(
    simulator: Simulator, merchant: Merchant
) -> None:
    sid = simulator.send_sms(StatusCallback=merchant.url).json()["sid"]
    assert (
        simulator.post("/api/receipts", {"id": sid, "status": "failed"}).json()["status"]
        == "failed"
    )
    eventually(lambda: len(merchant.received) >= 2, seconds=1.2)
    assert merchant.statuses(sid) == ["failed"]


def test_impossible_receipts_are_refused(simulator: Simulator) -> None:
    mine = simulator.post("/api/messages", WRITTEN).json()["id"]
    assert simulator.post("/api/receipts", {"id": mine, "status": "read"}).status_code == 409
    assert simulator.post("/api/receipts", {"id": "SM0", "status": "read"}).status_code == 404
    assert simulator.post("/api/receipts", {"id": mine, "status": "eaten"}).status_code == 422


@pytest.mark.parametrize(
    "body",
    [
        {"slow": -1},
        {"slow": "1"},
        {"slow": 1000},
        {"fail": 1.5},
        {"fail": True},
        {"channel": "fax"},
        {"boom": 1},
    ],
)
def test_bad_faults_are_refused_and_change_nothing(
    refusing: Simulator, body: dict[str, Any]
) -> None:
    before = refusing.http.get(f"{refusing.url}/api/faults").json()
    assert refusing.post("/api/faults", body).status_code == 422
    assert refusing.http.get(f"{refusing.url}/api/faults").json() == before


def test_faults_merge_count_down_and_clear(simulator: Simulator) -> None:
    simulator.post("/api/faults", {"fail": 1})
    merged = simulator.post("/api/faults", {"reject": 1, "channel": "sms"}).json()
    assert (merged["fail"], merged["reject"], merged["channel"]) == (1, 1, "sms")
    codes = [simulator.send_sms().json().get("code") for _ in range(3)]
    assert codes == [20500, 21612, None]
    simulator.post("/api/faults", {"fail": 5, "channel": "email"})
    assert simulator.send_sms().status_code == 201
    cleared = simulator.http.delete(f"{simulator.url}/api/faults").json()
    assert (cleared["fail"], cleared["channel"]) == (0, None)


def test_slow_fault_delays_the_answer(simulator: Simulator) -> None:
    simulator.post("/api/faults", {"slow": 0.4})
    assert simulator.send_sms().elapsed.total_seconds() >= 0.4


def test_addresses_are_listed_latest_first(simulator: Simulator) -> None:
    simulator.send_sms()
    simulator.send_sms(To="+447700900456")
    found = simulator.http.get(f"{simulator.url}/api/addresses").json()
    assert [(one["address"], one["messages"]) for one in found] == [
        ("+447700900456", 1),
        (CUSTOMER, 1),
    ]


def test_stream_goes_on_after_the_snapshot_without_gap_or_repeat(simulator: Simulator) -> None:
    simulator.send_sms(Body="before")
    eventually(lambda: simulator.inbox()[0]["status"] == "delivered")
    change = simulator.http.get(f"{simulator.url}/api/snapshot").json()["change"]
    simulator.send_sms(Body="after")
    eventually(lambda: simulator.inbox()[0]["status"] == "delivered")
    ids, texts = [], []
    with simulator.http.stream("GET", f"{simulator.url}/api/stream?after={change}") as stream:
        for line in stream.iter_lines():
            if line.startswith("id: "):
                ids.append(int(line.removeprefix("id: ")))
            if line.startswith("data: {"):
                texts.append(line)
                break
    assert ids == [change + 3]
    assert '"text": "after"' in texts[0]
    assert '"status": "delivered"' in texts[0]


def test_pages_carry_a_strict_policy_and_nothing_is_cached(refusing: Simulator) -> None:
    page = refusing.http.get(f"{refusing.url}/")
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert page.headers["cache-control"] == "no-store"
    assert "{{" not in page.text
    assert "<script>" not in page.text
    assert "style=" not in page.text
