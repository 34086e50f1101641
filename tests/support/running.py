"""A uvicorn server in this event loop, started and stopped around a block."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn


@asynccontextmanager
async def running(server: uvicorn.Server) -> AsyncIterator[None]:
    """Until the block ends. The server leaves the test's signal handlers alone."""
    task = asyncio.create_task(server._serve())
    try:
        while not server.started:
            if task.done():
                await task
                raise RuntimeError("the server ended before it started")
            await asyncio.sleep(0.01)
        yield
    finally:
        server.should_exit = True
        await task
