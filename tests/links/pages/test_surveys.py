"""`/p/{token}/survey`: the question after the payment, through its door (links.pages.surveys, links.surveys)."""

from typing import Any

import httpx2
import pytest

from compliance.merchant_settings import write
from core.clock import utc_now
from links.drafts import Send
from links.links import Link
from links.page_settings import SurveySettings
from tests.links.conftest import EMAIL, Shop
from tests.links.doors import Browser


async def paid(client: httpx2.AsyncClient, shop: Shop, **draft: Any) -> Link:
    link = await shop.make(**({"send": [Send("email", EMAIL)]} | draft))
    await (await Browser.open(client, shop, link)).pay()
    return link


async def asked(
    client: httpx2.AsyncClient, shop: Shop, link: Link, **headers: str
) -> dict[str, Any]:
    answer = await client.get(f"/p/{await shop.token(link)}/survey", headers=headers)
    assert 200 == answer.status_code
    value: dict[str, Any] = answer.json()
    return value


async def post(
    client: httpx2.AsyncClient, shop: Shop, link: Link, ask: dict[str, Any], **body: Any
) -> httpx2.Response:
    return await client.post(
        f"/p/{await shop.token(link)}/survey",
        json={"page": ask["page"], "score": 4} | body,
        headers={"X-Page-Nonce": ask["nonce"]},
    )


async def test_the_answer_is_told_with_its_link_its_payment_and_its_agent(
    client: httpx2.AsyncClient, shop: Shop
) -> None:
    link = await paid(client, shop)
    ask = await asked(client, shop, link)
    assert "Send answer" == ask["words"]["survey.send"]
    answer = await post(client, shop, link, ask, score=5, comment="Quick, thank you")

    assert 204 == answer.status_code
    told = (await shop.events(link))[-1]
    assert ("survey.answered", link.payment, link.agent) == (told.type, told.payment, told.agent)
    assert {"score": 5, "commented": True, "comment": "Quick, thank you"} == told.data


async def test_a_comment_is_sealed_and_no_card_number_gets_into_it(
    client: httpx2.AsyncClient, shop: Shop
) -> None:
    link = await paid(client, shop)
    ask = await asked(client, shop, link)
    answer = await post(client, shop, link, ask, comment="My card is 4242 4242 4242 4242, thanks")
    assert 204 == answer.status_code, answer.text

    [told, incident] = (await shop.events(link))[-2:]
    assert "incident.card_number_masked" == incident.type
    assert "4242 4242" not in told.data["comment"]
    assert "thanks" in told.data["comment"]
    assert "thanks" not in str(await shop.rows())


async def test_it_is_asked_once_for_a_payment(client: httpx2.AsyncClient, shop: Shop) -> None:
    link = await paid(client, shop)
    ask = await asked(client, shop, link)
    codes = [(await post(client, shop, link, ask, score=score)).status_code for score in (4, 1)]

    assert [204, 409] == codes
    assert {"ready": False} == await asked(client, shop, link)
    scores = [e.data["score"] for e in await shop.events(link) if e.type == "survey.answered"]
    assert [4] == scores


async def test_before_the_payment_there_is_nothing_to_ask(
    client: httpx2.AsyncClient, shop: Shop
) -> None:
    link = await shop.make(send=[Send("email", EMAIL)])
    assert {"ready": False} == await asked(client, shop, link)


async def test_asking_changes_nothing(client: httpx2.AsyncClient, shop: Shop) -> None:
    link = await paid(client, shop)
    before = await shop.rows()
    await asked(client, shop, link)
    assert before == await shop.rows()


async def test_a_merchant_may_ask_nothing(client: httpx2.AsyncClient, shop: Shop) -> None:
    link = await paid(client, shop)
    ask = await asked(client, shop, link)
    async with shop.database.transaction() as session:
        await write(
            session,
            link.merchant,
            SurveySettings,
            {"enabled": False},
            actor="user:usr_x",
            now=utc_now(),
        )
    assert {"ready": False} == await asked(client, shop, link)
    refused = await post(client, shop, link, ask)
    assert (409, "survey_closed") == (refused.status_code, refused.json()["code"])


async def test_on_a_link_for_many_each_payer_is_asked(
    client: httpx2.AsyncClient, shop: Shop
) -> None:
    link = await shop.make(usage="multi", send=[Send("email", EMAIL)])
    await shop.submit(link, payer="a" * 32)
    await shop.submit(link, payer="b" * 32)
    token, payments = await shop.token(link), set()
    for key in ("a" * 32, "b" * 32):
        ask = await asked(client, shop, link, **{"X-Payer-Key": key})
        answer = await client.post(
            f"/p/{token}/survey",
            json={"page": ask["page"], "score": 3},
            headers={"X-Page-Nonce": ask["nonce"], "X-Payer-Key": key},
        )
        assert 204 == answer.status_code
        payments.add((await shop.events(link))[-1].payment)
    assert 2 == len(payments)
    assert {"ready": False} == await asked(client, shop, link)


async def test_the_words_are_those_of_the_page(client: httpx2.AsyncClient, shop: Shop) -> None:
    link = await paid(client, shop)
    ask = await asked(client, shop, link, **{"X-Page-Locale": "de"})
    assert "Antwort senden" == ask["words"]["survey.send"]


@pytest.mark.parametrize(
    "body",
    [
        {"score": 0},
        {"score": 6},
        {"score": "5"},
        {"score": 4.0},
        {"score": True},
        {"score": None},
        {"comment": "x" * 1001},
        {"comment": 7},
        {"comment": "a\x00b"},
        {"status": "paid"},
    ],
)
async def test_bad_input_is_refused_and_leaves_no_trace(
    client: httpx2.AsyncClient, shop: Shop, body: dict[str, Any]
) -> None:
    link = await paid(client, shop)
    ask = await asked(client, shop, link)
    before = await shop.rows()
    assert 422 == (await post(client, shop, link, ask, **body)).status_code
    assert before == await shop.rows()


async def test_it_needs_the_nonce_of_a_page_of_ours_for_this_link(
    client: httpx2.AsyncClient, shop: Shop
) -> None:
    link, other = await paid(client, shop), await paid(client, shop)
    ask = await asked(client, shop, other)
    for stolen in (ask, {**ask, "nonce": ""}, {**ask, "nonce": "1.00"}):
        refused = await post(client, shop, link, stolen)
        assert (403, "page_expired") == (refused.status_code, refused.json()["code"])


async def test_a_link_that_names_nothing_is_unknown(client: httpx2.AsyncClient, shop: Shop) -> None:
    assert 404 == (await client.get(f"/p/{'x' * 24}/survey")).status_code
