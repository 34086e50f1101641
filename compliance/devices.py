"""What a session's browser is called in a list, from its User-Agent: enough to tell one's own from a stranger's."""

from typing import Final

# The first that is found: most browsers name others, too.
_BROWSERS: Final = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS: Final = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def device_of(user_agent: str | None) -> str | None:
    """`Firefox, Windows`; None where it names neither. Nothing of the text itself is kept."""
    text = user_agent or ""
    found = [
        next((name for mark, name in table if mark in text), None)
        for table in (_BROWSERS, _SYSTEMS)
    ]
    return ", ".join(name for name in found if name is not None) or None
