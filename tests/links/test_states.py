"""The states of a link: what may be asked of it, and where a payment's facts take it."""

from itertools import product

import pytest

from links.states import COMMANDS, OPEN, LinkNotOpen, LinkState, after_payment, check_command
from payments.states import PaymentState

_L = LinkState
_P = PaymentState

MAY = {
    _L.ACTIVE: {_L.EXPIRED, _L.CANCELLED},
    _L.PARTIALLY_PAID: {_L.EXPIRED, _L.CANCELLED},
    _L.EXPIRED: {_L.CANCELLED},
}


@pytest.mark.parametrize(
    ("state", "wanted"), list(product(LinkState, repeat=2)), ids=lambda value: value.value
)
def test_a_command_is_taken_only_where_the_table_says(state: LinkState, wanted: LinkState) -> None:
    if wanted in MAY.get(state, set()):
        check_command(state, wanted)
    else:
        with pytest.raises(LinkNotOpen):
            check_command(state, wanted)


def test_no_state_is_left_out_of_the_table() -> None:
    assert set(LinkState) == set(COMMANDS)


def test_what_is_open_can_still_be_paid() -> None:
    assert {_L.ACTIVE, _L.IN_PROGRESS, _L.PARTIALLY_PAID} == OPEN


FOLLOWS = {
    _P.OPEN: _L.ACTIVE,
    _P.IN_PROGRESS: _L.IN_PROGRESS,
    _P.AUTHORISED: _L.PAID,
    _P.PARTIALLY_PAID: _L.PARTIALLY_PAID,
    _P.PAID: _L.PAID,
}


@pytest.mark.parametrize(
    ("state", "payment"), list(product(LinkState, PaymentState)), ids=lambda value: value.value
)
def test_a_link_follows_its_payment_but_only_money_brings_it_back(
    state: LinkState, payment: PaymentState
) -> None:
    ended = state in {_L.EXPIRED, _L.CANCELLED}
    money = payment in {_P.PAID, _P.AUTHORISED}
    expected = state if payment not in FOLLOWS or (ended and not money) else FOLLOWS[payment]

    assert expected is after_payment(state, payment)
