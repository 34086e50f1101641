"""How the service stops: nobody who was let in is turned away, and load balancers learn of it first."""

import asyncio
import signal
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Final

import uvicorn

SIGNALS: Final = (signal.SIGTERM, signal.SIGINT)


class QuietServer(uvicorn.Server):
    """Leaves signals to whoever runs it. To stop it, set `should_exit`."""

    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        yield


class DrainingServer(uvicorn.Server):
    """Stops in two steps when it is told to by SIGTERM or SIGINT.

    First `leave` is called, which makes `/readyz` say 503, and everything is served as before for `drain_seconds`: load
    balancers move away meanwhile. Then `drain` ends the live feeds, which would outlast every grace, and open requests
    are finished. A second signal skips the wait.
    """

    def __init__(
        self,
        config: uvicorn.Config,
        *,
        leave: Callable[[], None],
        drain: Callable[[], None],
        drain_seconds: int,
    ) -> None:
        super().__init__(config)
        self._leave = leave
        self._drain = drain
        self._drain_seconds = drain_seconds
        self._wait: asyncio.TimerHandle | None = None

    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """Unlike the server's own, raises nothing again at the end: the house is still to be closed."""
        loop = asyncio.get_running_loop()
        for number in SIGNALS:
            loop.add_signal_handler(number, self.told_to_stop, number)
        try:
            yield
        finally:
            for number in SIGNALS:
                loop.remove_signal_handler(number)
            if self._wait is not None:
                self._wait.cancel()

    def told_to_stop(self, number: signal.Signals) -> None:
        """The first call begins to stop, the second hurries."""
        if self.should_exit:
            self.force_exit = self.force_exit or number == signal.SIGINT
        elif self._wait is None and self._drain_seconds:
            self._leave()
            loop = asyncio.get_running_loop()
            self._wait = loop.call_later(self._drain_seconds, self._end)
        else:
            self._leave()
            self._end()

    def _end(self) -> None:
        self._drain()
        self.should_exit = True
