"""What does an operation have at hand? The account, the store, the faults, and who calls."""

import asyncio
from dataclasses import dataclass, field

from payments.sandbox.clock import seconds
from payments.sandbox.errors import Json
from payments.sandbox.faults import Faults
from payments.sandbox.store import Store
from payments.sandbox.wallets import OFFERED_DEFAULT

API_VERSION = "2026-10-28.endive"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """`public_url` is how a browser reaches the sandbox; secrets never appear in a repr."""

    public_url: str
    secret_key: str = field(repr=False)
    publishable_key: str = field(repr=False)
    merchant: str = "Test merchant"
    webhook_url: str | None = None
    webhook_secret: str | None = field(default=None, repr=False)
    wallets: tuple[str, ...] = (OFFERED_DEFAULT,)


@dataclass(frozen=True, slots=True)
class Desk:
    """One running sandbox. `woken` tells the courier and the clockwork that work was added."""

    settings: Settings
    store: Store
    faults: Faults
    woken: asyncio.Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One operation on its way: who asked, when, and under which keys."""

    desk: Desk
    now_ms: int
    secret: bool
    request_id: str | None = None
    idempotency_key: str | None = None

    @property
    def store(self) -> Store:
        return self.desk.store

    @property
    def now(self) -> int:
        return seconds(self.now_ms)


@dataclass(frozen=True, slots=True)
class Answer:
    """An operation's end, done or declined: what it changed is kept either way."""

    body: Json
    status: int = 200
