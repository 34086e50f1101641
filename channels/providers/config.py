"""Reads an account's configuration strictly: unknown and missing settings are named, values never repeated."""

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from channels.port import AccountConfigInvalid


class ProviderConfig(BaseModel):
    """The base of every provider's settings. `repr` shows none of them: some are secrets."""

    model_config = ConfigDict(
        strict=True, extra="forbid", frozen=True, populate_by_name=True, hide_input_in_errors=True
    )

    # How many messages the provider takes a second from this account; the rest wait their turn.
    messages_per_second: int | None = Field(default=None, ge=1, le=10_000)

    def __repr__(self) -> str:
        return f"{type(self).__name__}(…)"

    __str__ = __repr__


_Config = TypeVar("_Config", bound=ProviderConfig)


def read_config(model: type[_Config], config: Mapping[str, Any]) -> _Config:
    """The settings as the provider's own model. Raises `AccountConfigInvalid`."""
    try:
        return model.model_validate(dict(config))
    except ValidationError as error:
        wrong = [
            f"{'.'.join(str(part) for part in each['loc']) or 'settings'}: {each['msg']}"
            for each in error.errors(include_input=False, include_url=False, include_context=False)
        ]
        raise AccountConfigInvalid(
            f"The channel's settings are wrong: {'; '.join(wrong)}."
        ) from None
