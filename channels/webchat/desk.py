"""What the chat's doors need of the house: the widget, where customers pay, and who waits for news.

A visitor who waits is woken by what this process commits in their thread (`core.waiting`).
"""

from contextlib import AbstractAsyncContextManager
from typing import Final

from channels.webchat.bundle import Bundle, load_bundle
from compliance.journal import Written
from core.waiting import LOOK_SECONDS_MIN, LOOKS_A_SECOND_MAX, WAITERS_MAX, Waiting, WaitingRoom

__all__ = ["LOOKS_A_SECOND_MAX", "LOOK_SECONDS_MIN", "WAITERS_MAX", "ChatDesk", "Waiting"]

WAIT_SECONDS_MAX: Final = 20.0


class ChatDesk:
    """`pay_url` is where customers open links. Belongs to one event loop."""

    def __init__(
        self,
        pay_url: str,
        *,
        wait_seconds_max: float = WAIT_SECONDS_MAX,
        waiters_max: int = WAITERS_MAX,
    ) -> None:
        self.pay_origin = pay_url
        self.wait_seconds_max = wait_seconds_max
        self.widget: Bundle = load_bundle()
        self._room = WaitingRoom(waiters_max)

    @property
    def look_seconds(self) -> float:
        """How long whoever waits naps at most before looking again."""
        return self._room.look_seconds

    def take(self, written: Written) -> None:
        """This process has committed."""
        self._room.wake({event.conversation for event in written.events})

    def drain(self) -> None:
        """Answers everybody who waits: the service stops."""
        self._room.drain()

    def waiting(self, conversation: str | None) -> AbstractAsyncContextManager[Waiting | None]:
        """A place to wait in, or None when there is none left. Nothing wakes one without a conversation."""
        return self._room.place(conversation)
