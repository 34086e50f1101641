"""The doors find the hub of the service that they belong to, and bound what may be asked of them."""

from typing import Any

import pytest
from fastapi import FastAPI, Request
from pydantic import TypeAdapter, ValidationError

from agent_feed.hub import Hub
from agent_feed.routes.house import POSITION_MAX, Cursor, Limit, hub_of


def test_the_hub_is_the_running_services(app: FastAPI, hub: Hub) -> None:
    request = Request({"type": "http", "app": app, "headers": []})
    assert hub is hub_of(request)


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [(Limit, ("1", "200"), ("0", "201", "x")), (Cursor, ("0", str(POSITION_MAX)), ("-1", "x"))],
)
def test_limits_and_cursors_are_bounded(
    kind: Any, good: tuple[str, ...], bad: tuple[str, ...]
) -> None:
    reader: TypeAdapter[int] = TypeAdapter(kind)
    assert [int(text) for text in good] == [reader.validate_python(text) for text in good]
    for text in bad:
        with pytest.raises(ValidationError):
            reader.validate_python(text)
