"""Sign-ins that are at the provider: each is one browser's, used once, and over after ten minutes.

The browser holds a secret in a cookie that no script reads; the provider is told a state, a nonce and a challenge.
Nonce and PKCE verifier are keyed hashes of the state under that secret, so the database, which keeps hashes alone, has
nothing that would let anybody go on with somebody else's sign-in; and every process can take it up.
"""

import base64
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa
from authlib.oauth2.rfc7636 import create_s256_code_challenge

from core.database import Session, UtcDateTime, metadata

LIFE: Final = timedelta(minutes=10)
HOME: Final = "#/links"
# The console's own paths all stand behind the `#`: wherever this leads, it is the console.
_PLACE: Final = re.compile(r"#/[A-Za-z0-9_/-]{0,200}")

sso_logins = sa.Table(
    "sso_logins",
    metadata,
    sa.Column("state_hash", sa.String(64), primary_key=True),
    sa.Column("browser_hash", sa.String(64), nullable=False),
    sa.Column("merchant", sa.String(40), sa.ForeignKey("merchants.id"), nullable=False),
    sa.Column("return_to", sa.String(210), nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("expires_at", UtcDateTime, nullable=False, index=True),
)


@dataclass(frozen=True, slots=True, repr=False)
class Login:
    """What one sign-in is told apart by. `browser` is for the cookie alone, `verifier` for the token call alone."""

    state: str
    browser: str
    merchant: str
    return_to: str

    @property
    def nonce(self) -> str:
        """What the ID token must repeat."""
        return self._derived("nonce")

    @property
    def verifier(self) -> str:
        """RFC 7636: 43 characters that only this browser's sign-in can show."""
        return self._derived("verifier")

    @property
    def challenge(self) -> str:
        """The verifier's S256 challenge."""
        return str(create_s256_code_challenge(self.verifier))

    def _derived(self, purpose: str) -> str:
        digest = hmac.new(self.browser.encode(), f"{purpose}\x00{self.state}".encode(), "sha256")
        return base64.urlsafe_b64encode(digest.digest()).rstrip(b"=").decode()


async def begin(session: Session, *, merchant: str, return_to: str | None, now: datetime) -> Login:
    """A fresh sign-in; those that ran out are swept up."""
    login = Login(
        state=secrets.token_urlsafe(32),
        browser=secrets.token_urlsafe(32),
        merchant=merchant,
        return_to=_own_place(return_to),
    )
    await session.execute(sa.delete(sso_logins).where(sso_logins.c.expires_at <= now))
    await session.execute(
        sa.insert(sso_logins).values(
            state_hash=_hash(login.state),
            browser_hash=_hash(login.browser),
            merchant=merchant,
            return_to=login.return_to,
            created_at=now,
            expires_at=now + LIFE,
        )
    )
    return login


async def take(session: Session, *, state: str, browser: str, now: datetime) -> Login | None:
    """Uses the sign-in up. None where it was used, ran out, never was, or is another browser's."""
    row = await session.one_or_none(
        sa.delete(sso_logins)
        .where(
            sso_logins.c.state_hash == _hash(state),
            sso_logins.c.browser_hash == _hash(browser),
            sso_logins.c.expires_at > now,
        )
        .returning(sso_logins)
    )
    return None if row is None else Login(state, browser, row["merchant"], row["return_to"])


def _own_place(asked: str | None) -> str:
    return asked if asked is not None and _PLACE.fullmatch(asked) else HOME


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
