"""What a webhook says is sealed where it is kept: an event may hold what a customer wrote, and its answer repeat it.

Under the customer's own key, so that an erasure reaches it. An event of an erased customer says nothing of them any
more, and is sealed under the merchant's.
"""

from datetime import datetime
from typing import Final

from compliance.vault import KeyDestroyed, Vault
from core.database import Session

_SUBJECT: Final = "webhooks"
_PURPOSE: Final = "webhook"


async def seal(
    session: Session, vault: Vault, text: str, *, merchant: str, customer: str | None, now: datetime
) -> str:
    """The sealed text."""
    try:
        return await vault.seal(
            session, merchant, customer or _SUBJECT, text, purpose=_PURPOSE, now=now
        )
    except KeyDestroyed:
        return await vault.seal(session, merchant, _SUBJECT, text, purpose=_PURPOSE, now=now)


async def opened(session: Session, vault: Vault, sealed: str) -> str | None:
    """The text again; None when the customer was erased."""
    return await vault.open(session, sealed, purpose=_PURPOSE)
