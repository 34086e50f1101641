"""Every reason has words in every language, and in English those that the agent sees."""

import pytest

from links.pay.decline_texts import decline_text
from links.pay.texts import CATALOGUE
from payments.declines import DECLINES, Decline


@pytest.mark.parametrize("code", sorted(DECLINES))
def test_the_customer_reads_what_the_agent_is_told_they_read(code: str) -> None:
    decline = DECLINES[code]
    assert decline_text("en-GB", decline) == decline.customer_message


@pytest.mark.parametrize("locale", sorted(set(CATALOGUE) - {"en"}))
@pytest.mark.parametrize("code", sorted(DECLINES))
def test_every_language_has_words_for_it(locale: str, code: str) -> None:
    assert decline_text(locale, DECLINES[code]) != DECLINES[code].customer_message


def test_a_reason_that_is_not_known_is_told_as_it_came() -> None:
    decline = Decline("moon", "The moon is full.", "Wait.", retryable=False)
    assert decline_text("de", decline) == "The moon is full."
