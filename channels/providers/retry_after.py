"""`Retry-After` in seconds (RFC 9110, 10.2.3), bounded: a provider may ask for patience, not for tomorrow."""

from collections.abc import Mapping
from typing import Final

RETRY_AFTER_SECONDS_MAX: Final = 900
# More digits than these are no number of seconds that anybody means.
_DIGITS_MAX: Final = 9


def retry_after_seconds(headers: Mapping[str, str]) -> int | None:
    """At most 900; None without the header, or where it holds a date or anything else. Header names in lower case."""
    text = headers.get("retry-after", "")
    usable = text.isascii() and text.isdigit() and len(text) <= _DIGITS_MAX
    return min(int(text), RETRY_AFTER_SECONDS_MAX) if usable else None
