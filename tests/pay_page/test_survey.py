"""How was it? The question on the page that says that the customer has paid."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from playwright.async_api import expect

from links.pay.words.ar import WORDS as ARABIC
from links.pay.words.en import WORDS
from tests.pay_page.customer import OpenPage
from tests.pay_page.stand import Link, Reply, Stand, receipt_view
from tests.pay_page.test_access import assert_accessible_in_every_look
from tests.pay_page.test_paying import PAID

pytestmark = pytest.mark.browser

QUESTION = "How was making this payment?"
KEPT = Reply({}, status=200)


def asking(link: Link, words: dict[str, str] | None = None) -> Link:
    known = words or dict(WORDS)
    link.survey = {
        "ready": True,
        "page": "pg_survey",
        "nonce": "n0nce",
        "words": {key: text for key, text in known.items() if key.startswith("survey.")},
    }
    return link


def paid(stand: Stand) -> Link:
    moment = datetime(2026, 11, 22, 13, 5, tzinfo=UTC)
    return asking(stand.link("paid", receipt=receipt_view(moment)))


async def test_one_press_and_one_more_say_how_it_was(stand: Stand, open_page: OpenPage) -> None:
    link = paid(stand)
    link.answers("survey", KEPT)
    customer = await open_page(link)
    group = customer.page.get_by_role("group", name=QUESTION)
    await group.get_by_role("radio", name="4 Good").check()
    await customer.page.get_by_label("Anything to add?").fill("All fine")
    await customer.page.get_by_role("button", name="Send answer").click()
    await customer.sees("Thank you for your answer.")

    assert [("n0nce", {"page": "pg_survey", "score": 4, "comment": "All fine"})] == [
        (sent.nonce, sent.body) for sent in link.requests if sent.path == "survey"
    ]
    await expect(group).to_have_count(0)


async def test_right_after_paying_as_well_and_not_before(stand: Stand, open_page: OpenPage) -> None:
    link = asking(stand.link())
    link.answers("attempts", PAID)
    link.answers("survey", KEPT)
    customer = await open_page(link)
    assert not await customer.page.get_by_text(QUESTION).count()
    await customer.pay()
    await customer.sees(QUESTION)
    await expect(customer.page.get_by_role("heading", name="Payment received")).to_be_focused()


async def test_where_nothing_is_asked_nothing_is_shown(stand: Stand, open_page: OpenPage) -> None:
    link = paid(stand)
    link.survey = {"ready": False}
    customer = await open_page(link)
    await customer.sees("Send me a receipt")
    await customer.page.wait_for_load_state("networkidle")
    await expect(customer.page.get_by_role("radio")).to_have_count(0)


async def test_what_was_lost_is_said_and_can_be_sent_again(
    stand: Stand, open_page: OpenPage
) -> None:
    link = paid(stand)
    link.answers("survey", Reply({}, status=503), Reply({"code": "survey_closed"}, status=409))
    customer = await open_page(link)
    await customer.page.get_by_role("radio", name="1 Very bad").check()
    await customer.page.get_by_label("Anything to add?").fill("Slow")
    await customer.page.get_by_role("button", name="Send answer").click()
    await customer.sees("Your answer was not sent.")
    assert "Slow" == await customer.page.get_by_label("Anything to add?").input_value()
    await customer.page.get_by_role("button", name="Send answer").click()
    await customer.sees("Thank you for your answer.")


async def test_it_is_accessible_in_every_look(stand: Stand, open_page: OpenPage) -> None:
    customer = await open_page(paid(stand))
    await customer.page.get_by_role("radio", name="5 Very good").check()
    await assert_accessible_in_every_look(customer)


async def test_it_speaks_the_language_of_the_page(stand: Stand, open_page: OpenPage) -> None:
    link = asking(paid(stand), dict(ARABIC))
    customer = await open_page(link)
    await customer.sees(ARABIC["survey.ask"])
