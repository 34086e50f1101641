"""The shapes that the payments API takes."""

from typing import Annotated, Literal

from pydantic import Field

from compliance.routes.bodies import Body, Line
from core.money import AMOUNT_MINOR_MAX

Amount = Annotated[int, Field(ge=1, le=AMOUNT_MINOR_MAX)]


class CaptureBody(Body):
    """How much of what is held to take; without an amount, all of it."""

    amount: Amount | None = None


class RefundBody(Body):
    """How much to give back; without an amount, all that is left of the newest charge."""

    amount: Amount | None = None
    reason: Literal["duplicate", "fraudulent", "requested_by_customer", "other"] | None = None


class DecisionBody(Body):
    """Why, as whoever decides wants it remembered."""

    note: Annotated[Line, Field(max_length=500)] | None = None


class ClearBody(Body):
    """What the person who looked at the flag has to say."""

    note: Annotated[Line, Field(max_length=500)] | None = None
