"""The journal's entries about messages: all carry link, customer, conversation, agent and channel.

Words and addresses are private. A payment link's token is left out of them: whoever reads the journal
must not be able to open the link.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from channels import problems
from channels.port import Content
from compliance import masking
from compliance.journal import Ages, Event, Recallable, record
from core.database import Session

_TOKEN_IN_URL: Final = re.compile(r"(?<=/p/)[A-Za-z0-9_~.-]*[A-Za-z0-9_~-]")


def without_tokens(text: str) -> str:
    """The text with `…` in place of every payment link's token."""
    return _TOKEN_IN_URL.sub("…", text)


def private_words(content: Content) -> dict[str, str]:
    """What a message says, as the timeline may show it: no card number, no link's token."""
    words = {"text": masking.mask(without_tokens(content.text))}
    if content.subject is not None:
        words["subject"] = masking.mask(without_tokens(content.subject))
    return words


def record_message_event(
    session: Session,
    kind: str,
    row: Mapping[str, Any] | sa.RowMapping,
    *,
    delivery: str | None,
    actor: str,
    now: datetime,
    problem: str | None = None,
    private: Mapping[str, Any] | None = None,
    recallable: Recallable | None = None,
    more: Mapping[str, Any] | None = None,
) -> None:
    """Records `message.{kind}` about the message of this row; `more` is what its data says besides."""
    data: dict[str, Any] = {"message": row["id"], **(more or {})}
    if row.get("purpose") is not None:
        data["purpose"] = row["purpose"]
    if delivery is not None:
        data["delivery"] = delivery
    if problem is not None:
        data["problem"] = problems.describe(problem)
    record(
        session,
        Event(
            type=f"message.{kind}",
            merchant=row["merchant"],
            occurred_at=now,
            actor=actor,
            data=data,
            private=private,
            recallable=recallable,
            ages=None if private is None else Ages.MESSAGES,
            link=row["link"],
            customer=row["customer"],
            conversation=row["conversation"],
            agent=row["agent"],
            channel=row["channel"],
        ),
    )
