"""`/v1/links`: make, list, show, amend, send, cancel; for one's own merchant, and within it for one's own work."""

import io
from typing import Any

import httpx2
import pytest
import zxingcpp
from PIL import Image

from tests.links.conftest import EMAIL, PHONE, Shop
from tests.links.doors import BODY, made
from tests.payments.fakes import Challenges

# Making


async def test_a_link_is_made_and_shown_as_the_contract_says(
    client: httpx2.AsyncClient, shop: Shop, key: dict[str, str]
) -> None:
    answer = await made(
        client,
        key,
        customer={"name": "Casey Jones", "email": EMAIL, "phone": PHONE},
        send=[{"channel": "sms"}],
        metadata={"crm": "7"},
        expires_in=3600,
    )
    link = answer.json()

    assert 201 == answer.status_code
    assert link["url"].startswith("https://pay.acme.test/p/")
    assert {
        "status": "active",
        "amount": 4999,
        "amount_paid": 0,
        "currency": "GBP",
        "description": "Water bill",
        "reference": "INV-1",
        "agent": None,
        "usage": "single",
        "capture": "automatic",
        "minimum_amount": None,
        "metadata": {"crm": "7"},
        "flags": [],
        "revision": 1,
        "expires_at": "2026-11-22T14:24:05.123Z",
    }.items() <= link.items()
    assert {"name": "Casey Jones", "email": EMAIL, "phone": PHONE}.items() <= link[
        "customer_summary"
    ].items()
    assert [("sms", PHONE, "queued")] == [
        (message["channel"], message["to"], message["status"]) for message in link["messages"]
    ]
    shown = (await client.get(f"/v1/links/{link['id']}", headers=key)).json()
    assert shown.pop("as_of") > 0
    assert link == shown


async def test_the_same_request_with_the_same_key_makes_one_link(
    client: httpx2.AsyncClient, shop: Shop, key: dict[str, str]
) -> None:
    send = [{"channel": "sms", "to": PHONE}]
    first = await made(client, key, send=send)
    before = await shop.rows()
    second = await made(client, key, send=send)

    assert (201, first.json()) == (second.status_code, second.json())
    assert "true" == second.headers["idempotent-replayed"]
    assert before == await shop.rows()


async def test_another_request_with_the_same_key_is_refused(
    client: httpx2.AsyncClient, key: dict[str, str]
) -> None:
    await made(client, key)
    answer = await made(client, key, amount=1)

    assert "idempotency_key_reused" == answer.json()["code"]


async def test_without_a_key_no_link_is_made(
    client: httpx2.AsyncClient, key: dict[str, str]
) -> None:
    answer = await client.post("/v1/links", json=BODY, headers=key)

    assert "idempotency_key_missing" == answer.json()["code"]


WRONG: list[dict[str, Any]] = [
    {"amount": 0},
    {"amount": -1},
    {"amount": 10**11},
    {"amount": "4999"},
    {"amount": 49.99},
    {"amount": True},
    {"currency": "gbp"},
    {"currency": "XXX"},
    {"description": ""},
    {"description": "x" * 201},
    {"description": "my card 4242 4242 4242 4242"},
    {"reference": "4000056655665556"},
    {"expires_in": 59},
    {"expires_in": 90 * 86400 + 1},
    {"usage": "many"},
    {"minimum_amount": 0},
    {"minimum_amount": 5000},
    {"account": "gwa_none"},
    {"supersedes": "lnk_none"},
    {"customer": "cus_none"},
    {"capture": "later"},
    {"locale": "english!"},
    {"metadata": {"k" * 41: "v"}},
    {"metadata": {f"k{n}": "v" for n in range(51)}},
    {"send": [{"channel": "sms", "to": PHONE}] * 6},
    {"send": [{"channel": "pigeon", "to": PHONE}]},
    {"send": [{"channel": "sms"}]},
    {"agent": "usr_none"},
    {"state": "paid"},
]


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: f"{wrong}"[:40])
async def test_a_link_of_another_shape_is_refused(
    client: httpx2.AsyncClient, shop: Shop, key: dict[str, str], wrong: dict[str, Any]
) -> None:
    answer = await made(client, key, **wrong)

    assert 422 == answer.status_code, answer.text
    assert [] == (await shop.rows())["links"]


# Showing


async def test_links_are_listed_newest_first_a_page_at_a_time(
    client: httpx2.AsyncClient, shop: Shop, key: dict[str, str]
) -> None:
    links = []
    for _ in range(5):
        shop.clock.advance(seconds=1)
        links.append((await shop.make()).id)
    pages, cursor = [], None
    while True:
        params = {"limit": "2"} | ({"cursor": cursor} if cursor else {})
        page = (await client.get("/v1/links", params=params, headers=key)).json()
        pages.append([link["id"] for link in page["data"]])
        cursor = page["next_cursor"]
        if cursor is None:
            break

    newest = links[::-1]
    assert [newest[0:2], newest[2:4], newest[4:]] == pages
    assert page["as_of"] > 0


async def test_links_are_found_by_what_people_know_of_them(
    client: httpx2.AsyncClient, shop: Shop, key: dict[str, str]
) -> None:
    water = (await made(client, key, customer={"name": "Casey Jones", "email": EMAIL})).json()
    gas = (await made(client, key, once="k-2", reference="Gas_100%")).json()

    async def found(**params: str) -> set[str]:
        answer = await client.get("/v1/links", params=params, headers=key)
        assert 200 == answer.status_code, answer.text
        return {link["id"] for link in answer.json()["data"]}

    both = {water["id"], gas["id"]}
    assert both == await found()
    assert {water["id"]} == await found(q="inv-")
    assert {gas["id"]} == await found(q="_100%")
    assert set() == await found(q="GasX")
    assert {water["id"]} == await found(q=EMAIL)
    assert {water["id"]} == await found(q=water["payment"])
    assert {water["id"]} == await found(reference="INV-1")
    assert {water["id"]} == await found(customer=water["customer"])
    assert both == await found(status="active")
    assert set() == await found(status="paid")
    assert both == await found(created_after="2026-11-22T13:24:05Z")
    assert set() == await found(created_before="2026-11-22T13:24:05Z")


@pytest.mark.parametrize(
    "params",
    [
        {"limit": "0"},
        {"limit": "201"},
        {"cursor": "abc"},
        {"status": "open"},
        {"q": ""},
        {"created_after": "yesterday"},
        {"created_after": "2026-11-22"},
        {"created_after": "2026-11-22T13:24:05"},
        {"created_after": "2026-02-30T13:24:05Z"},
    ],
)
async def test_a_question_of_another_shape_is_refused(
    client: httpx2.AsyncClient, key: dict[str, str], params: dict[str, str]
) -> None:
    assert 422 == (await client.get("/v1/links", params=params, headers=key)).status_code


@pytest.mark.parametrize(("name", "media"), [("qr.svg", "image/svg+xml"), ("qr.png", "image/png")])
async def test_the_qr_code_is_the_links_own_address(
    client: httpx2.AsyncClient, shop: Shop, key: dict[str, str], name: str, media: str
) -> None:
    link = (await made(client, key)).json()
    answer = await client.get(f"/v1/links/{link['id']}/{name}", headers=key)

    assert (200, media) == (answer.status_code, answer.headers["content-type"])
    if name == "qr.png":
        image = Image.open(io.BytesIO(answer.content))
        assert ((512, 512), [link["url"]]) == (
            image.size,
            [found.text for found in zxingcpp.read_barcodes(image)],
        )


@pytest.mark.parametrize("size", ["63", "2049", "x"])
async def test_a_qr_code_of_no_size_is_refused(
    client: httpx2.AsyncClient, shop: Shop, key: dict[str, str], size: str
) -> None:
    link = await shop.make()
    answer = await client.get(f"/v1/links/{link.id}/qr.png?size={size}", headers=key)

    assert 422 == answer.status_code


# Changing


async def test_a_link_is_amended(
    client: httpx2.AsyncClient, shop: Shop, key: dict[str, str]
) -> None:
    link = await shop.make()
    answer = await client.patch(
        f"/v1/links/{link.id}",
        json={
            "amount": 100,
            "description": "Gas bill",
            "expires_at": "2026-12-01T00:00:00+01:00",
        },
        headers=key,
    )

    assert 200 == answer.status_code
    assert {
        "amount": 100,
        "description": "Gas bill",
        "expires_at": "2026-11-30T23:00:00.000Z",
        "revision": 2,
    }.items() <= answer.json().items()


@pytest.mark.parametrize(
    "body",
    [{}, {"amount": 0}, {"currency": "EUR"}, {"expires_at": "2026-11-22T13:24:30Z"},
     {"expires_at": "soon"}],
)  # fmt: skip
async def test_an_amendment_of_another_shape_is_refused(
    client: httpx2.AsyncClient, shop: Shop, key: dict[str, str], body: dict[str, Any]
) -> None:
    link = await shop.make()

    assert 422 == (await client.patch(f"/v1/links/{link.id}", json=body, headers=key)).status_code
    assert link == await shop.link(link)


async def test_while_the_customer_pays_nothing_is_changed(
    client: httpx2.AsyncClient, shop: Shop, key: dict[str, str]
) -> None:
    link = await shop.make()
    shop.gateway.script = [Challenges()]
    await shop.submit(link)
    amended = await client.patch(f"/v1/links/{link.id}", json={"amount": 1}, headers=key)
    cancelled = await client.post(f"/v1/links/{link.id}/cancel", headers=key)

    assert [(409, "attempt_live")] * 2 == [
        (answer.status_code, answer.json()["code"]) for answer in (amended, cancelled)
    ]


async def test_a_link_is_sent_again_once_a_key(
    client: httpx2.AsyncClient, shop: Shop, key: dict[str, str]
) -> None:
    link = await shop.make()
    answers = [
        await client.post(
            f"/v1/links/{link.id}/messages",
            json={"channel": "email", "to": EMAIL},
            headers=key | {"Idempotency-Key": "k-1"},
        )
        for _ in range(2)
    ]
    shown = (await client.get(f"/v1/links/{link.id}", headers=key)).json()

    assert [202, 202] == [answer.status_code for answer in answers]
    assert answers[0].json() == answers[1].json()
    assert [("email", "queued")] == [(m["channel"], m["status"]) for m in shown["messages"]]


async def test_a_link_is_cancelled_and_stays_so(
    client: httpx2.AsyncClient, shop: Shop, key: dict[str, str]
) -> None:
    link = await shop.make()
    answers = [await client.post(f"/v1/links/{link.id}/cancel", headers=key) for _ in range(2)]

    assert [(200, "cancelled", "cancelled")] * 2 == [
        (answer.status_code, answer.json()["status"], answer.json()["progress"]["step"])
        for answer in answers
    ]
