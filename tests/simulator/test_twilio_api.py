"""Twilio's Messages API, as the adapter meets it."""

from __future__ import annotations

import re
import time
from email.utils import parsedate_to_datetime

import httpx2
import pytest
from twilio.rest import Client

from .harness import ACCOUNT, CARD, CUSTOMER, MERCHANT, TOKEN, Merchant, Simulator, eventually


def test_accepted_message_is_answered_as_twilio_does_and_arrives(simulator: Simulator) -> None:
    answer = simulator.send_sms(Body="Pay at http://127.0.0.1:8000/p/abc, please")
    said = answer.json()
    assert answer.status_code == 201
    assert re.fullmatch(r"SM[0-9a-f]{32}", said["sid"])
    assert parsedate_to_datetime(said["date_created"]).utcoffset() is not None
    assert {
        name: said[name]
        for name in ("status", "num_segments", "direction", "to", "from", "date_sent")
    } == {
        "status": "queued",
        "num_segments": "1",
        "direction": "outbound-api",
        "to": CUSTOMER,
        "from": MERCHANT,
        "date_sent": None,
    }
    [arrived] = simulator.inbox(to=CUSTOMER, channel="sms")
    assert arrived["id"] == said["sid"]
    assert arrived["text"] == "Pay at http://127.0.0.1:8000/p/abc, please"
    assert arrived["urls"] == ["http://127.0.0.1:8000/p/abc"]
    assert (arrived["from"], arrived["to"], arrived["channel"]) == (MERCHANT, CUSTOMER, "sms")


@pytest.mark.parametrize(
    ("form", "status", "code"),
    [
        ({"To": ""}, 400, 21604),
        ({"To": "letters"}, 400, 21211),
        ({"To": "+378282246310005"}, 400, 21211),
        ({"To": "+15005550001"}, 400, 21211),
        ({"To": "+15005550002"}, 400, 21612),
        ({"To": "+15005550003"}, 400, 21408),
        ({"To": "+15005550004"}, 400, 21610),
        ({"To": "+15005550009"}, 400, 21614),
        ({"Body": ""}, 400, 21602),
        ({"Body": "x" * 1601}, 400, 21617),
        ({"Body": "👍" * 801}, 400, 21617),
        ({"From": ""}, 400, 21603),
        ({"From": "+1"}, 400, 21212),
        ({"From": "+15005550007"}, 400, 21606),
        ({"From": "+15005550008"}, 429, 21611),
        ({"From": CUSTOMER}, 400, 21266),
        ({"MessagingServiceSid": "MG1"}, 400, 21705),
        ({"StatusCallback": "not a url"}, 400, 21609),
        ({"StatusCallback": "http://under_score.example/"}, 400, 21609),
        ({"StatusCallback": "http://x.example:99999/"}, 400, 21609),
        ({"MediaUrl": "https://x.example/a.png"}, 400, 20001),
    ],
)
def test_bad_requests_get_twilios_codes_and_leave_nothing(
    refusing: Simulator, form: dict[str, str], status: int, code: int
) -> None:
    answer = refusing.send_sms(**form)
    assert (answer.status_code, answer.json()["code"], answer.json()["status"]) == (
        status,
        code,
        status,
    )
    assert answer.json()["more_info"] == f"https://www.twilio.com/docs/errors/{code}"
    assert refusing.inbox() == []


@pytest.mark.parametrize(
    "auth", [None, (ACCOUNT, "wrong"), ("AC" + "0" * 32, TOKEN), (ACCOUNT, "ü"), ("", "")]
)
def test_wrong_credentials_get_20003(refusing: Simulator, auth: tuple[str, str] | None) -> None:
    answer = refusing.http.post(refusing.messages_url, data={"To": CUSTOMER}, auth=auth)
    assert (answer.status_code, answer.json()["code"]) == (401, 20003)


def test_another_account_in_the_path_and_broken_credentials_get_20003(refusing: Simulator) -> None:
    elsewhere = refusing.messages_url.replace(ACCOUNT, "AC" + "f" * 32)
    assert refusing.http.get(elsewhere, auth=(ACCOUNT, TOKEN)).json()["code"] == 20003
    broken = refusing.http.get(refusing.messages_url, headers={"Authorization": "Basic %%%"})
    assert broken.json()["code"] == 20003


def test_wrong_method_unknown_sid_and_bad_form_are_refused(refusing: Simulator) -> None:
    auth = (ACCOUNT, TOKEN)
    assert refusing.http.delete(refusing.messages_url, auth=auth).status_code == 405
    unknown = refusing.messages_url.replace("Messages.json", "Messages/SM" + "0" * 32 + ".json")
    assert refusing.http.get(unknown, auth=auth).json()["code"] == 20404
    assert (
        refusing.http.post(refusing.messages_url, json={"To": CUSTOMER}, auth=auth).status_code
        == 415
    )
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    bad = refusing.http.post(refusing.messages_url, content=b"Body=%ff%fe", headers=form, auth=auth)
    assert bad.status_code == 400
    large = refusing.http.post(
        refusing.messages_url, content=b"Body=" + b"x" * 70_000, headers=form, auth=auth
    )
    assert large.status_code == 413


def test_messaging_service_accepts_first_and_picks_a_sender_after(
    simulator: Simulator, merchant: Merchant
) -> None:
    said = simulator.send_sms(
        From="", MessagingServiceSid="MG" + "a" * 32, StatusCallback=f"{merchant.url}/status"
    ).json()
    assert (said["status"], said["from"], said["num_segments"]) == ("accepted", None, "0")
    eventually(lambda: "delivered" in merchant.statuses(said["sid"]))
    assert merchant.statuses(said["sid"]) == ["queued", "sent", "delivered"]
    assert simulator.inbox()[0]["from"] == "+15005550006"


def test_list_is_paged_and_filtered(simulator: Simulator) -> None:
    sids = [simulator.send_sms(Body=f"number {n}").json()["sid"] for n in range(5)]
    simulator.send_sms(To="+447700900456")
    get = lambda path: simulator.http.get(f"{simulator.url}{path}", auth=(ACCOUNT, TOKEN)).json()  # noqa: E731
    base = f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
    seen, path = [], f"{base}?To=%2B447700900123&PageSize=2"
    pages = 0
    while path:
        page = get(path)
        seen += [message["sid"] for message in page["messages"]]
        path, pages = page["next_page_uri"], pages + 1
    assert (seen, pages) == (sids[::-1], 3)
    assert get(f"{base}?From=%2B440000000000")["messages"] == []
    eventually(lambda: all(message["date_sent"] for message in get(base)["messages"]))
    today = time.strftime("%Y-%m-%d", time.gmtime())
    assert len(get(f"{base}?DateSent={today}")["messages"]) == 6
    assert len(get(f"{base}?DateSent>={today}")["messages"]) == 6
    assert len(get(f"{base}?DateSent%3C=2020-01-01")["messages"]) == 0
    assert get(f"{base}?DateSent=yesterday")["code"] == 20001
    assert get(f"{base}?PageToken=nonsense")["code"] == 21481


def test_twilios_own_client_reads_what_is_answered(
    simulator: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The official SDK as the oracle of the JSON: it finds every field where it looks for it."""
    for name in (
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "http_proxy",
        "https_proxy",
        "ALL_PROXY",
        "all_proxy",
    ):
        monkeypatch.delenv(name, raising=False)
    client = Client(ACCOUNT, TOKEN)
    client.api.base_url = simulator.url
    sent = client.messages.create(to=CUSTOMER, from_=MERCHANT, body="Hello from the SDK")
    for n in range(3):
        client.messages.create(to=CUSTOMER, from_=MERCHANT, body=f"more {n}")
    assert (sent.status, sent.num_segments, sent.error_code) == ("queued", "1", None)
    assert client.messages(sent.sid).fetch().body == "Hello from the SDK"
    assert len(client.messages.list(to=CUSTOMER, page_size=2)) == 4


def test_too_many_sends_in_a_second_get_20429(simulator: Simulator) -> None:
    simulator.stop()
    simulator.arguments += ["--sms-per-second-max", "2"]
    simulator.start()
    answers = [simulator.send_sms() for _ in range(8)]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert refused
    assert {answer.json()["code"] for answer in refused} == {20429}
    assert {answer.headers["retry-after"] for answer in refused} == {"1"}


def test_card_number_in_a_message_is_masked_everywhere(simulator: Simulator) -> None:
    said = simulator.send_sms(Body=f"Your card {CARD} please").json()
    assert said["body"] == "Your card •••• 4242 please"
    assert simulator.inbox()[0]["text"] == "Your card •••• 4242 please"
    files = b"".join(path.read_bytes() for path in simulator.data.parent.iterdir())
    assert CARD.encode() not in files


def test_one_slow_client_holds_up_nobody(simulator: Simulator) -> None:
    simulator.post("/api/faults", {"timeout_after": 1})
    with pytest.raises(httpx2.TimeoutException):
        simulator.http.post(
            simulator.messages_url,
            data={"To": CUSTOMER, "From": MERCHANT, "Body": "silence"},
            auth=(ACCOUNT, TOKEN),
            timeout=0.5,
        )
    assert [message["text"] for message in simulator.inbox()] == ["silence"]
    assert simulator.send_sms().status_code == 201
