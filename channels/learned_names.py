"""What a network calls a customer of whom no name is known. It is never proof of who it is, and matches nobody."""

import unicodedata
from datetime import datetime
from typing import Final

from channels.customer_changes import update_customer
from channels.customer_store import get_customer
from compliance import masking
from compliance.vault import Vault
from core.database import Session
from core.errors import NotFound

_LENGTH_MAX: Final = 80
# Controls, what turns the reading direction, and what has no shape.
_UNFIT: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


async def learn_name(
    session: Session,
    vault: Vault,
    *,
    merchant: str,
    customer: str,
    called: str | None,
    actor: str,
    now: datetime,
) -> None:
    """Gives a nameless customer the name that the network says. A known name stays."""
    name = fit_name(called or "")
    if name is None:
        return
    try:
        found = await get_customer(session, vault, merchant=merchant, customer_id=customer)
    except NotFound:
        return
    if found.name is not None:
        return
    await update_customer(
        session,
        vault,
        found,
        changes={"name": name},
        external_hash=None,
        given=(),
        agent=None,
        actor=actor,
        now=now,
    )


def fit_name(text: str) -> str | None:
    """One plain line that can stand as a name, or None: nothing but marks, or a card number, is no name."""
    plain = "".join(
        " " if character in "\n\r\t" else character
        for character in text
        if character in "\n\r\t" or unicodedata.category(character) not in _UNFIT
    )
    name = " ".join(plain.split())[:_LENGTH_MAX].strip()
    if not any(character.isalpha() for character in name) or masking.holds_card_number(name):
        return None
    return name
