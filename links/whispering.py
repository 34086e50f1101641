"""A supervisor's word to the agent on a link: seen by the two of them, and never by the customer.

It is an entry of its own kind, `note.whispered`, with the words sealed under the customer's key like those of a note.

NobodyListens         the link is nobody's work
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from compliance import masking
from compliance.journal import Ages, record
from compliance.principal import Principal
from core.clock import rfc3339
from core.database import Session
from core.errors import Kind, PaythreadError
from core.ids import new_id
from links.link_events import link_event
from links.links import Link

WORDS_MAX = 500


class NobodyListens(PaythreadError):
    """There is no agent to say it to."""

    code = "link_has_no_agent"
    kind = Kind.CONFLICT


def whisper(
    session: Session, caller: Principal, link: Link, text: str, *, now: datetime
) -> dict[str, Any]:
    """Says it, and answers it as the API shows it. A card number is masked before that. Raises `NobodyListens`."""
    if link.agent is None:
        raise NobodyListens("The link is nobody's work: assign it to somebody first.")
    note = new_id("nte", now)
    masked = masking.mask(text)
    data = {"note": note, "by": caller.agent}
    private = {"text": masked}
    said = link_event(
        "note.whispered", link, actor=caller.actor, now=now, data=data, private=private
    )
    record(session, replace(said, ages=Ages.CONTACTS))
    if masked != text:
        kind, told = "incident.card_number_masked", {"note": note}
        record(session, link_event(kind, link, actor=caller.actor, now=now, data=told))
    return {
        "id": note,
        "link": link.id,
        "agent": link.agent,
        "by": caller.agent,
        "text": masked,
        "created_at": rfc3339(now),
    }
