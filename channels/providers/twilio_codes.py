"""Twilio's words in ours: message statuses and error codes.

https://www.twilio.com/docs/messaging/api/message-resource#message-status-values and
https://www.twilio.com/docs/api/errors.
"""

from typing import Any, Final

from channels import problems
from channels.states import DeliveryState

# Whatever Twilio does with a message shows that Twilio has it.
FACTS: Final[dict[str, DeliveryState]] = {
    "accepted": DeliveryState.SENT,
    "scheduled": DeliveryState.SENT,
    "queued": DeliveryState.SENT,
    "sending": DeliveryState.SENT,
    "sent": DeliveryState.SENT,
    "delivered": DeliveryState.DELIVERED,
    "read": DeliveryState.READ,
    "undelivered": DeliveryState.FAILED,
    "failed": DeliveryState.FAILED,
    "canceled": DeliveryState.FAILED,
}

_PROBLEMS: Final[dict[int, str]] = {
    20003: problems.CHANNEL_MISCONFIGURED,  # authenticate
    21211: problems.INVALID_ADDRESS,  # invalid 'To'
    21212: problems.CHANNEL_MISCONFIGURED,  # invalid 'From'
    21408: problems.DESTINATION_NOT_ALLOWED,  # no permission for the region
    21602: problems.INVALID_CONTENT,  # no body
    21603: problems.CHANNEL_MISCONFIGURED,  # no 'From'
    21604: problems.INVALID_ADDRESS,  # no 'To'
    21606: problems.CHANNEL_MISCONFIGURED,  # 'From' cannot send
    21608: problems.DESTINATION_NOT_ALLOWED,  # trial account, unverified number
    21609: problems.CHANNEL_MISCONFIGURED,  # invalid StatusCallback
    21610: problems.RECIPIENT_OPTED_OUT,
    21612: problems.INVALID_ADDRESS,  # not reachable from this 'From'
    21614: problems.NOT_A_MOBILE,
    21617: problems.INVALID_CONTENT,  # over 1600 characters
    21659: problems.CHANNEL_MISCONFIGURED,  # 'From' is no number of this account
    21660: problems.CHANNEL_MISCONFIGURED,
    21703: problems.CHANNEL_MISCONFIGURED,  # the service has no senders
    30003: problems.UNREACHABLE,
    30004: problems.BLOCKED,
    30005: problems.INVALID_ADDRESS,  # unknown destination
    30006: problems.NOT_A_MOBILE,  # landline or unreachable carrier
    30007: problems.FILTERED,
    30008: problems.REFUSED,  # unknown error
    30022: problems.RATE_LIMITED,
    30034: problems.CHANNEL_MISCONFIGURED,  # number not registered for A2P 10DLC
}


def problem_of(code: Any) -> str | None:
    """Our code for one of Twilio's; None when Twilio names none, `refused` for one that we do not know."""
    text = str(code) if code is not None else ""
    if not text.isascii() or not text.isdigit():
        return None
    return _PROBLEMS.get(int(text), problems.REFUSED)
