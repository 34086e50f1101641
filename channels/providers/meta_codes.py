"""What Meta's error codes mean, for WhatsApp, Messenger and Instagram, in an answer or in a callback.

https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes and
https://developers.facebook.com/docs/messenger-platform/send-api-reference/errors.
"""

from typing import Final

from channels import problems

# "Rate limit hit", "Too many messages", "Spam rate limit", pair rate limit: nothing was sent.
RATE_CODES: Final = frozenset({4, 17, 32, 613, 80002, 80006, 80007, 130429, 131048, 131056, 131057})
# The Graph API's "unknown" and "temporarily unavailable"; messages were seen to be sent all the same.
OPEN_CODES: Final = frozenset({1, 2, 1200, 131000, 131016})

_BY_SUBCODE: Final[dict[tuple[int, int], str]] = {
    (10, 2018278): problems.WINDOW_CLOSED,
    (10, 2018065): problems.WINDOW_CLOSED,
    (10, 2534022): problems.WINDOW_CLOSED,
    (10, 2018108): problems.BLOCKED,
    (100, 2018001): problems.INVALID_ADDRESS,
    (100, 2534014): problems.INVALID_ADDRESS,
    (200, 1545041): problems.UNREACHABLE,
    (200, 2018278): problems.WINDOW_CLOSED,
    (551, 1545041): problems.UNREACHABLE,
}

_BY_CODE: Final[dict[int, str]] = {
    0: problems.CHANNEL_MISCONFIGURED,
    3: problems.CHANNEL_MISCONFIGURED,
    10: problems.CHANNEL_MISCONFIGURED,
    33: problems.CHANNEL_MISCONFIGURED,
    100: problems.INVALID_CONTENT,
    102: problems.CHANNEL_MISCONFIGURED,
    190: problems.CHANNEL_MISCONFIGURED,
    368: problems.CHANNEL_MISCONFIGURED,
    551: problems.UNREACHABLE,
    130472: problems.FILTERED,
    130497: problems.DESTINATION_NOT_ALLOWED,
    131005: problems.CHANNEL_MISCONFIGURED,
    131008: problems.INVALID_CONTENT,
    131009: problems.INVALID_CONTENT,
    131021: problems.INVALID_ADDRESS,
    131026: problems.UNREACHABLE,
    131030: problems.DESTINATION_NOT_ALLOWED,
    131031: problems.CHANNEL_MISCONFIGURED,
    131037: problems.CHANNEL_MISCONFIGURED,
    131042: problems.CHANNEL_MISCONFIGURED,
    131045: problems.CHANNEL_MISCONFIGURED,
    131047: problems.WINDOW_CLOSED,
    131049: problems.FILTERED,
    131050: problems.RECIPIENT_OPTED_OUT,
    131051: problems.INVALID_CONTENT,
    131052: problems.INVALID_CONTENT,
    131053: problems.INVALID_CONTENT,
    132000: problems.CHANNEL_MISCONFIGURED,
    132001: problems.CHANNEL_MISCONFIGURED,
    132005: problems.INVALID_CONTENT,
    132007: problems.CHANNEL_MISCONFIGURED,
    132012: problems.CHANNEL_MISCONFIGURED,
    132015: problems.CHANNEL_MISCONFIGURED,
    132016: problems.CHANNEL_MISCONFIGURED,
    133010: problems.CHANNEL_MISCONFIGURED,
}


def problem_of(code: object, subcode: object = None) -> str:
    """One of `channels.problems` for a code and its subcode; `refused` for those that we do not know."""
    number, under = _whole(code), _whole(subcode)
    if number is None:
        return problems.REFUSED
    if number in RATE_CODES:
        return problems.RATE_LIMITED
    if under is not None and (number, under) in _BY_SUBCODE:
        return _BY_SUBCODE[number, under]
    if 200 <= number <= 299:
        # "Permission denied": the token lacks a permission, or lost it.
        return problems.CHANNEL_MISCONFIGURED
    return _BY_CODE.get(number, problems.REFUSED)


def is_rate(code: object) -> bool:
    """Whether Meta asks us to slow down."""
    return _whole(code) in RATE_CODES


def leaves_open(code: object) -> bool:
    """Whether the message may have been sent although this was answered."""
    return _whole(code) in OPEN_CODES


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
