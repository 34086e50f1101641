"""Which refusals does the API know? Drawn in the package's docstring."""

from typing import Any, ClassVar

Json = dict[str, Any]


class Refused(Exception):
    """A request that was not done. `began` tells whether its answer is kept for its idempotency key."""

    status: ClassVar[int] = 400
    began: ClassVar[bool] = True

    def __init__(
        self,
        message: str,
        *,
        code: str | None = None,
        param: str | None = None,
        kind: str = "invalid_request_error",
        status: int | None = None,
        extra: Json | None = None,
    ) -> None:
        super().__init__(message)
        self.http_status = self.status if status is None else status
        self.error: Json = {"message": message, "type": kind}
        if code is not None:
            self.error["code"] = code
            self.error["doc_url"] = doc_url(code)
        if param is not None:
            self.error["param"] = param
        self.error.update(extra or {})

    def body(self) -> Json:
        return {"error": self.error}


class BadRequest(Refused):
    began = False


class Unauthorised(Refused):
    status = 401
    began = False


class NotFound(Refused):
    status = 404


class Conflict(Refused):
    pass


def doc_url(code: str) -> str:
    return f"https://docs.stripe.com/error-codes/{code.replace('_', '-')}"
