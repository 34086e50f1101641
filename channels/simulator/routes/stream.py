"""Server-Sent Events: every change of every message, from where a page left off."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from channels.simulator.exchange import Exchange
from channels.simulator.routes.control import error_body
from channels.simulator.routes.views import message_view

HEARTBEAT_SECONDS = 15
BATCH = 100
SNAPSHOT = 200


class Stream:
    """The page's snapshot, and the changes after it: together they have no gap and no repeat."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange

    def routes(self) -> list[Route]:
        return [
            Route("/api/snapshot", self.snapshot, methods=["GET"]),
            Route("/api/stream", self.stream, methods=["GET"]),
        ]

    async def snapshot(self, request: Request) -> Response:
        """The latest messages both ways, the faults, and the position to stream from."""
        del request
        exchange = self._exchange
        change = exchange.store.last_change()
        found = exchange.store.arrived(
            customer_key=None, channel=None, limit=SNAPSHOT, both_ways=True
        )
        return JSONResponse(
            {
                "change": change,
                "messages": [message_view(message) for message in found],
                "faults": exchange.faults.now.model_dump() if exchange.faults.any else None,
            }
        )

    async def stream(self, request: Request) -> Response:
        exchange = self._exchange
        if exchange.changes.full:
            return JSONResponse(error_body("Too many pages are open."), status_code=503)
        last_id = request.headers.get("last-event-id") or request.query_params.get("after", "")
        known = last_id.isascii() and last_id.isdigit() and len(last_id) <= 15
        after = int(last_id) if known else exchange.store.last_change()
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(
            self._events(after), media_type="text/event-stream", headers=headers
        )

    async def _events(self, after: int) -> AsyncIterator[str]:
        exchange = self._exchange
        shown_faults: str | None = None
        with exchange.changes.listen() as changed:
            yield "retry: 1000\n\n"
            while not exchange.changes.closed:
                changed.clear()
                faults = json.dumps(
                    exchange.faults.now.model_dump() if exchange.faults.any else None
                )
                if faults != shown_faults:
                    shown_faults = faults
                    yield f"event: faults\ndata: {faults}\n\n"
                batch = exchange.store.changed_after(after, limit=BATCH)
                for message in batch:
                    after = message.change
                    yield f"id: {after}\nevent: message\ndata: {json.dumps(message_view(message))}\n\n"
                if len(batch) == BATCH:
                    continue
                try:
                    async with asyncio.timeout(HEARTBEAT_SECONDS):
                        await changed.wait()
                except TimeoutError:
                    yield ": still here\n\n"
