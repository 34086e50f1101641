"""Numbers that misbehave on purpose.

The +1500 numbers are Twilio's own (https://www.twilio.com/docs/iam/test-credentials, "Test SMS messages"). The
others are ours, from the range that Ofcom keeps for drama, for failures that come after the message was taken.
"""

from __future__ import annotations

from dataclasses import dataclass

from channels.simulator.messages import Status


@dataclass(frozen=True)
class Ending:
    """What happens to a message on the way: its statuses in order, the last with this error code."""

    statuses: tuple[Status, ...]
    error_code: int | None


REFUSED_TO: dict[str, int] = {
    "+15005550001": 21211,
    "+15005550002": 21612,
    "+15005550003": 21408,
    "+15005550004": 21610,
    "+15005550009": 21614,
}
REFUSED_FROM: dict[str, int] = {
    "+15005550001": 21212,
    "+15005550007": 21606,
    "+15005550008": 21611,
}

DELIVERED = Ending((Status.SENT, Status.DELIVERED), None)
ENDINGS: dict[str, Ending] = {
    # 30003: unreachable destination handset. 30007: filtered by the carrier.
    "+447700900993": Ending((Status.SENT, Status.UNDELIVERED), 30003),
    "+447700900997": Ending((Status.FAILED,), 30007),
    "+447700900999": Ending((Status.SENT,), None),
}

# Shown on the page, in its words.
EXPLAINED: tuple[tuple[str, str], ...] = (
    ("+447700900993", "accepted, then undelivered: phone out of reach (30003)"),
    ("+447700900997", "accepted, then failed: filtered by the carrier (30007)"),
    ("+447700900999", "sent, and no delivery report ever comes"),
    ("+15005550001", "refused: not a valid number (21211)"),
    ("+15005550002", "refused: cannot be reached (21612)"),
    ("+15005550003", "refused: country not allowed (21408)"),
    ("+15005550004", "refused: has unsubscribed (21610)"),
    ("+15005550009", "refused: not a mobile (21614)"),
)


def ending_for(number: str) -> Ending:
    return ENDINGS.get(number, DELIVERED)


def reaches_the_phone(number: str) -> bool:
    ending = ending_for(number)
    return ending.error_code is None
