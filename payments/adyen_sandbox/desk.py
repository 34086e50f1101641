"""What does an operation have at hand? The account, the store, the faults."""

import asyncio
import secrets
import string
from dataclasses import dataclass, field
from typing import Any

from payments.sandbox.faults import Faults
from payments.sandbox.store import Store

Json = dict[str, Any]
_LETTERS = string.ascii_uppercase + string.digits


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """`public_url` is how a browser reaches the far end; secrets never appear in a repr."""

    public_url: str
    merchant_account: str
    client_key: str
    merchant: str = "Test merchant"
    api_key: str = field(repr=False)
    hmac_key: bytes = field(repr=False)
    webhook_url: str | None = None
    webhook_user: str | None = field(default=None, repr=False)
    webhook_password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Desk:
    """One running far end. `woken` tells the courier that there is something to send."""

    settings: Settings
    store: Store
    faults: Faults
    woken: asyncio.Event


class Refused(Exception):
    """A request that was not done, in the form of Adyen's errors."""

    def __init__(self, status: int, code: str, message: str, kind: str = "validation") -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.body: Json = {
            "status": status,
            "errorCode": code,
            "message": message,
            "errorType": kind,
        }


def new_psp_reference() -> str:
    """Sixteen letters and digits, as Adyen makes them."""
    return "".join(secrets.choice(_LETTERS) for _ in range(16))


def text_of(body: Json, name: str, *, length_max: int = 80) -> str:
    """A text that has to be there. Raises Refused."""
    value = body.get(name)
    if not isinstance(value, str) or not value or len(value) > length_max:
        raise Refused(422, "130", f"Required field '{name}' is not provided.")
    return value


def check_account(desk: Desk, body: Json) -> None:
    """Raises Refused for another merchant account than ours."""
    if text_of(body, "merchantAccount") != desk.settings.merchant_account:
        raise Refused(403, "901", "Invalid Merchant Account", "security")
