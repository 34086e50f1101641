"""How the reader of a mail stops further ones with one click (RFC 8058), without signing in anywhere.

The address in the mail's header carries the delivery and a keyed hash over it, so nothing is stored for it, nobody can
make one up, and it works for as long as the mail is kept. It stops email at that address alone: a click is no STOP in
words.
"""

import hmac
from datetime import datetime
from typing import Final

import sqlalchemy as sa

from channels.addresses import lock_address
from channels.catalogue import CHANNELS
from channels.consents import ConsentPlace, ConsentState, set_consent
from channels.conversations import Conversation, get_conversation
from channels.message_store import deliveries
from channels.stopping import hold_places
from compliance.vault import SYSTEM, Vault
from core.database import Session
from core.errors import NotFound
from core.ids import is_id

BY_CLICK: Final = "one_click"
_KEY: Final = "unsubscribe"
_PROOF_LENGTH: Final = 32  # 128 bits in hex


async def unsubscribe_url(
    session: Session, vault: Vault, *, base_url: str, delivery: str, now: datetime
) -> str:
    """The address for the List-Unsubscribe header of this delivery."""
    proof = await _proof(session, vault, delivery, now=now)
    return f"{base_url.rstrip('/')}/u/{delivery}.{proof}"


async def read_token(session: Session, vault: Vault, token: str, *, now: datetime) -> Conversation:
    """The thread of the delivery that the token was made for. Raises `NotFound`, the same for every wrong one."""
    delivery, _, proof = token.partition(".")
    if not is_id(delivery, "dlv") or not proof.isascii():
        raise NotFound("mail")
    if not hmac.compare_digest(proof, await _proof(session, vault, delivery, now=now)):
        raise NotFound("mail")
    row = await session.one_or_none(
        sa.select(deliveries.c.merchant, deliveries.c.conversation).where(
            deliveries.c.id == delivery
        )
    )
    if row is None:
        raise NotFound("mail")
    return await get_conversation(
        session, merchant=row["merchant"], conversation=row["conversation"]
    )


async def unsubscribe(session: Session, vault: Vault, token: str, *, now: datetime) -> bool:
    """No more mail to this address, what is queued included. False when it was so already. Raises `NotFound`."""
    thread = await read_token(session, vault, token, now=now)
    place = ConsentPlace(thread.merchant, thread.channel, thread.address_hash)
    # Links are locked before the address.
    stopping = await hold_places(session, [place])
    await lock_address(
        session, thread.merchant, CHANNELS[thread.channel].address, thread.address_hash
    )
    changed = await set_consent(
        session,
        place,
        ConsentState.STOPPED,
        customer=thread.customer,
        conversation=thread.id,
        agent=thread.agent,
        actor="customer",
        how=BY_CLICK,
        now=now,
    )
    await stopping.end(session, thread, actor="customer", now=now)
    return changed


async def _proof(session: Session, vault: Vault, delivery: str, *, now: datetime) -> str:
    key = await vault.key(session, SYSTEM, _KEY, now=now)
    return key.mac(_KEY, delivery)[:_PROOF_LENGTH]
