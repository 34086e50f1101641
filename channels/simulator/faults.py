"""What goes wrong on purpose. Kept over a restart, like everything else here.

slow               seconds before a send is answered
fail               the next N sends are refused, try again later (HTTP 500, SMTP 451)
reject             the next N sends are refused for good (HTTP 400, SMTP 550)
timeout_after      the next N sends are accepted and delivered, and never answered
callback_lost      the next N calls to the merchant are not made
callback_duplicated  how many more times each call is made
callback_delayed   seconds each call comes late
mailbox_drops      the next N mails fetched from the merchant's mailbox break off in the middle
mailbox_renumbered the next N times that the mailbox is opened, its numbers have changed (UIDVALIDITY)
channel            only this channel's sends and calls; null means all
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from channels.simulator.messages import Channel, ChannelName
from channels.simulator.store import Store

Count = Annotated[int, Field(ge=0, le=10_000)]
Seconds = Annotated[float, Field(ge=0, le=120, allow_inf_nan=False)]
Counter = Literal[
    "fail", "reject", "timeout_after", "callback_lost", "mailbox_drops", "mailbox_renumbered"
]

_NOTE = "faults"


class FaultSet(BaseModel):
    """One set of faults, as the control API shows it."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    slow: Seconds = 0
    fail: Count = 0
    reject: Count = 0
    timeout_after: Count = 0
    callback_lost: Count = 0
    callback_duplicated: Annotated[int, Field(ge=0, le=10)] = 0
    callback_delayed: Seconds = 0
    mailbox_drops: Count = 0
    mailbox_renumbered: Count = 0
    channel: ChannelName | None = None


class Faults:
    """The faults in force; each counter falls by one when it has struck."""

    def __init__(self, store: Store) -> None:
        self._store = store
        kept = store.note(_NOTE)
        self.now = FaultSet.model_validate_json(kept) if kept else FaultSet()

    @property
    def any(self) -> bool:
        return self.now.model_copy(update={"channel": None}) != FaultSet()

    def merge(self, change: FaultSet) -> FaultSet:
        """Takes over the fields that the change names; the others stay."""
        named = {name: getattr(change, name) for name in change.model_fields_set}
        return self._keep(self.now.model_copy(update=named))

    def clear(self) -> FaultSet:
        return self._keep(FaultSet())

    def strikes(self, counter: Counter, channel: Channel) -> bool:
        """True, and one fewer to come, if this fault is due on this channel."""
        left: int = getattr(self.now, counter)
        if left == 0 or not self._on(channel):
            return False
        self._keep(self.now.model_copy(update={counter: left - 1}))
        return True

    def slow_seconds(self, channel: Channel) -> float:
        return self.now.slow if self._on(channel) else 0

    def call_delay_ms(self, channel: Channel) -> int:
        return round(self.now.callback_delayed * 1000) if self._on(channel) else 0

    def extra_calls(self, channel: Channel) -> int:
        return self.now.callback_duplicated if self._on(channel) else 0

    def _on(self, channel: Channel) -> bool:
        return self.now.channel is None or self.now.channel == channel.value

    def _keep(self, faults: FaultSet) -> FaultSet:
        self.now = faults
        self._store.write_note(_NOTE, faults.model_dump_json())
        return faults
