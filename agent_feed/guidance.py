"""Guidance: what the merchant has its agents say when a customer is in one of a few situations.

The console has words of its own for each; what is written here takes their place. Plain text, one script a situation.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Final

from compliance.masking import holds_card_number
from compliance.merchant_settings import Setting, Unfit, as_json, read, ruled, write
from compliance.principal import Principal
from core.database import Session
from core.errors import NotFound

TEXT_LENGTH_MAX: Final = 600
_CONTROL: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Script:
    """Words to say; with line breaks, without other control characters or a card number."""

    @property
    def shape(self) -> dict[str, Any]:
        return {"type": "string", "minLength": 1, "maxLength": TEXT_LENGTH_MAX}

    def taken(self, value: object) -> str:
        if not isinstance(value, str) or not value.strip():
            raise Unfit("must be a text that says something")
        if len(value) > TEXT_LENGTH_MAX:
            raise Unfit(f"must have at most {TEXT_LENGTH_MAX} characters")
        if _CONTROL.search(value) is not None:
            raise Unfit("must be plain text")
        if holds_card_number(value):
            raise Unfit("must not hold a card number")
        return value.strip()


def _script() -> Any:
    return ruled(None, Script())


@dataclass(frozen=True, slots=True)
class Guidance(Setting):
    """The merchant's own scripts by situation; None: the console's words hold."""

    name: ClassVar[str] = "guidance"
    declined_funds: str | None = _script()
    declined: str | None = _script()
    bank_app: str | None = _script()
    wrong_code: str | None = _script()
    stuck_field: str | None = _script()
    not_arrived: str | None = _script()
    stalled: str | None = _script()
    help: str | None = _script()
    expired: str | None = _script()


SITUATIONS: Final = tuple(as_json(Guidance()))


async def all_scripts(session: Session, merchant: str) -> list[dict[str, Any]]:
    """Every situation there is, with the merchant's own words or null."""
    own = as_json(await read(session, merchant, Guidance))
    return [{"situation": each, "text": own[each]} for each in SITUATIONS]


async def script_for(session: Session, merchant: str, situation: str) -> dict[str, Any]:
    """Raises `NotFound` for a situation that there is none of."""
    check_situation(situation)
    own = as_json(await read(session, merchant, Guidance))
    return {"situation": situation, "text": own[situation]}


async def set_script(
    session: Session, caller: Principal, situation: str, text: str | None, *, now: datetime
) -> dict[str, Any]:
    """The merchant's own words from now on; None gives the console's back. Raises `NotFound`, `SettingsInvalid`."""
    check_situation(situation)
    changes = {situation: text}
    after = await write(session, caller.merchant, Guidance, changes, actor=caller.actor, now=now)
    return {"situation": situation, "text": as_json(after)[situation]}


def check_situation(situation: str) -> None:
    """Raises `NotFound`."""
    if situation not in SITUATIONS:
        raise NotFound("situation")
