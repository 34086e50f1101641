"""What a person or a browser loads from the sandbox, and how it is guarded."""

import pytest

from payments.sandbox.bank_texts import texts_for
from payments.sandbox.currencies import ZERO_DECIMAL, decimals, shown
from tests.sandbox.conftest import Pay
from tests.sandbox.harness import MERCHANT, Sandbox
from tests.support.vectors import vectors


async def test_the_home_page_shows_cards_payments_and_faults(sandbox: Sandbox, pay: Pay) -> None:
    """In plain HTML, with no number but the published ones."""
    paid = await pay()
    async with sandbox.http() as client:
        page = await client.get("/")

    assert page.status_code == 200
    for shown_there in (MERCHANT, "4242 4242 4242 4242", paid.id, "£49.99", "timeout_after"):
        assert shown_there in page.text
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/v3", "/v3/", "/v3/stripe.js"])
async def test_the_script_is_one_closed_file(path: str, sandbox: Sandbox) -> None:
    """It asks for no eval and inserts no styles or markup, so that a strict policy allows it."""
    async with sandbox.http() as client:
        script = await client.get(path)
        again = await client.get(path, headers={"If-None-Match": script.headers["etag"]})

    assert script.headers["content-type"].startswith("text/javascript")
    assert again.status_code == 304
    for forbidden in ("eval(", "innerHTML", "insertAdjacentHTML", "new Function", "<style"):
        assert forbidden not in script.text


async def test_a_field_allows_nothing_but_itself(sandbox: Sandbox) -> None:
    """Any merchant may frame it; nothing inline, nothing from elsewhere."""
    async with sandbox.http() as client:
        field = await client.get("/frames/cardNumber")

    policy = field.headers["content-security-policy"]
    assert "frame-ancestors *" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert field.headers["referrer-policy"] == "no-referrer"


async def test_looking_at_a_challenge_answers_nothing(sandbox: Sandbox, pay: Pay) -> None:
    """A link preview is no cardholder; a wrong address is told to be over; a foreign page cannot post."""
    intent = await pay("pm_card_authenticationRequired")
    assert intent.next_action is not None
    address = intent.next_action["use_stripe_sdk"]["stripe_js"]
    async with sandbox.http() as client:
        first = await client.get(address)
        second = await client.get(address)
        unknown = await client.get("/challenge/nobody")
        foreign = await client.post(
            address, data={"outcome": "complete"}, headers={"Sec-Fetch-Site": "cross-site"}
        )
        odd = await client.post(address, data={"outcome": "maybe"})

    assert first.text == second.text
    assert "£49.99" in first.text
    assert (unknown.status_code, foreign.status_code, odd.status_code) == (410, 403, 422)


async def test_without_a_script_the_challenge_ends_with_a_link(sandbox: Sandbox, pay: Pay) -> None:
    """Back to where the merchant said."""
    intent = await pay(
        "pm_card_authenticationRequired",
        use_stripe_sdk=False,
        return_url="https://shop.example/back?x=1",
    )
    assert intent.next_action is not None
    assert intent.next_action.redirect_to_url is not None
    async with sandbox.http() as client:
        answer = await client.post(
            str(intent.next_action.redirect_to_url.url), data={"outcome": "fail"}
        )

    assert answer.status_code == 200
    assert "https://shop.example/back?x=1&amp;payment_intent=" in answer.text
    assert "redirect_status=failed" in answer.text


@pytest.mark.parametrize(
    "locale", ["en", "es", "fr", "de", "pt", "pl", "ar", "fa", "zh", "km", "hi"]
)
def test_the_bank_has_texts_in_each_language(locale: str) -> None:
    """All of them, and a direction to write in."""
    spoken, texts = texts_for(f"{locale}-XX")

    assert spoken == locale
    assert all(texts.values())
    assert texts["direction"] == ("rtl" if locale in ("ar", "fa") else "ltr")


def test_currencies_follow_stripes_own_decimals() -> None:
    """Which are not ISO's."""
    stripes = vectors("currency_exponents.json")["psp_deviations"]["stripe"]

    assert {code.lower() for code in stripes["zero_decimal"]} == set(ZERO_DECIMAL)
    assert (decimals("jpy"), decimals("kwd"), decimals("gbp"), decimals("isk")) == (0, 3, 2, 2)
    assert (shown(500, "jpy"), shown(4999, "gbp"), shown(1234, "kwd").replace("\xa0", "")) == (
        "¥500",
        "£49.99",
        "KWD1.234",
    )
