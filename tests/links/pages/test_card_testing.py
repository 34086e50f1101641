"""Stolen cards tried out on links: many on one, and one each on many. An honest payer elsewhere notices nothing."""

import httpx2

from compliance.routes.gate import Gate
from payments.gateway import CardFacts
from tests.links.conftest import Shop
from tests.links.doors import Browser, doors
from tests.payments.fakes import Declines

THIEF, HONEST = "81.2.69.160", "89.160.20.112"


def at(client: httpx2.AsyncClient, address: str) -> None:
    """What is asked from now on comes from there."""
    client._transport.client = (address, 50000)  # type: ignore[attr-defined]


def a_card(shop: Shop, number: int, *, good: bool = False) -> str:
    """The token of a card that nobody used before."""
    method = f"pm_{number}"
    shop.gateway.cards[method] = CardFacts("visa", f"{number:04}", "US", f"fp-{number}")
    if not good:
        shop.gateway.script.append(Declines())
    return method


async def told(answer: httpx2.Response) -> str:
    """What came of a try, in a word."""
    if 429 == answer.status_code:
        return "429"
    body = answer.json()
    return str(body["status"] if body["status"] == "paid" else body["problem"]["code"])


async def pays(gate: Gate, shop: Shop) -> str:
    async with doors(gate, shop) as client:
        at(client, HONEST)
        shop.gateway.script.clear()
        browser = await Browser.open(client, shop, await shop.make())
        return await told(await browser.pay(a_card(shop, 9999, good=True)))


async def test_thirty_cards_on_one_link_are_locked_out_and_the_agent_is_told(
    gate: Gate, shop: Shop
) -> None:
    link = await shop.make()
    async with doors(gate, shop) as client:
        at(client, THIEF)
        browser = await Browser.open(client, shop, link)
        answers = []
        for number in range(30):
            answers.append(await told(await browser.pay(a_card(shop, number))))
            shop.clock.advance(seconds=5)
    checks = [e.data for e in await shop.events(link) if e.type.endswith("check_completed")]

    assert {"generic_decline", "blocked"} == set(answers)
    assert ["blocked"] * 20 == answers[-20:]
    assert len(shop.gateway.charged) <= 10
    assert "block" in {check["verdict"] for check in checks}
    assert "paid" == await pays(gate, shop)


async def test_a_hundred_links_from_one_address_are_locked_out(gate: Gate, shop: Shop) -> None:
    answers = []
    async with doors(gate, shop) as client:
        at(client, THIEF)
        for number in range(100):
            browser = await Browser.open(client, shop, await shop.make())
            answers.append(await told(await browser.pay(a_card(shop, number))))
            shop.clock.advance(seconds=5)

    assert set(answers) <= {"generic_decline", "blocked", "429"}
    assert "generic_decline" not in answers[50:]
    assert len(shop.gateway.charged) <= 50
    assert "paid" == await pays(gate, shop)


async def test_a_refused_card_is_told_no_more_than_another(gate: Gate, shop: Shop) -> None:
    """Neither that it was stolen or unknown, nor by which rule it was stopped."""
    link = await shop.make()
    texts = set()
    async with doors(gate, shop) as client:
        at(client, THIEF)
        for reason in ("stolen_card", "lost_card", "fraudulent", "generic_decline"):
            browser = await Browser.open(client, shop, link)
            shop.gateway.script = [Declines(reason)]
            problem = (await browser.pay()).json()["problem"]
            texts.add((problem["code"], problem["customer_message"]))
    assert 1 == len(texts)
