"""The telephone number that a visitor leaves, so that a cut conversation goes on by text message.

Anybody can type any number, so it is a claim: it recognises nobody, and takes back no STOP of its owner.
"""

from datetime import datetime
from typing import Final

from channels.addresses import address_hash, lock_address, normalise
from channels.catalogue import AddressKind
from channels.claimed_addresses import claim_address
from channels.consents import ConsentPlace, ConsentState, consent_of, set_consent
from channels.customer_changes import GivenAddress
from channels.customers import customer_at, get_customer
from channels.visitors import Visitor
from channels.webchat.thread import thread_of
from compliance.merchants import get_merchant
from compliance.vault import Vault
from core.database import Session

_CUSTOMER: Final = "customer"
_GOES_ON_BY: Final = "sms"


async def claim_phone(
    session: Session, vault: Vault, visitor: Visitor, *, phone: str, now: datetime
) -> None:
    """Adds the number to the visitor's customer, and notes that its text messages were asked for.

    Raises `InvalidField` for what is no number.
    """
    merchant = await get_merchant(session, visitor.merchant)
    form = normalise(AddressKind.PHONE, phone, country=merchant.country, pointer="/phone")
    given = {}
    for kind, text in ((AddressKind.WEBCHAT, visitor.id), (AddressKind.PHONE, form)):
        hashed = await address_hash(
            session, vault, merchant=merchant.id, kind=kind, address=text, now=now
        )
        given[kind] = GivenAddress(kind, text, hashed)
    for each in sorted(given.values(), key=lambda one: one.hashed):
        await lock_address(session, merchant.id, each.kind, each.hashed)
    thread = await thread_of(session, vault, visitor, now=now)
    agent = thread.agent if thread is not None else None
    if thread is not None and thread.customer is not None:
        customer = await get_customer(
            session, vault, merchant=merchant.id, customer_id=thread.customer
        )
    else:
        customer = await customer_at(
            session,
            vault,
            merchant=merchant,
            address=given[AddressKind.WEBCHAT],
            agent=agent,
            actor=_CUSTOMER,
            now=now,
        )
    conversation = thread.id if thread is not None else None
    await claim_address(
        session,
        vault,
        customer,
        given[AddressKind.PHONE],
        conversation=conversation,
        agent=agent,
        now=now,
    )
    place = ConsentPlace(merchant.id, _GOES_ON_BY, given[AddressKind.PHONE].hashed)
    if await consent_of(session, place) is ConsentState.UNKNOWN:
        await set_consent(
            session,
            place,
            ConsentState.GRANTED,
            customer=customer.id,
            conversation=conversation,
            agent=agent,
            actor=_CUSTOMER,
            how="webchat",
            now=now,
        )
