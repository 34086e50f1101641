"""What is going wrong now: folded from the journal, which tells of each trouble when it begins and when it is over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from compliance.journal import Query, Reader
from core.clock import rfc3339
from core.database import Session

# What tells that it began, and what tells that it is over.
ENDED_BY: Final[Mapping[str, str]] = {
    "incident.decline_spike": "incident.decline_spike_over",
    "incident.psp_down": "incident.psp_down_over",
    "incident.message_failures": "incident.message_failures_over",
    "incident.card_testing": "incident.card_testing_over",
    "incident.mailbox_failing": "incident.mailbox_recovered",
}
_BEGUN_BY: Final = {over: begun for begun, over in ENDED_BY.items()}
_TYPES: Final = frozenset({*ENDED_BY, *_BEGUN_BY})
# So many of the newest are looked at: an incident that is older than all of them is no news.
_LOOKED_AT_MAX: Final = 500


@dataclass(frozen=True, slots=True)
class Incident:
    """One that is open. `account` is the PSP's or channel's account that it is about, where it is about one."""

    kind: str
    since: datetime
    account: str | None
    channel: str | None
    event: str
    data: Mapping[str, Any]

    def as_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "since": rfc3339(self.since),
            "account": self.account,
            "channel": self.channel,
            "event": self.event,
            "data": dict(self.data),
        }


async def open_incidents(session: Session, reader: Reader, merchant: str) -> Sequence[Incident]:
    """Oldest first."""
    newest = await reader.read(
        session,
        Query(merchant=merchant, types=_TYPES, newest_first=True, limit=_LOOKED_AT_MAX),
    )
    found: dict[tuple[str, str | None], Incident] = {}
    for entry in reversed(newest):
        kind = _BEGUN_BY.get(entry.type, entry.type)
        account = entry.data.get("account")
        if entry.type in _BEGUN_BY:
            found.pop((kind, account), None)
        elif (kind, account) not in found:
            found[kind, account] = Incident(
                kind=kind.removeprefix("incident."),
                since=entry.occurred_at,
                account=account,
                channel=entry.channel,
                event=entry.id,
                data=entry.data,
            )
    return list(found.values())
