"""Link tokens and page nonces.

A token is 24 characters of base 62, 142 random bits; only its keyed hash is looked up, and it is sealed for resending.
A page nonce proves that a report comes from a page that we served for this link; it is signed, not stored.
"""

import hmac
import re
import secrets
from datetime import datetime, timedelta
from typing import Final

from compliance.origins import ORIGIN, network_of
from compliance.vault import SYSTEM, DataKey, Vault
from core.database import Database

TOKEN_LENGTH: Final = 24
_ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_TOKEN: Final = re.compile(rf"[0-9A-Za-z]{{{TOKEN_LENGTH}}}")
_NONCE_LIFE: Final = timedelta(hours=24)
_LOOKUP: Final = "link.token"
_NONCE: Final = "page.nonce"
_PAYER: Final = "link.payer"
_CANARY: Final = "page.canary"


def new_token() -> str:
    """A fresh token. Letters and digits only, so that every messenger makes the whole of it a link."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(TOKEN_LENGTH))


class Tokens:
    """Hashes tokens and signs nonces, with keys of this installation that are loaded once."""

    def __init__(self, lookup: DataKey, nonce: DataKey, origin: DataKey) -> None:
        self._lookup = lookup
        self._nonce = nonce
        self._origin = origin

    @classmethod
    async def load(cls, database: Database, vault: Vault, *, now: datetime) -> "Tokens":
        """Reads the keys, and makes them on the very first start."""
        async with database.transaction() as session:
            return cls(
                await vault.key(session, SYSTEM, _LOOKUP, now=now),
                await vault.key(session, SYSTEM, _NONCE, now=now),
                await vault.key(session, SYSTEM, ORIGIN, now=now),
            )

    def lookup_hash(self, token: str) -> str | None:
        """The hash that a link is found by; None for what no token looks like."""
        if _TOKEN.fullmatch(token) is None:
            return None
        return self._lookup.mac(_LOOKUP, token)

    def canary(self, account: str) -> str:
        """The token of the page that is looked at to see what an account's pages run. It looks like any other."""
        number = int(self._lookup.mac(_CANARY, account), 16)
        letters = []
        for _ in range(TOKEN_LENGTH):
            number, digit = divmod(number, len(_ALPHABET))
            letters.append(_ALPHABET[digit])
        return "".join(letters)

    def hash_of_origin(self, address: str) -> str:
        """A customer's network address, for counting, and for comparing with those that agents sign in from."""
        return self._origin.mac(ORIGIN, network_of(address))

    def hash_of_payer(self, link: str, key: str) -> str:
        """A payer of a multi-use link, for finding their payment again; on another link the same key is another's."""
        return self._lookup.mac(_PAYER, f"{link}|{key}")

    def page_nonce(self, link: str, page: str, *, now: datetime) -> str:
        """Shape: `{unix seconds}.{hex}`; good for this link and page view, for a day."""
        issued = str(int(now.timestamp()))
        return f"{issued}.{self._sign(link, page, issued)}"

    def nonce_holds(self, nonce: str, link: str, page: str, *, now: datetime) -> bool:
        """Whether we made this nonce for this link and page, not too long ago."""
        issued, _, signature = nonce.partition(".")
        if not (issued.isascii() and issued.isdigit() and len(issued) <= 12):
            return False
        age_seconds = now.timestamp() - int(issued)
        if not -60 <= age_seconds <= _NONCE_LIFE.total_seconds():
            return False
        expected = self._sign(link, page, issued)
        return hmac.compare_digest(expected.encode(), signature.encode())

    def _sign(self, link: str, page: str, issued: str) -> str:
        return self._nonce.mac(_NONCE, f"{link}|{page}|{issued}")
