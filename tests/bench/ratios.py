"""What is compared: one figure of ours and of a bare baseline, from the same run on the same machine."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Ratio:
    """`target` is what the ratio of ours to bare should reach at least, or stay below, as `better` says."""

    name: str
    ours: float
    bare: float
    unit: str
    better: Literal["higher", "lower"]
    target: float | None
    against: str

    @property
    def ratio(self) -> float:
        """Ours for each one of the baseline's."""
        return self.ours / self.bare

    @property
    def reached(self) -> bool | None:
        """Whether the target is reached; None where there is none."""
        if self.target is None:
            return None
        return self.ratio >= self.target if self.better == "higher" else self.ratio <= self.target
