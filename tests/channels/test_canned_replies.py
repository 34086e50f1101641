"""Answers that are kept ready: the right language, and each placeholder filled in once."""

import pytest

from channels.canned_replies import create_reply, fill, list_replies, text_in
from core.errors import InvalidField
from tests.channels.conftest import Desk
from tests.support.people import software

TEXTS = {"de": "Hallo", "en": "Hello", "es-MX": "Qué onda", "es": "Hola"}


@pytest.mark.parametrize(
    ("locales", "text"),
    [
        (("es-MX", "de"), "Qué onda"),
        (("es-ES", "de"), "Hola"),
        (("es_MX",), "Qué onda"),
        (("fr", "de-AT"), "Hallo"),
        ((None, "fr"), "Hello"),
    ],
)
def test_the_language_falls_back_to_the_merchants_and_then_to_english(
    locales: tuple[str | None, ...], text: str
) -> None:
    assert text_in(TEXTS, *locales) == text


def test_without_any_of_these_languages_there_is_still_a_text() -> None:
    assert text_in({"fr": "Bonjour"}, "es") == "Bonjour"


def test_what_is_filled_in_is_not_looked_at_again() -> None:
    values = {"customer_name": "{merchant_name}", "agent_name": " Al\nex ", "merchant_name": ""}
    text = "Dear {customer_name}, {agent_name} of {merchant_name}. {other}"
    assert fill(text, values) == "Dear {merchant_name}, Al ex of. {other}"


async def test_every_reply_of_a_merchant_is_on_one_page(desk: Desk) -> None:
    made = []
    async with desk.database.transaction() as session:
        for at in range(5):
            desk.clock.advance(seconds=1)
            reply = await create_reply(
                session,
                caller=software(desk.merchant.id),
                title=f"Reply {at}",
                texts={"en": "x"},
                now=desk.clock(),
            )
            made.append(reply.id)
    found: list[str] = []
    cursor = None
    async with desk.database.snapshot() as session:
        while True:
            page, cursor = await list_replies(
                session, merchant=desk.merchant.id, limit=2, cursor=cursor
            )
            found += [one.id for one in page]
            if cursor is None:
                break
        with pytest.raises(InvalidField):
            await list_replies(session, merchant=desk.merchant.id, limit=2, cursor="can_x")
        assert (await list_replies(session, merchant="mer_other", limit=2, cursor=None))[0] == []
    assert found == made
