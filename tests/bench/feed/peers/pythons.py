"""python-socketio and Django Channels on uvicorn with its defaults, each as its documentation has it.

Run as `python pythons.py socketio|channels` by an interpreter that has the packages. Commands are a line each:
  send COUNT SIZE   so many messages of so many characters to everybody; answers the bytes that each socket gets
  used              the processor time of this process
"""

import asyncio
import json
import os
import resource
import socket
import sys
from collections.abc import Awaitable, Callable
from typing import Any

import uvicorn

GROUP = "everybody"
Send = Callable[[str], Awaitable[object]]


def socketio() -> tuple[Any, Send, str, int]:
    """The application, how to send to everybody, its path, and the bytes that it puts around a text."""
    import socketio as package  # type: ignore[import-not-found]

    server = package.AsyncServer(async_mode="asgi", ping_interval=600, http_compression=False)

    async def send(text: str) -> None:
        await server.emit("event", text)

    # 42["event","…"]
    return package.ASGIApp(server), send, "/socket.io/?EIO=4&transport=websocket", 14


def channels() -> tuple[Any, Send, str, int]:
    """With the layer in memory, which costs less than the one through Redis that is for production."""
    from django.conf import settings  # type: ignore[import-not-found]

    memory = {"BACKEND": "channels.layers.InMemoryChannelLayer", "CONFIG": {"capacity": 100_000}}
    settings.configure(CHANNEL_LAYERS={"default": memory})
    from channels.generic.websocket import AsyncWebsocketConsumer  # type: ignore[import-not-found]
    from channels.layers import get_channel_layer  # type: ignore[import-not-found]

    class Consumer(AsyncWebsocketConsumer):  # type: ignore[misc]
        groups = (GROUP,)

        async def event(self, event: dict[str, str]) -> None:
            await self.send(text_data=event["text"])

    async def send(text: str) -> None:
        await get_channel_layer().group_send(GROUP, {"type": "event", "text": text})

    return Consumer.as_asgi(), send, "/", 0


async def main() -> None:
    """Serves, and takes commands until the input ends."""
    app, say, path, around = {"socketio": socketio, "channels": channels}[sys.argv[1]]()
    listener = socket.create_server(("127.0.0.1", 0), backlog=4096)
    config = uvicorn.Config(
        app, log_level="error", lifespan="off", ws_per_message_deflate=False, ws_ping_interval=None
    )
    serving = asyncio.create_task(uvicorn.Server(config).serve([listener]))
    print(json.dumps({"port": listener.getsockname()[1], "path": path}), flush=True)
    while line := await asyncio.to_thread(sys.stdin.readline):
        name, *numbers = line.split()
        answer: object
        if name == "send":
            count, size = map(int, numbers)
            for _ in range(count):
                await say("x" * size)
                await asyncio.sleep(0)
            # Two bytes of header up to 125 characters; here it is four.
            answer = count * (size + around + 4)
        else:
            usage = resource.getrusage(resource.RUSAGE_SELF)
            answer = {"cpu_seconds": usage.ru_utime + usage.ru_stime}
        print(json.dumps(answer), flush=True)
    serving.cancel()
    os._exit(0)


if __name__ == "__main__":
    import uvloop

    uvloop.run(main())
