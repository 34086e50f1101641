"""Delivery states: every pair of the tables, and facts in any order."""

from itertools import permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels import states
from channels.states import COMMANDS, FACTS, REACHED_NETWORK, REPORTABLE, DeliveryState

RANK = {state: rank for rank, state in enumerate(DeliveryState)}
FAILED = DeliveryState.FAILED


@pytest.mark.parametrize(("state", "to"), list(product(DeliveryState, repeat=2)))
def test_a_command_does_what_the_table_says_or_raises(
    state: DeliveryState, to: DeliveryState
) -> None:
    if to in COMMANDS[state]:
        assert states.command(state, to) is to
    else:
        with pytest.raises(states.DeliveryNotMovable):
            states.command(state, to)


def test_only_what_no_network_has_can_be_commanded() -> None:
    assert {state for state in DeliveryState if COMMANDS[state]} == {
        DeliveryState.QUEUED,
        DeliveryState.SENDING,
    }


@pytest.mark.parametrize(("state", "reported"), list(product(DeliveryState, sorted(REPORTABLE))))
def test_a_fact_never_lowers_a_state_and_never_raises(
    state: DeliveryState, reported: DeliveryState
) -> None:
    after = states.fact(state, reported)
    assert after is state or after is FACTS[state][reported]
    assert after is state or RANK[after] > RANK[state]


def test_facts_end_in_the_same_state_in_every_order() -> None:
    arrived = [DeliveryState.SENT, DeliveryState.DELIVERED, DeliveryState.READ]
    for order in permutations(arrived * 2):
        state = DeliveryState.SENDING
        for reported in order:
            state = states.fact(state, reported)
        assert state is DeliveryState.READ


@given(st.lists(st.sampled_from(sorted(REPORTABLE)), max_size=12))
def test_failed_sticks_and_so_does_arrived(reports: list[DeliveryState]) -> None:
    state = DeliveryState.SENT
    for reported in reports:
        before, state = state, states.fact(state, reported)
        if before is FAILED:
            assert state is FAILED
        if before in {DeliveryState.DELIVERED, DeliveryState.READ}:
            assert state is not FAILED


def test_the_networks_word_settles_what_we_gave_up_on_without_knowing() -> None:
    for reported in REACHED_NETWORK:
        assert states.fact(FAILED, reported, doubtful=True) is reported
        assert states.fact(FAILED, reported) is FAILED
    assert states.fact(FAILED, FAILED, doubtful=True) is FAILED
