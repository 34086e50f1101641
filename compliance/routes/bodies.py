"""The base of every request body: strict types, unknown fields refused, no card number in any text."""

import re
from datetime import UTC, datetime
from typing import Annotated, Any, ClassVar, Final

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    StringConstraints,
    model_validator,
)

from compliance import masking


class Body(BaseModel):
    """Strict: `"10"`, `10.0` and `true` are no integers; an unknown field is an error (422), as is a card number.

    A model that takes text from a customer, which is masked instead of refused, sets `masks` to True. `opaque` names
    fields that hold somebody else's random words, in which digits may stand by chance, and which are never kept.
    """

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)
    masks: ClassVar[bool] = False
    opaque: ClassVar[frozenset[str]] = frozenset()

    @model_validator(mode="before")
    @classmethod
    def _no_card_number(cls, value: Any) -> Any:
        if cls.masks:
            return masking.mask_value(value)
        if isinstance(value, dict):
            for name, item in value.items():
                if name in cls.opaque:
                    continue
                if masking.value_holds_card_number(item) or masking.holds_card_number(str(name)):
                    raise ValueError("card_number: a card number must never be sent here")
        return value


def _plain(text: str) -> str:
    if any(ord(c) < 32 and c not in "\n\t" for c in text) or "\x7f" in text:
        raise ValueError("control characters are not allowed")
    return text


def _one_line(text: str) -> str:
    if any(ord(c) < 32 or c in "\x7f\u2028\u2029" for c in text):
        raise ValueError("line breaks and control characters are not allowed")
    if any(c in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069" for c in text):
        raise ValueError("characters that turn the reading direction are not allowed")
    return text


def _no_card_number(text: str) -> str:
    # Of random hexadecimal digits one in a thousand would be taken for one: nothing but digits is not random.
    if text.replace("-", "").isdigit() and masking.holds_card_number(text):
        raise ValueError("a card number must never be sent here")
    return text


# What a browser calls a message of its own, so that a repetition is recognised: kept as it comes.
ClientId = Annotated[
    str, StringConstraints(pattern=r"^[0-9A-Za-z-]{8,64}$"), AfterValidator(_no_card_number)
]

# One line that a person reads: a name, a subject, a reference.
Line = Annotated[str, StringConstraints(min_length=1, max_length=200), AfterValidator(_one_line)]
# Longer text that may have line breaks.
Text = Annotated[str, StringConstraints(min_length=1, max_length=2000), AfterValidator(_plain)]

# What is written to a customer.
Words = Annotated[str, StringConstraints(min_length=1, max_length=20_000), AfterValidator(_plain)]

_RFC3339: Final = re.compile(
    r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:[Zz]|[+-]\d{2}:\d{2})"
)


def _moment(value: Any) -> Any:
    if not isinstance(value, str) or _RFC3339.fullmatch(value) is None:
        raise ValueError("must be an RFC 3339 time with a zone, like 2026-11-22T13:24:05Z")
    try:
        # In UTC at once: the first and the last day of the calendar have zones that lie outside of it.
        return datetime.fromisoformat(value.upper().replace("Z", "+00:00")).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError("must be a time that exists") from None


# An RFC 3339 time with its zone, in UTC.
Moment = Annotated[AwareDatetime, BeforeValidator(_moment)]
