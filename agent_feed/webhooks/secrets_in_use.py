"""An endpoint's secrets, sealed: the newest, and for a day each one that it replaced."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from compliance.vault import Vault
from core.clock import rfc3339
from core.database import Session
from core.outbound.signing import new_secret

OVERLAP: Final = timedelta(hours=24)
# So often may a secret be changed within a day; the oldest goes first.
_KEPT_MAX: Final = 5
_SUBJECT: Final = "webhook_endpoints"
_PURPOSE: Final = "webhook_endpoint.secrets"


async def first_secret(
    session: Session, vault: Vault, merchant: str, *, now: datetime
) -> tuple[str, str]:
    """A fresh secret, and the sealed text that the endpoint keeps."""
    secret = new_secret()
    return secret, await _seal(session, vault, merchant, [{"secret": secret}], now=now)


async def rotated(
    session: Session, vault: Vault, merchant: str, sealed: str, *, now: datetime
) -> tuple[str, str]:
    """A fresh secret and the sealed text that has it first; the one before signs along for a day."""
    kept = await _opened(session, vault, sealed, now=now)
    secret = new_secret()
    until = rfc3339(now + OVERLAP)
    previous = [{"secret": each["secret"], "until": each.get("until") or until} for each in kept]
    entries = [{"secret": secret}, *previous][:_KEPT_MAX]
    return secret, await _seal(session, vault, merchant, entries, now=now)


async def secrets_in_use(
    session: Session, vault: Vault, sealed: str, *, now: datetime
) -> Sequence[str]:
    """Every secret that signs at this moment, the newest first."""
    return [each["secret"] for each in await _opened(session, vault, sealed, now=now)]


async def _seal(
    session: Session, vault: Vault, merchant: str, entries: list[dict[str, Any]], *, now: datetime
) -> str:
    text = json.dumps(entries)
    return await vault.seal(session, merchant, _SUBJECT, text, purpose=_PURPOSE, now=now)


async def _opened(
    session: Session, vault: Vault, sealed: str, *, now: datetime
) -> list[dict[str, Any]]:
    text = await vault.open(session, sealed, purpose=_PURPOSE)
    assert text is not None, "the key of endpoints' secrets is never destroyed"
    entries: list[dict[str, Any]] = json.loads(text)
    return [
        each
        for each in entries
        if "until" not in each or datetime.fromisoformat(each["until"]) > now
    ]
