"""What these doors need of the house besides the gate."""

from typing import Annotated, Final

from fastapi import Query
from starlette.requests import HTTPConnection

from agent_feed.hub import Hub
from agent_feed.listing import TYPES_LENGTH_MAX

POSITION_MAX: Final = 2**63 - 1

Limit = Annotated[int, Query(ge=1, le=200, description="How many at most.")]
Types = Annotated[
    str | None,
    Query(
        max_length=TYPES_LENGTH_MAX,
        description="Event types, separated by commas; `payment.*` stands for a family.",
    ),
]
Cursor = Annotated[
    int | None,
    Query(ge=0, le=POSITION_MAX, description="The `next_cursor` of the page before."),
]


def hub_of(connection: HTTPConnection) -> Hub:
    """The hub of the running service."""
    hub: Hub = connection.app.state.hub
    return hub
