"""The short code by which a customer knows that the page and the agent belong together.

The agent reads it out, the page shows it. It is derived from the link's own secret, so it is stored nowhere, and nobody
who does not have the link can work it out. It opens nothing.
"""

import hashlib
import hmac
from typing import Final

CODE_LENGTH: Final = 4
# No two that look alike, and few that sound alike on the telephone.
_ALPHABET: Final = "3479ACEFHJKMNPRTWXY"


def check_code(token: str, link: str) -> str:
    """Four characters; the same for the same link always. `token` is the link's secret."""
    digest = hmac.new(token.encode(), f"check code|{link}".encode(), hashlib.sha256).digest()
    number = int.from_bytes(digest, "big")
    letters = []
    for _ in range(CODE_LENGTH):
        number, place = divmod(number, len(_ALPHABET))
        letters.append(_ALPHABET[place])
    return "".join(letters)
