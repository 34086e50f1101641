"""Twilio's errors, in Twilio's shape: `{"code", "message", "more_info", "status"}`.

Codes and meanings: https://www.twilio.com/docs/api/errors.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_STATUS_AND_MESSAGE: Mapping[int, tuple[int, str]] = {
    20001: (400, "{what} is not supported here"),
    20003: (401, "Authenticate"),
    20004: (405, "Method not allowed"),
    20404: (404, "The requested resource {what} was not found"),
    20429: (429, "Too Many Requests"),
    20500: (500, "An internal server error has occurred"),
    21211: (400, "Invalid 'To' Phone Number: {what}"),
    21212: (400, "Invalid 'From' Phone Number, short code or alphanumeric sender: {what}"),
    21266: (400, "'To' and 'From' number cannot be the same: {what}"),
    21408: (
        400,
        "Permission to send an SMS has not been enabled for the region of the 'To' number: {what}",
    ),
    21481: (400, "Invalid PageToken"),
    21602: (400, "Message body is required."),
    21603: (400, "A 'From' phone number is required."),
    21604: (400, "A 'To' phone number is required."),
    21606: (
        400,
        "The 'From' phone number {what} is not a message-capable Twilio number of this account.",
    ),
    21609: (400, "The 'StatusCallback' URL is not a valid URL."),
    21610: (400, "Attempt to send to unsubscribed recipient"),
    21611: (429, "This 'From' number has exceeded the maximum number of queued messages"),
    21612: (400, "Message cannot be sent with this combination of 'To' and 'From' parameters"),
    21614: (400, "'To' number is not a valid mobile number: {what}"),
    21617: (400, "The concatenated message body exceeds the 1600 character limit"),
    21705: (400, "The Messaging Service Sid {what} is invalid"),
}


class Refused(Exception):
    """The API says no. `status` is the HTTP status, `body` the JSON to answer."""

    def __init__(self, code: int, *, what: str = "") -> None:
        self.code = code
        self.status, template = _STATUS_AND_MESSAGE[code]
        self.message = template.format(what=what)
        super().__init__(f"{code}: {self.message}")

    @property
    def body(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "message": self.message,
            "more_info": f"https://www.twilio.com/docs/errors/{self.code}",
            "status": self.status,
        }
