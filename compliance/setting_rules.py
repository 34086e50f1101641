"""Rules for settings that customers are shown: lines of text, web addresses, colours; and one word of several.

What a rule refuses is refused for the customer's sake: a text that could pass for another, an address that does not
lead where it seems to.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from compliance.colours import Colour
from compliance.merchant_settings import Unfit, ruled
from compliance.merchants import UnsafeName, check_shown_text

_URL_LENGTH_MAX: Final = 300
# What RFC 3986 lets stand in an address, in ASCII: a name in letters that look like others cannot hide there.
_URL: Final = re.compile(r"https://[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+")
_HOST: Final = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]"
)


@dataclass(frozen=True, slots=True)
class ShownText:
    """One line that customers are shown, held to what a merchant's name is held to."""

    length_max: int

    @property
    def shape(self) -> dict[str, Any]:
        return {"type": "string", "minLength": 1, "maxLength": self.length_max}

    def taken(self, value: object) -> str:
        if not isinstance(value, str):
            raise Unfit("must be a text")
        try:
            return check_shown_text(value, what="text", length_max=self.length_max)
        except UnsafeName as unsafe:
            raise Unfit(unsafe.detail) from None


@dataclass(frozen=True, slots=True)
class WebAddress:
    """An https address with a host name: no port, no user, and not another alphabet's letters."""

    @property
    def shape(self) -> dict[str, Any]:
        return {"type": "string", "format": "uri", "maxLength": _URL_LENGTH_MAX}

    def taken(self, value: object) -> str:
        if not isinstance(value, str):
            raise Unfit("must be a text")
        if len(value) > _URL_LENGTH_MAX or _URL.fullmatch(value) is None:
            raise Unfit(f"must be an https address of at most {_URL_LENGTH_MAX} ASCII characters")
        try:
            parts = urlsplit(value)
        except ValueError:
            raise Unfit("is no web address") from None
        if _HOST.fullmatch(parts.netloc.lower()) is None:
            raise Unfit("must name a host, such as www.example.com, and nothing beside it")
        return value


@dataclass(frozen=True, slots=True)
class ColourCode:
    """A colour as `#rrggbb`."""

    @property
    def shape(self) -> dict[str, Any]:
        return {"type": "string", "pattern": "^#[0-9a-fA-F]{6}$"}

    def taken(self, value: object) -> str:
        colour = Colour.of(value) if isinstance(value, str) else None
        if colour is None:
            raise Unfit("must be a colour written like #0d5c4b")
        return colour.code


@dataclass(frozen=True, slots=True)
class OneOf:
    """One word of several."""

    words: tuple[str, ...]

    @property
    def shape(self) -> dict[str, Any]:
        return {"type": "string", "enum": list(self.words)}

    def taken(self, value: object) -> str:
        if not isinstance(value, str) or value not in self.words:
            raise Unfit(f"must be one of: {', '.join(self.words)}")
        return value


def shown_text(*, length_max: int) -> Any:
    """A field for a line that customers are shown; not set by default."""
    return ruled(None, ShownText(length_max))


def web_address() -> Any:
    """A field for a page that customers are led to; not set by default."""
    return ruled(None, WebAddress())


def colour() -> Any:
    """A field for a colour; not set by default."""
    return ruled(None, ColourCode())


def one_of(default: str, *, among: Iterable[str]) -> Any:
    """A field for one word."""
    return ruled(default, OneOf(tuple(among)))
