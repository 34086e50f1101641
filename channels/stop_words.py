"""Whether a customer's message is a request to stop, or to start again.

Exact words only: the whole message is one of them, whatever its case, spaces and punctuation. A sentence
that merely holds such a word ("don't stop by") is a message for a person to read.
"""

import unicodedata
from typing import Final, Literal

# 47 CFR 64.1200(a)(10) names these, beside any reasonable wording; and what carriers act on themselves.
_STOP: Final = frozenset(
    {
        "stop",
        "stop all",
        "stopall",
        "quit",
        "end",
        "revoke",
        "opt out",
        "optout",
        "cancel",
        "unsubscribe",
    }
)
# Not "yes": a customer says that to all sorts of things.
_START: Final = frozenset({"start", "unstop", "opt in", "optin"})


def choice_in(text: str) -> Literal["stop", "start"] | None:
    """What the message asks for, or None when it is a message like any other."""
    letters = [
        character if unicodedata.category(character)[0] in "LN" else " "
        for character in unicodedata.normalize("NFKC", text)
        if unicodedata.category(character) != "Cf"
    ]
    words = " ".join("".join(letters).split()).casefold()
    if words in _STOP:
        return "stop"
    if words in _START:
        return "start"
    return None
