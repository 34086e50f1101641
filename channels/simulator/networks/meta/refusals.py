"""The Graph API's errors, in its shape: `{"error": {"message", "type", "code", "error_subcode"?, "fbtrace_id"}}`.

https://developers.facebook.com/docs/graph-api/guides/error-handling and each product's own list of codes.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

_STATUS_AND_MESSAGE: Mapping[tuple[int, int | None], tuple[int, str]] = {
    (190, None): (401, "Invalid OAuth access token - Cannot parse access token"),
    (100, 33): (400, "Unsupported request. Object does not exist or permissions are missing."),
    (100, None): (400, "(#100) Invalid parameter"),
    (100, 2018001): (400, "(#100) No matching user found"),
    (10, 2018278): (400, "(#10) This message is sent outside of allowed window."),
    (551, 1545041): (400, "(#551) This person isn't available right now."),
    (80006, None): (429, "(#80006) There have been too many calls to this Page account."),
    (130429, None): (429, "(#130429) Rate limit hit"),
    (131009, None): (400, "(#131009) Parameter value is not valid"),
    (131026, None): (400, "(#131026) Message undeliverable"),
    (131051, None): (400, "(#131051) Unsupported message type"),
    (132000, None): (400, "(#132000) Number of parameters does not match the expected number"),
    (132001, None): (404, "(#132001) Template name does not exist in the translation"),
}

# What a status callback says of a message that was taken and failed.
TITLES: Mapping[int, str] = {
    131026: "Message undeliverable",
    131047: "Re-engagement message",
    131049: "This message was not delivered to maintain healthy ecosystem engagement.",
}


class MetaRefused(Exception):
    """The API says no. `status` is the HTTP status, `body` the JSON to answer."""

    def __init__(self, code: int, subcode: int | None = None) -> None:
        self.code, self.subcode = code, subcode
        self.status, self.message = _STATUS_AND_MESSAGE[code, subcode]
        super().__init__(self.message)

    @property
    def body(self) -> dict[str, Any]:
        error: dict[str, Any] = {
            "message": self.message,
            "type": "OAuthException",
            "code": self.code,
            "fbtrace_id": secrets.token_urlsafe(8),
        }
        if self.subcode is not None:
            error["error_subcode"] = self.subcode
        return {"error": error}
