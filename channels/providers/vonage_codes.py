"""Vonage's words in ours: message statuses and error codes of its Messages API.

https://developer.vonage.com/en/messages/concepts/messages-status-callbacks and
https://developer.vonage.com/en/api-errors/messages.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from channels import problems
from channels.states import DeliveryState

FACTS: Final[dict[str, DeliveryState]] = {
    "submitted": DeliveryState.SENT,
    "delivered": DeliveryState.DELIVERED,
    "read": DeliveryState.READ,
    "rejected": DeliveryState.FAILED,
    "undeliverable": DeliveryState.FAILED,
}

THROTTLED: Final = 1000

_PROBLEMS: Final[dict[int, str]] = {
    THROTTLED: problems.RATE_LIMITED,
    1010: problems.CHANNEL_MISCONFIGURED,  # missing parameters
    1020: problems.INVALID_CONTENT,  # invalid parameters
    1030: problems.REFUSED,  # internal error
    1040: problems.INVALID_ADDRESS,  # unrecognised prefix
    1050: problems.RECIPIENT_OPTED_OUT,  # number barred
    1060: problems.CHANNEL_MISCONFIGURED,  # account barred
    1070: problems.CHANNEL_MISCONFIGURED,  # no credit
    1080: problems.CHANNEL_MISCONFIGURED,  # account not enabled
    1090: problems.INVALID_CONTENT,  # too long
    1100: problems.UNREACHABLE,  # communication failed
    1120: problems.CHANNEL_MISCONFIGURED,  # illegal sender
    1140: problems.CHANNEL_MISCONFIGURED,  # facility not allowed
    1160: problems.DESTINATION_NOT_ALLOWED,  # destination not on the list
    1170: problems.INVALID_ADDRESS,  # invalid or missing number
    1180: problems.UNREACHABLE,  # absent subscriber, temporary
    1190: problems.UNREACHABLE,  # absent subscriber, permanent
    1200: problems.UNREACHABLE,  # no route
    1210: problems.FILTERED,  # anti-spam rejection
    1220: problems.UNREACHABLE,  # handset busy
    1230: problems.REFUSED,  # network error
    1240: problems.INVALID_ADDRESS,  # illegal number
    1250: problems.INVALID_CONTENT,  # unroutable or invalid message
    1260: problems.UNREACHABLE,  # destination unreachable
    1270: problems.BLOCKED,  # subscriber age restriction
    1280: problems.BLOCKED,  # number blocked by carrier
    1290: problems.CHANNEL_MISCONFIGURED,  # prepaid: no funds
    1300: problems.INVALID_ADDRESS,  # not part of the provider's network
    1310: problems.NOT_A_MOBILE,  # not suitable
    1320: problems.INVALID_CONTENT,
    1330: problems.REFUSED,  # unknown
    1331: problems.REFUSED,
}


def code_in(error: Any) -> int | None:
    """The number in Vonage's problem: its title, or the end of its `type`."""
    if not isinstance(error, Mapping):
        return None
    for text in (error.get("title"), error.get("type")):
        found = re.search(r"(?:^|#)([0-9]{4})$", str(text), re.ASCII)
        if found is not None:
            return int(found[1])
    return None


def problem_of(error: Any) -> str | None:
    """Our code for one of Vonage's problems; None where there is none, `refused` for one that we do not know."""
    if not isinstance(error, Mapping):
        return None
    code = code_in(error)
    return problems.REFUSED if code is None else _PROBLEMS.get(code, problems.REFUSED)
