"""The transition tables, every pair of them, and the state of a payment from its sums."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payments.states import ATTEMPT_FACTS, LIVE, AttemptState, PaymentState, follows, payment_state

_S = AttemptState

# For each state, the facts that move it; every other fact is stale there.
MOVES = {
    "started": "challenged processing authorised succeeded declined blocked abandoned unknown",
    "challenged": "processing authorised succeeded declined abandoned unknown",
    "processing": "authorised succeeded declined abandoned",
    "authorised": "succeeded abandoned",
    "unknown": "challenged processing authorised succeeded declined abandoned",
    "declined": "processing authorised succeeded",
    "abandoned": "processing authorised succeeded",
    "blocked": "",
    "succeeded": "",
}


@pytest.mark.parametrize(
    ("state", "fact"), list(product(AttemptState, repeat=2)), ids=lambda value: value.value
)
def test_a_fact_moves_an_attempt_only_where_the_table_says(
    state: AttemptState, fact: AttemptState
) -> None:
    expected = fact.value in MOVES[state.value].split()

    assert expected == follows(state, fact)


def test_no_state_is_left_out_of_the_table() -> None:
    assert set(AttemptState) == set(ATTEMPT_FACTS)


def test_no_fact_repeats_a_state() -> None:
    """A fact that comes twice changes nothing the second time."""
    assert [] == [state for state in AttemptState if follows(state, state)]


def test_money_that_came_never_goes_away() -> None:
    assert frozenset() == ATTEMPT_FACTS[_S.SUCCEEDED]


def test_every_state_but_the_ends_without_the_psp_hears_of_money() -> None:
    """Facts may not be refused: whatever we thought, a success is taken."""
    deaf = [state for state in AttemptState if not follows(state, _S.SUCCEEDED)]

    assert [_S.SUCCEEDED, _S.BLOCKED] == deaf


def test_an_attempt_of_unknown_fate_is_live() -> None:
    """It blocks another until the PSP has been asked."""
    assert {_S.STARTED, _S.CHALLENGED, _S.PROCESSING, _S.AUTHORISED, _S.UNKNOWN} == LIVE


amounts = st.integers(min_value=0, max_value=10**11)
dues = st.integers(min_value=1, max_value=10**11)


@given(due=dues, captured=amounts, authorised=amounts, live=st.booleans(), cancelled=st.booleans())
def test_a_payment_is_paid_exactly_when_all_is_captured(
    due: int, captured: int, authorised: int, live: bool, cancelled: bool
) -> None:
    state = payment_state(
        amount_due=due,
        amount_captured=captured,
        amount_authorised=authorised,
        live=live,
        cancelled=cancelled,
    )

    assert (captured >= due) == (state is PaymentState.PAID)


@given(due=dues, captured=amounts, authorised=amounts, live=st.booleans(), cancelled=st.booleans())
def test_a_payment_counts_as_authorised_only_when_held_and_captured_cover_it(
    due: int, captured: int, authorised: int, live: bool, cancelled: bool
) -> None:
    state = payment_state(
        amount_due=due,
        amount_captured=captured,
        amount_authorised=authorised,
        live=live,
        cancelled=cancelled,
    )

    assert (captured < due <= captured + authorised) == (state is PaymentState.AUTHORISED)


@given(due=dues, captured=amounts, more=amounts, live=st.booleans(), cancelled=st.booleans())
def test_more_money_never_makes_a_paid_payment_unpaid(
    due: int, captured: int, more: int, live: bool, cancelled: bool
) -> None:
    def state(taken: int) -> PaymentState:
        return payment_state(
            amount_due=due,
            amount_captured=taken,
            amount_authorised=0,
            live=live,
            cancelled=cancelled,
        )

    assert state(captured) is not PaymentState.PAID or state(captured + more) is PaymentState.PAID


@given(due=dues, live=st.booleans())
def test_what_was_called_off_stays_so_until_money_comes(due: int, live: bool) -> None:
    """An old attempt that stirs again does not revive the debt."""
    state = payment_state(
        amount_due=due, amount_captured=0, amount_authorised=0, live=live, cancelled=True
    )

    assert PaymentState.CANCELLED == state


@given(due=st.integers(min_value=2, max_value=10**11), data=st.data(), cancelled=st.booleans())
def test_some_money_is_a_part_payment(due: int, data: st.DataObject, cancelled: bool) -> None:
    captured = data.draw(st.integers(min_value=1, max_value=due - 1))
    state = payment_state(
        amount_due=due,
        amount_captured=captured,
        amount_authorised=0,
        live=False,
        cancelled=cancelled,
    )

    assert PaymentState.PARTIALLY_PAID == state
