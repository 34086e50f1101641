"""Why the far end refuses.

SimulatorError
├── BadRequest     the bytes are not what the door reads (status says which way)
├── Invalid        understood and refused; names the field
├── NotThere       no such message
└── NotPossible    the channel has no such way in reality or in this set-up
"""

from __future__ import annotations


class SimulatorError(Exception):
    """Carries what the control API answers: a status, a sentence and perhaps the field it is about."""

    status = 500

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class BadRequest(SimulatorError):
    status = 400

    def __init__(self, message: str, *, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


class Invalid(SimulatorError):
    status = 422


class NotThere(SimulatorError):
    status = 404


class NotPossible(SimulatorError):
    status = 409
