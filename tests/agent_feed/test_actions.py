"""The codes that a feed ends with are a promise to clients."""

from agent_feed.actions import CloseCode


def test_close_codes_are_the_contracts() -> None:
    assert {
        "BAD_FRAME": 4400,
        "TOPIC_NOT_ALLOWED": 4403,
        "TOO_SLOW": 4408,
        "REVOKED": 4409,
        "FAILED": 1011,
        "RESTARTING": 1012,
    } == {code.name: code.value for code in CloseCode}
