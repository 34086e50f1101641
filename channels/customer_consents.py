"""What a customer told an agent about being written to on a channel: kept for each of their addresses there."""

from collections.abc import Sequence
from datetime import datetime

from channels.addresses import lock_address
from channels.catalogue import channel_of
from channels.consents import ConsentPlace, ConsentState
from channels.customer_matching import check_present
from channels.customer_store import Customer, get_customer
from channels.messages import NoAddress
from channels.stopping import choose_for, hold_places
from compliance.vault import Vault
from core.database import Session


async def note_consent(
    session: Session,
    vault: Vault,
    *,
    merchant: str,
    customer_id: str,
    channel: str,
    state: ConsentState,
    agent: str | None,
    actor: str,
    now: datetime,
) -> Customer:
    """Grants or stops the channel at every address of the customer's that it reaches.

    A stop ends what is queued there. Raises `NotFound`, `InvalidField` for no such channel, `NoAddress`,
    `CustomerErased`, `CustomerMerged`.
    """
    kind = channel_of(channel, pointer="/channel").address
    customer = await get_customer(session, vault, merchant=merchant, customer_id=customer_id)
    check_present(customer)
    hashes = sorted({each.hashed for each in customer.addresses if each.kind is kind})
    if not hashes:
        raise NoAddress("/channel", kind.value)
    places: Sequence[ConsentPlace] = [ConsentPlace(merchant, channel, one) for one in hashes]
    queued = await hold_places(session, places)
    for one in hashes:
        await lock_address(session, merchant, kind, one)
    await choose_for(
        session, places, state, customer=customer.id, agent=agent, actor=actor, now=now
    )
    if state is ConsentState.STOPPED:
        await queued.end(session, None, actor=actor, now=now)
    return customer
