"""Idempotency at the door: the same key and body get the same answer, and nothing happens twice."""

import hashlib
import json
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Annotated, Any, Final

from fastapi import Depends, Request
from fastapi.responses import Response

from compliance.principal import Principal
from compliance.routes.gate import Caller, Gate, gate_of
from core import idempotency
from core.database import Session, retried
from core.database.schema import canonical_json
from core.errors import Kind, PaythreadError

Act = Callable[[Session], Awaitable[tuple[int, Any]]]
# What follows the act outside of its transaction, and the whole answer then.
Follow = Callable[[], Awaitable[tuple[int, Any]]]

# Answers that say "not now" are not kept: the retry is meant to find things changed.
_PASSING: Final = frozenset({Kind.RATE_LIMITED, Kind.UNAVAILABLE, Kind.UNAUTHENTICATED})
_running: set[tuple[str, str]] = set()
# Answers carry customers' addresses and links' secrets: they are kept sealed, the day that they are kept.
_SEALED: Final = "idempotency.answer"
_KEY: Final = "idempotency.key"


class Once:
    """One POST and its key. `run` acts in one transaction that also keeps the answer."""

    def __init__(self, request: Request, gate: Gate, principal: Principal) -> None:
        self._request = request
        self._gate = gate
        self._principal = principal

    async def run(
        self, act: Act, *, required: bool = False, follow: Follow | None = None
    ) -> Response:
        """Acts at most once a key. `act` gets the session and answers (status, JSON value).

        `follow` runs after the act has committed, for what calls a PSP; its answer is the one given, and kept. Where
        it never comes to that, what the act answered is kept: true, if less than the whole.

        Raises `IdempotencyKeyMissing` (if `required`), `…Malformed`, `…Reused`, `…Busy`.
        """
        header = self._request.headers.get("idempotency-key")
        if header is None:
            if required:
                raise idempotency.IdempotencyKeyMissing(
                    "Send an Idempotency-Key: here money or a message leaves."
                )
            answer = await retried(lambda: self._run_plain(act))
            return _response(answer if follow is None else await self._followed(follow))
        key = idempotency.parse_key(header)
        scope = self._scope()
        if (scope, key) in _running:
            raise idempotency.IdempotencyKeyBusy(
                "The first request with this key is still running."
            )
        _running.add((scope, key))
        try:
            response = await retried(lambda: self._run_keyed(act, scope=scope, key=key))
            if follow is None or "Idempotent-Replayed" in response.headers:
                return response
            answer = await self._followed(follow)
            await retried(lambda: self._amend(answer, scope=scope, key=key))
            return _response(answer)
        finally:
            _running.discard((scope, key))

    def _scope(self) -> str:
        """Merchant, door and caller: an answer holds what the next caller may not see, a link or a ticket."""
        caller = self._principal
        # All of a merchant's software is one caller: a retry may well come after its key was changed.
        owner = caller.id if caller.kind == "user" else "software"
        door = f"{self._request.method} {self._request.url.path} {owner}"
        return f"{caller.merchant}:{hashlib.sha256(door.encode()).hexdigest()}"

    async def _kept_under(self, session: Session, key: str, *, now: datetime) -> str:
        """What the store knows the key by. The caller chose it, so it may be a card number, and is not kept."""
        data_key = await self._gate.vault.key(session, self._principal.merchant, _SEALED, now=now)
        return data_key.mac(_KEY, key)

    async def _followed(self, follow: Follow) -> idempotency.Answer:
        try:
            status, value = await follow()
        except PaythreadError as error:
            status, problem = self._gate.problem(error)
            return idempotency.Answer(status, _problem_text(problem))
        return idempotency.Answer(status, canonical_json(value))

    async def _run_plain(self, act: Act) -> idempotency.Answer:
        async with self._gate.database.transaction() as session:
            status, value = await act(session)
        return idempotency.Answer(status, canonical_json(value))

    async def _run_keyed(self, act: Act, *, scope: str, key: str) -> Response:
        now = self._gate.clock()
        body_hash = hashlib.sha256(await self._request.body()).hexdigest()
        try:
            async with self._gate.database.transaction() as session:
                if not await session.try_lock(f"{scope}:{key}"):
                    raise idempotency.IdempotencyKeyBusy(
                        "The first request with this key is still running."
                    )
                name = await self._kept_under(session, key, now=now)
                kept = await idempotency.find(
                    session, scope=scope, key=name, body_hash=body_hash, now=now
                )
                if kept is not None:
                    return _response(await self._opened(session, kept), replayed=True)
                status, value = await act(session)
                answer = idempotency.Answer(status, canonical_json(value))
                sealed = await self._sealed(session, answer, now=now)
                await idempotency.keep(
                    session, sealed, scope=scope, key=name, body_hash=body_hash, now=now
                )
            return _response(answer)
        except (idempotency.IdempotencyKeyReused, idempotency.IdempotencyKeyBusy):
            raise
        except PaythreadError as error:
            if error.kind not in _PASSING:
                await self._keep_refusal(error, scope=scope, key=key, body_hash=body_hash)
            raise

    async def _amend(self, answer: idempotency.Answer, *, scope: str, key: str) -> None:
        now = self._gate.clock()
        async with self._gate.database.transaction() as session:
            await session.lock(f"{scope}:{key}")
            name = await self._kept_under(session, key, now=now)
            sealed = await self._sealed(session, answer, now=now)
            await idempotency.amend(session, sealed, scope=scope, key=name)

    async def _keep_refusal(
        self, error: PaythreadError, *, scope: str, key: str, body_hash: str
    ) -> None:
        status, problem = self._gate.problem(error)
        now = self._gate.clock()
        body = _problem_text(problem)
        async with self._gate.database.transaction() as session:
            # The act was rolled back, its lock with it: another process may have answered meanwhile.
            await session.lock(f"{scope}:{key}")
            name = await self._kept_under(session, key, now=now)
            kept = await idempotency.find(
                session, scope=scope, key=name, body_hash=body_hash, now=now
            )
            if kept is None:
                answer = idempotency.Answer(status, body)
                sealed = await self._sealed(session, answer, now=now)
                await idempotency.keep(
                    session, sealed, scope=scope, key=name, body_hash=body_hash, now=now
                )

    async def _sealed(
        self, session: Session, answer: idempotency.Answer, *, now: datetime
    ) -> idempotency.Answer:
        body = await self._gate.vault.seal(
            session, self._principal.merchant, _SEALED, answer.body, purpose=_SEALED, now=now
        )
        return idempotency.Answer(answer.status, body)

    async def _opened(self, session: Session, kept: idempotency.Answer) -> idempotency.Answer:
        body = await self._gate.vault.open(session, kept.body, purpose=_SEALED)
        assert body is not None, "the key of kept answers is never destroyed"
        return idempotency.Answer(kept.status, body)


def _problem_text(problem: dict[str, Any]) -> str:
    """As the problem handler writes it, so that a replay has the same bytes."""
    return json.dumps(problem, ensure_ascii=False, separators=(",", ":"))


def _response(answer: idempotency.Answer, *, replayed: bool = False) -> Response:
    refused = answer.status >= 400
    return Response(
        content=answer.body,
        status_code=answer.status,
        media_type="application/problem+json" if refused else "application/json",
        headers={"Idempotent-Replayed": "true"} if replayed else {},
    )


async def _once(request: Request, principal: Caller) -> Once:
    return Once(request, gate_of(request), principal)


OnceOnly = Annotated[Once, Depends(_once)]
