"""How does the sandbox misbehave right now?

Set through `/control/faults`, kept in memory: a restarted sandbox behaves. The counters count down
as they are used.
"""

import json
import random
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

COPIES_MAX = 20
REORDER_WINDOW_MS = 1000


class FaultsRefused(Exception):
    """What was asked for is no set of faults; `errors` says where and why, without echo."""

    def __init__(self, errors: list[dict[str, str]]) -> None:
        super().__init__("Not a set of faults.")
        self.errors = errors


def _number(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError("must be a number of seconds")
    number = Decimal(value)
    if not number.is_finite() or number.as_tuple().exponent not in range(-6, 6):
        raise ValueError("must be a plain number of seconds")
    return number


Seconds = Annotated[Decimal, BeforeValidator(_number), Field(ge=0, le=600)]
Count = Annotated[int, Field(ge=0, le=100_000)]


class FaultSettings(BaseModel):
    """The JSON of `/control/faults`."""

    model_config = ConfigDict(strict=True, extra="forbid")

    slow: Seconds = Decimal(0)
    error_before: Count = 0
    timeout_after: Count = 0
    webhook_lost: Count = 0
    webhook_duplicated: Annotated[int, Field(ge=0, le=COPIES_MAX)] = 0
    webhook_delayed: Seconds = Decimal(0)
    webhook_reordered: bool = False

    def shown(self) -> str:
        """As JSON, with seconds as plain numbers."""
        values = self.model_dump()
        pairs = (
            f"{json.dumps(name)}: {value if isinstance(value, Decimal) else json.dumps(value)}"
            for name, value in values.items()
        )
        return "{" + ", ".join(pairs) + "}"


@dataclass(frozen=True, slots=True)
class DeliveryPlan:
    """How one event goes out: lost, or so many times, each after so many milliseconds."""

    lost: bool
    delays_ms: tuple[int, ...]


class Faults:
    def __init__(self) -> None:
        self._now = FaultSettings()

    @property
    def now(self) -> FaultSettings:
        return self._now

    def merge(self, text: bytes) -> FaultSettings:
        """Changes what the JSON object names. Raises FaultsRefused, and then changes nothing."""
        given = _read_object(text)
        try:
            self._now = FaultSettings.model_validate(self._now.model_dump() | given)
        except ValidationError as error:
            raise FaultsRefused(
                [
                    {"pointer": "/" + "/".join(str(p) for p in e["loc"]), "detail": e["msg"]}
                    for e in error.errors(include_input=False, include_url=False)
                ]
            ) from None
        return self._now

    def clear(self) -> None:
        self._now = FaultSettings()

    def slow_ms(self) -> int:
        return int(self._now.slow * 1000)

    def take(self, name: str) -> bool:
        """True, and one fewer to come, while the counter `name` is above zero."""
        left: int = getattr(self._now, name)
        if left <= 0:
            return False
        self._now = self._now.model_copy(update={name: left - 1})
        return True

    def plan_delivery(self) -> DeliveryPlan:
        if self.take("webhook_lost"):
            return DeliveryPlan(lost=True, delays_ms=(0,))
        base = int(self._now.webhook_delayed * 1000)
        copies = 1 + self._now.webhook_duplicated
        spread = REORDER_WINDOW_MS if self._now.webhook_reordered else 0
        return DeliveryPlan(
            lost=False,
            delays_ms=tuple(base + random.randint(0, spread) for _ in range(copies)),  # noqa: S311
        )


def _read_object(text: bytes) -> dict[str, Any]:
    def no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(dict(pairs)) != len(pairs):
            raise ValueError("a name is given twice")
        return dict(pairs)

    def no_constant(_: str) -> Any:
        raise ValueError("NaN and Infinity are not JSON")

    try:
        value = json.loads(
            text, parse_float=Decimal, parse_constant=no_constant, object_pairs_hook=no_twins
        )
    except (ValueError, RecursionError, ArithmeticError):
        raise FaultsRefused([{"pointer": "", "detail": "must be a JSON object"}]) from None
    if not isinstance(value, dict):
        raise FaultsRefused([{"pointer": "", "detail": "must be a JSON object"}])
    return value
