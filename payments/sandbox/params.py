"""What did the caller ask for? Typed reading of parsed parameters; what nobody read is unknown."""

import re
from typing import Any

from payments.sandbox.errors import BadRequest

METADATA_KEYS_MAX = 50
_NAME = re.compile(r"[a-z0-9_]{1,40}\Z")
_INTEGER = re.compile(r"-?[0-9]{1,18}\Z", re.ASCII)


class Params:
    """Each parameter is read once by name; `finish` refuses the ones that were not read."""

    def __init__(self, values: dict[str, Any], path: str = "") -> None:
        self._left = dict(values)
        self._path = path
        self._groups: list[Params] = []

    def __contains__(self, name: str) -> bool:
        return name in self._left

    def place(self, name: str) -> str:
        return f"{self._path}[{name}]" if self._path else name

    def text(self, name: str, *, length_max: int = 1000) -> str | None:
        """None when absent or empty: Stripe unsets with an empty string."""
        value = self._left.pop(name, None)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            raise BadRequest(
                "Invalid string.", code="parameter_invalid_string", param=self.place(name)
            )
        if len(value) > length_max:
            raise BadRequest(
                f"Invalid string; must be at most {length_max} characters.",
                param=self.place(name),
            )
        return value

    def required(self, name: str, *, length_max: int = 1000) -> str:
        value = self.text(name, length_max=length_max)
        if value is None:
            raise missing(self.place(name))
        return value

    def integer(self, name: str, *, least: int = 0, most: int | None = None) -> int | None:
        value = self.text(name)
        if value is None:
            return None
        if _INTEGER.match(value) is None:
            raise BadRequest(
                "Invalid integer.", code="parameter_invalid_integer", param=self.place(name)
            )
        number = int(value)
        if number < least or (most is not None and number > most):
            reach = f"greater than or equal to {least}" if number < least else f"at most {most}"
            raise BadRequest(
                f"This value must be {reach}.",
                code="parameter_invalid_integer",
                param=self.place(name),
            )
        return number

    def boolean(self, name: str) -> bool | None:
        value = self.text(name)
        if value is None:
            return None
        if value not in ("true", "false"):
            raise BadRequest("Invalid boolean; must be true or false.", param=self.place(name))
        return value == "true"

    def choice(self, name: str, allowed: tuple[str, ...]) -> str | None:
        value = self.text(name)
        if value is not None and value not in allowed:
            raise BadRequest(
                f"Invalid {self.place(name)}: must be one of {', '.join(allowed)}.",
                param=self.place(name),
            )
        return value

    def texts(self, name: str) -> list[str]:
        value = self._left.pop(name, [])
        if value == "":
            return []
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise BadRequest("Invalid array.", param=self.place(name))
        return [str(item) for item in value]

    def group(self, name: str) -> "Params | None":
        value = self._left.pop(name, None)
        if value is None or value == "":
            return None
        if not isinstance(value, dict):
            raise BadRequest("Invalid hash.", param=self.place(name))
        inner = Params(value, self.place(name))
        self._groups.append(inner)
        return inner

    def groups(self, name: str) -> "list[Params]":
        """A list of groups, such as `line_items[0][quantity]`."""
        value = self._left.pop(name, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise BadRequest("Invalid array.", param=self.place(name))
        inner = [Params(item, f"{self.place(name)}[{index}]") for index, item in enumerate(value)]
        self._groups += inner
        return inner

    def ignore(self, *names: str) -> None:
        """Stripe knows these parameters; here they change nothing."""
        for name in names:
            self._left.pop(name, None)

    def metadata(self, name: str = "metadata") -> dict[str, str] | None:
        """An empty value means: forget this key."""
        value = self._left.pop(name, None)
        if value is None:
            return None
        if value == "":
            return {}
        if isinstance(value, list):
            value = {str(index): item for index, item in enumerate(value)}
        if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
            raise BadRequest("Metadata values must be text.", param=self.place(name))
        if len(value) > METADATA_KEYS_MAX:
            raise BadRequest("Metadata can have up to 50 keys.", param=self.place(name))
        for key, text in value.items():
            if len(key) > 40 or len(text) > 500:
                raise BadRequest(
                    "Metadata keys can have up to 40 characters, values up to 500.",
                    param=self.place(name),
                )
        return dict(value)

    def finish(self) -> None:
        for inner in self._groups:
            inner.finish()
        if not self._left:
            return
        name = next(iter(self._left))
        shown = self.place(name) if _NAME.match(name) and not re.search(r"\d{12}", name) else None
        raise BadRequest(
            f"Received unknown parameter: {shown}" if shown else "Received unknown parameter.",
            code="parameter_unknown",
            param=shown,
        )


def missing(place: str) -> BadRequest:
    return BadRequest(f"Missing required param: {place}.", code="parameter_missing", param=place)


def merged_metadata(old: dict[str, str], new: dict[str, str] | None) -> dict[str, str]:
    if new is None:
        return old
    if not new:
        return {}
    return {key: text for key, text in (old | new).items() if text != ""}
