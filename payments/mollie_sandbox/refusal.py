"""Which refusals does the API know? One, with its HTTP status, a sentence for people, and the field at fault."""

from typing import Any

from payments.sandbox.errors import Json

_TITLES = {
    400: "Bad Request",
    401: "Unauthorized Request",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    409: "Conflict",
    413: "Payload Too Large",
    422: "Unprocessable Entity",
    500: "Internal Server Error",
}
_GUIDE = "https://docs.mollie.com/reference/handling-errors"


class Refusal(Exception):
    """A request that was not done."""

    def __init__(self, status: int, detail: str, field: str | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.field = field

    def body(self) -> Json:
        said: dict[str, Any] = {
            "status": self.status,
            "title": _TITLES.get(self.status, "Error"),
            "detail": str(self),
            "_links": {"documentation": {"href": _GUIDE, "type": "text/html"}},
        }
        return said | ({"field": self.field} if self.field else {})


def unprocessable(detail: str, field: str | None = None) -> Refusal:
    return Refusal(422, detail, field)
