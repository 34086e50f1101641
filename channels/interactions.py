"""Contacts from outside, and notes: what is told of a call, a visit, a cart, a form, a fax, a survey.

Nothing of them is kept but their entry in the journal: they belong to the customer's history, and their words lie
under the customer's key. The entry's id is the interaction's with another prefix, so that one is found by the other.
What a customer answered to a survey is recorded as `survey.answered`, everything else as `interaction.recorded`. What
looks like a card number is masked before, and an incident says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Literal

from compliance import masking
from compliance.journal import Ages, Event, Reader, record
from compliance.principal import Principal
from core.clock import rfc3339
from core.database import Session
from core.database.schema import canonical_json
from core.errors import InvalidField, NotFound
from core.ids import is_id, new_id

Kind = Literal["call", "visit", "cart", "form", "fax", "survey", "other"]
Direction = Literal["inbound", "outbound"]

DATA_BYTES_MAX: Final = 32 * 1024
DATA_DEPTH_MAX: Final = 8
RECORDED: Final = "interaction.recorded"
ANSWERED: Final = "survey.answered"
_PREFIX: Final = "int"
_EARLIEST: Final = datetime(2000, 1, 1, tzinfo=UTC)
_AHEAD_MAX: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Interaction:
    """One contact, as the system that saw it tells it."""

    customer: str
    kind: Kind
    direction: Direction
    occurred_at: datetime
    data: Mapping[str, Any]


def check_interaction(occurred_at: datetime, data: Mapping[str, Any], *, now: datetime) -> None:
    """Raises `InvalidField`."""
    if not _EARLIEST < occurred_at <= now + _AHEAD_MAX:
        raise InvalidField(
            "/occurred_at", "The time lies after the year 2000, and at most a day ahead."
        )
    if _deeper_than(data, DATA_DEPTH_MAX):
        raise InvalidField("/data", f"The data is at most {DATA_DEPTH_MAX} levels deep.")
    if len(canonical_json(dict(data)).encode()) > DATA_BYTES_MAX:
        raise InvalidField("/data", f"The data is at most {DATA_BYTES_MAX // 1024} KiB long.")


def record_interaction(
    session: Session, caller: Principal, told: Interaction, *, now: datetime
) -> dict[str, Any]:
    """Records it, and answers it as the API shows it. The caller has checked it."""
    interaction = new_id(_PREFIX, now)
    data = masking.mask_value(dict(told.data))
    about = {"interaction": interaction, "kind": told.kind, "direction": told.direction}
    record(
        session,
        Event(
            type=ANSWERED if _is_answer(told) else RECORDED,
            id=_entry_id(interaction),
            merchant=caller.merchant,
            occurred_at=told.occurred_at,
            actor=caller.actor,
            customer=told.customer,
            agent=caller.agent,
            data=about,
            private={"data": data},
            ages=Ages.CONTACTS,
        ),
    )
    if data != told.data:
        _tell_masked(session, caller, told.customer, about, now=now)
    return {
        "id": interaction,
        "customer": told.customer,
        "kind": told.kind,
        "direction": told.direction,
        "occurred_at": rfc3339(told.occurred_at),
        "data": data,
        "agent": caller.agent,
    }


async def get_interaction(
    session: Session, reader: Reader, caller: Principal, interaction: str
) -> dict[str, Any]:
    """As it was recorded; `data` is null once the customer was erased. Raises `NotFound`, also for what is not the
    caller's to see.
    """
    found = None
    if is_id(interaction, _PREFIX):
        found = await reader.find(session, caller.merchant, _entry_id(interaction))
    if found is None or found.type not in {RECORDED, ANSWERED}:
        raise NotFound("interaction")
    agents = sorted(caller.teammates or ())
    if not caller.sees_work_of(found.agent) and not await reader.serves(
        session, caller.merchant, agents, customer=found.customer or ""
    ):
        raise NotFound("interaction")
    return {
        "id": interaction,
        "customer": found.customer,
        "kind": found.data["kind"],
        "direction": found.data["direction"],
        "occurred_at": rfc3339(found.occurred_at),
        "data": found.data.get("data"),
        "agent": found.agent,
    }


def _entry_id(interaction: str) -> str:
    return f"evt{interaction.removeprefix(_PREFIX)}"


def _is_answer(told: Interaction) -> bool:
    """Whether the customer told something; a survey that went out to them is only asked."""
    return told.kind == "survey" and told.direction == "inbound" and bool(told.data)


def record_note(
    session: Session, caller: Principal, *, customer: str, text: str, now: datetime
) -> dict[str, Any]:
    """Records what somebody wants colleagues to know of a customer, and answers it as the API shows it."""
    note = new_id("nte", now)
    masked = masking.mask(text)
    record(
        session,
        Event(
            type="note.added",
            merchant=caller.merchant,
            occurred_at=now,
            actor=caller.actor,
            customer=customer,
            agent=caller.agent,
            data={"note": note},
            private={"text": masked},
            ages=Ages.CONTACTS,
        ),
    )
    if masked != text:
        _tell_masked(session, caller, customer, {"note": note}, now=now)
    return {
        "id": note,
        "customer": customer,
        "text": masked,
        "agent": caller.agent,
        "created_at": rfc3339(now),
    }


def _tell_masked(
    session: Session, caller: Principal, customer: str, data: dict[str, Any], *, now: datetime
) -> None:
    record(
        session,
        Event(
            type="incident.card_number_masked",
            merchant=caller.merchant,
            occurred_at=now,
            actor=caller.actor,
            customer=customer,
            agent=caller.agent,
            data=data,
        ),
    )


def _deeper_than(value: Any, levels: int) -> bool:
    if not isinstance(value, dict | list):
        return False
    inside = value.values() if isinstance(value, dict) else value
    return levels == 0 or any(_deeper_than(each, levels - 1) for each in inside)
