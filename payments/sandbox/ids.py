"""How are the sandbox's objects named? `pi_…`, `ch_…`: a prefix and 24 random letters and digits."""

import re
import secrets
import string

_LETTERS = string.ascii_letters + string.digits
_LIKE_AN_ID = re.compile(r"[a-z]{2,6}_[A-Za-z0-9_]{1,80}\Z")


def new_id(prefix: str) -> str:
    return f"{prefix}_{random_text(24)}"


def random_text(length: int) -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(length))


def looks_like_id(text: str) -> bool:
    """True for what may be repeated in an error message: nothing that could be a card number."""
    return _LIKE_AN_ID.match(text) is not None and re.search(r"\d{12}", text) is None
