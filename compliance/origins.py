"""Network addresses as they are counted and compared: by keyed hashes of one key, whoever came from them."""

import ipaddress
from datetime import datetime
from typing import Final

from compliance.vault import SYSTEM, Vault
from core.database import Session

ORIGIN: Final = "customer.origin"
_HOUSE_BITS: Final = 64


def network_of(address: str) -> str:
    """The address as one house has it: IPv6 by its first 64 bits, which a provider gives to one line (RFC 6177,
    RFC 7421) and within which its devices change theirs by the hour (RFC 8981)."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is not None:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.IPv6Network((parsed, _HOUSE_BITS), strict=False))
    return str(parsed)


def is_public(address: str) -> bool:
    """Whether the address belongs to one place on the internet. A private one is many people's: everybody's behind the
    same proxy, or on the same machine."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped is not None:
        return parsed.ipv4_mapped.is_global
    return parsed.is_global


async def hash_of_origin(
    session: Session, vault: Vault, address: str | None, *, now: datetime
) -> str | None:
    """What a person at this address is recognised by; None for an address that tells nothing of where they are."""
    if address is None or not is_public(address):
        return None
    key = await vault.key(session, SYSTEM, ORIGIN, now=now)
    return key.mac(ORIGIN, network_of(address))
