"""The settings of anchors. Part of `app.settings.Settings`, which prefixes their names with `PAYTHREAD_`."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode

from app.anchors.destinations import read_destination
from compliance.journal.anchor_rounds import Destination
from core.clock import Clock, utc_now


class AnchorSettings(BaseSettings):
    """Where the journal's anchors go by themselves, and how often; nowhere unless it is set."""

    anchor_destinations: Annotated[list[str], NoDecode] = Field(default_factory=list, max_length=8)
    anchor_minutes: int = Field(default=15, ge=1, le=1440)
    # For the https ones.
    anchor_token: str | None = Field(default=None, pattern=r"^[!-~]+$", repr=False)
    anchor_ca_file: Path | None = None

    @field_validator("anchor_destinations", mode="before")
    @classmethod
    def _in_a_list(cls, value: object) -> object:
        if isinstance(value, str):
            return [part.strip() for part in value.split(",") if part.strip()]
        return value

    @field_validator("anchor_destinations")
    @classmethod
    def _readable(cls, value: list[str]) -> list[str]:
        names = [read_destination(text, clock=utc_now).name for text in value]
        if len(set(names)) != len(names):
            raise ValueError("must not name the same destination twice")
        return value

    def destinations(self, clock: Clock) -> Sequence[Destination]:
        """The destinations, as they are set."""
        return [
            read_destination(
                text, clock=clock, token=self.anchor_token, ca_file=self.anchor_ca_file
            )
            for text in self.anchor_destinations
        ]
