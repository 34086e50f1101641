"""The port's own words."""

from channels.port import AccountConfigInvalid, CallbackForged, Content, Outgoing
from core.errors import Kind
from tests.support.clock import START


def test_a_forged_callback_is_forbidden_and_says_nothing_of_what_came() -> None:
    error = CallbackForged()
    assert (error.kind, error.code) == (Kind.FORBIDDEN, "callback_forged")


def test_wrong_settings_are_invalid() -> None:
    assert AccountConfigInvalid("port: must be a number").kind is Kind.INVALID


def test_what_goes_out_is_fixed_once_it_is_claimed() -> None:
    outgoing = Outgoing(
        delivery="dlv_1",
        to="+447700900123",
        sender_name="Acme",
        content=Content("Hi"),
        at=START,
        callback_url="https://a.example",
    )
    assert hash(outgoing) == hash(outgoing)
    assert outgoing.content.subject is None
