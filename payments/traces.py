"""Keyed hashes by which tries are recognised again: of the card, of its bank's number range, and of the device.

None of what they are made of is stored. PCI DSS 4.0.1 (3.4, and the PCI SSC's FAQ 1091 on truncation) would let the
first six or eight digits be kept; we need them only to be the same again, and keep their hash.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from compliance.vault import Vault
from core.database import Session
from payments.gateway import CardFacts

_CARD: Final = "card.fingerprint"
_BIN: Final = "card.bin"
_DEVICE: Final = "customer.device"
# A browser's own words are as long as its maker likes.
_HEADER_MAX: Final = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class Traces:
    """Hashes within one merchant; None where nothing is known."""

    fingerprint: str | None = None
    bin_key: str | None = None
    device_key: str | None = None


async def traces_of(
    session: Session,
    vault: Vault,
    merchant: str,
    *,
    card: CardFacts,
    origin: str | None,
    user_agent: str | None,
    accept_language: str | None,
    now: datetime,
) -> Traces:
    """What this try is recognised by. `origin` is the address's hash: alike phones in two houses are two devices."""
    described = [(text or "")[:_HEADER_MAX] for text in (user_agent, accept_language)]
    device = "\x00".join([*described, origin]) if user_agent and origin else None

    async def hashed(purpose: str, text: str | None) -> str | None:
        if not text:
            return None
        key = await vault.key(session, merchant, purpose, now=now)
        return key.mac(purpose, text)

    return Traces(
        fingerprint=await hashed(_CARD, card.fingerprint),
        bin_key=await hashed(_BIN, card.iin),
        device_key=await hashed(_DEVICE, device),
    )
