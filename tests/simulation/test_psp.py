"""The oracle is right about money, whatever it is told: else it could not judge anybody."""

import pytest

from tests.simulation.intents import Card, KeyInUse, Refusal
from tests.simulation.psp import Psp
from tests.simulation.steps import START

ORDER = {
    "attempt": "att_1",
    "payment": "pay_1",
    "amount": 1000,
    "currency": "GBP",
    "capture": "automatic",
    "challenge": False,
    "method": "pm_1",
}


@pytest.fixture
def psp() -> Psp:
    made = Psp("north", lambda: START)
    made.cards["pm_1"] = Card("pm_1")
    return made


def booked(psp: Psp) -> list[int]:
    return [line.amount for line in psp.books]


def test_one_key_charges_once_and_gets_its_first_answer_again(psp: Psp) -> None:
    first = psp.charge("att_1", ORDER)
    psp.give_back(psp.intents[first["reference"]], 400, order=None, state="succeeded")

    assert first == psp.charge("att_1", ORDER)
    assert [1000, -400] == booked(psp)


def test_another_key_charges_again(psp: Psp) -> None:
    """Which is what makes a forgotten key a second charge."""
    psp.charge("one", ORDER)
    psp.charge("two", ORDER)

    assert [1000, 1000] == booked(psp)


def test_a_key_belongs_to_its_first_order(psp: Psp) -> None:
    psp.charge("att_1", ORDER)
    with pytest.raises(KeyInUse):
        psp.charge("att_1", ORDER | {"amount": 1})

    assert not psp.use_up("att_1")


def test_a_key_keeps_a_no_as_well(psp: Psp) -> None:
    """A refund that was refused is not made by the same request, arriving late."""
    taken = psp.charge("att_1", ORDER)["reference"]
    first = psp.give_back(psp.intents[taken], 800, order=None, state="pending")
    with pytest.raises(Refusal):
        psp.refund("ref_1", "ref_1", taken, 500)
    psp.settle_refund(psp.intents[taken], first, "failed")
    with pytest.raises(Refusal):
        psp.refund("ref_1", "ref_1", taken, 500)

    assert [1000] == booked(psp)


def test_a_key_that_was_used_up_never_charges(psp: Psp) -> None:
    assert psp.use_up("att_1")
    with pytest.raises(KeyInUse):
        psp.charge("att_1", ORDER)

    assert [] == booked(psp)


def test_what_was_cancelled_is_not_captured(psp: Psp) -> None:
    held = psp.charge("att_1", ORDER | {"capture": "manual"})
    psp.cancel(held["reference"])
    with pytest.raises(Refusal):
        psp.capture("cap_1", held["reference"], 1000)

    assert [] == booked(psp)


def test_no_more_goes_back_than_came(psp: Psp) -> None:
    reference = psp.charge("att_1", ORDER)["reference"]
    psp.refund("ref_1", "ref_1", reference, 700)
    psp.refund("ref_1", "ref_1", reference, 700)
    with pytest.raises(Refusal):
        psp.refund("ref_2", "ref_2", reference, 301)

    assert [1000, -700] == booked(psp)


def test_a_refund_that_came_back_may_be_made_again(psp: Psp) -> None:
    intent = psp.intents[psp.charge("att_1", ORDER)["reference"]]
    refund = psp.give_back(intent, 1000, order=None, state="succeeded")
    psp.settle_refund(intent, refund, "failed")
    psp.give_back(intent, 1000, order=None, state="succeeded")

    assert [1000, -1000, 1000, -1000] == booked(psp)
