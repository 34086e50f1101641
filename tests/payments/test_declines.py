"""Why a payment was refused: every reason has words for the customer and for the agent."""

import pytest

from payments.declines import DECLINES, Decline, decline_of
from payments.errors import (
    AttemptLive,
    GatewayUnavailable,
    MethodUnusable,
    NoGateway,
    NothingDue,
    WebhookForged,
)
from payments.gateways.stripe_words import DECLINE_CODES


@pytest.mark.parametrize("decline", DECLINES.values(), ids=DECLINES.keys())
def test_a_reason_speaks_to_the_customer_and_to_the_agent(decline: Decline) -> None:
    assert decline.customer_message.endswith(".")
    assert decline.agent_hint.endswith(".")
    assert decline == decline_of(decline.code)


@pytest.mark.parametrize("code", [None, "", "something_new"])
def test_a_reason_that_nobody_knows_is_a_general_refusal(code: str | None) -> None:
    assert "generic_decline" == decline_of(code).code


@pytest.mark.parametrize("code", ["lost_or_stolen", "fraud_suspected"])
def test_a_thief_hears_no_more_than_anybody(code: str) -> None:
    assert decline_of("generic_decline").customer_message == decline_of(code).customer_message


def test_every_reason_of_a_psp_has_words() -> None:
    assert set() == set(DECLINE_CODES.values()) - set(DECLINES)


def test_what_the_link_shows_is_words_alone() -> None:
    decline = decline_of("expired_card")

    assert {"code", "customer_message", "agent_hint"} == set(decline.as_problem())
    assert {"code", "customer_message", "agent_hint", "retryable"} == set(decline.as_data())


def test_every_error_has_a_code_of_its_own() -> None:
    errors = (
        AttemptLive,
        GatewayUnavailable,
        MethodUnusable,
        NoGateway,
        NothingDue,
        WebhookForged,
    )

    assert len(errors) == len({error.code for error in errors})
