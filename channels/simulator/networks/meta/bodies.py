"""Reads the parts of what is posted to the Graph API, and refuses what has another shape as Meta does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from channels.simulator.networks.meta.refusals import MetaRefused

_INVALID_PARAMETER = 100


def object_in(holder: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """The object of that name. Raises MetaRefused."""
    value = holder.get(name)
    if not isinstance(value, dict):
        raise MetaRefused(_INVALID_PARAMETER)
    return value


def text_in(holder: Mapping[str, Any], name: str) -> str:
    """The text of that name, without what no database keeps. Raises MetaRefused."""
    value = holder.get(name)
    if not isinstance(value, str) or "\x00" in value:
        raise MetaRefused(_INVALID_PARAMETER)
    return value.encode("utf-8", "replace").decode()
