"""Which customer a description means: matched exactly, within one merchant, or nobody.

A customer is recognised by outside id, then phone, then email, and never by anything that is merely alike. People
share telephones and mailboxes, so a weaker mark that belongs to somebody else does not stop an agent: the strongest
mark says who is meant, and among several who share it the name, the other address, and then whoever it was last
given for.

    CustomerConflict      an outside id that another customer has
    CustomerMerged        what is asked for concerns whom they were merged into
    CustomerErased        nothing is left of the customer
"""

import re
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Final

from channels.addresses import address_hash, lock_address, normalise
from channels.catalogue import AddressKind
from channels.customer_changes import GivenAddress
from channels.customer_store import (
    Customer,
    external_id_hash,
    get_customers,
    holder_of_external_id,
    holders,
    surviving_customer,
)
from compliance import masking
from compliance.merchants import Merchant
from compliance.vault import Vault
from core.database import Session
from core.errors import FieldError, InvalidField, Kind, PaythreadError

_TEXT_LENGTH_MAX: Final = 200
_LOCALE: Final = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")
# Line ends, controls, and what turns the reading direction: none is part of a name.
_UNFIT: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


class CustomerConflict(PaythreadError):
    """The outside id belongs to another customer."""

    code = "customer_conflict"
    kind = Kind.CONFLICT

    def __init__(self, pointer: str, detail: str) -> None:
        super().__init__(detail, fields=(FieldError(pointer, detail),))


class CustomerMerged(PaythreadError):
    """The customer was merged into another, who is to be asked for instead."""

    code = "customer_merged"
    kind = Kind.CONFLICT


class CustomerErased(PaythreadError):
    """The customer's data was destroyed; only the id is left."""

    code = "customer_erased"
    kind = Kind.CONFLICT


def check_present(customer: Customer) -> None:
    """Raises `CustomerErased` or `CustomerMerged` for one of whom nothing can be asked any more."""
    if customer.erased:
        raise CustomerErased("The customer's data was erased; only the id is left.")
    if customer.merged_into is not None:
        raise CustomerMerged(f"The customer was merged into {customer.merged_into}: ask for that.")


@dataclass(frozen=True, slots=True)
class CustomerDraft:
    """A customer as somebody describes one. At least one field says something."""

    name: str | None = None
    email: str | None = None
    phone: str | None = None
    external_id: str | None = None
    locale: str | None = None


@dataclass(frozen=True, slots=True)
class ReadDraft:
    """A draft, checked and hashed; its outside id and addresses are locked."""

    draft: CustomerDraft
    external_hash: str | None
    addresses: tuple[GivenAddress, ...]


async def read_draft(
    session: Session,
    vault: Vault,
    merchant: Merchant,
    draft: CustomerDraft,
    *,
    now: datetime,
    pointer: str,
) -> ReadDraft:
    """Checks, normalises and hashes; locks the outside id and the addresses.

    Raises `InvalidField` below the pointer.
    """
    _check_texts(draft, pointer)
    given = []
    for kind, typed in ((AddressKind.PHONE, draft.phone), (AddressKind.EMAIL, draft.email)):
        if typed is None:
            continue
        form = normalise(kind, typed, country=merchant.country, pointer=f"{pointer}/{kind.value}")
        hashed = await address_hash(
            session, vault, merchant=merchant.id, kind=kind, address=form, now=now
        )
        given.append(GivenAddress(kind, form, hashed))
    external_hash = None
    if draft.external_id is not None:
        external_hash = await external_id_hash(
            session, vault, merchant=merchant.id, external_id=draft.external_id, now=now
        )
        await session.lock(f"external_id:{merchant.id}:{external_hash}")
    for each in sorted(given, key=lambda one: one.hashed):
        await lock_address(session, merchant.id, each.kind, each.hashed)
    return ReadDraft(draft, external_hash, tuple(given))


def check_not_empty(draft: CustomerDraft, pointer: str) -> None:
    """Raises `InvalidField` for a draft that says nothing."""
    if all(getattr(draft, each.name) is None for each in fields(draft)):
        raise InvalidField(pointer, "Say something of the customer: a name, an address, an id.")


def _check_texts(draft: CustomerDraft, pointer: str) -> None:
    for name in ("name", "external_id"):
        text = getattr(draft, name)
        if text is None:
            continue
        if not text.strip() or len(text) > _TEXT_LENGTH_MAX or _UNFIT.search(text):
            raise InvalidField(
                f"{pointer}/{name}", f"One line of 1 to {_TEXT_LENGTH_MAX} plain characters."
            )
        if masking.holds_card_number(text):
            raise InvalidField(f"{pointer}/{name}", "A card number must never be sent here.")
    if draft.locale is not None and _LOCALE.fullmatch(draft.locale) is None:
        raise InvalidField(f"{pointer}/locale", "A language is written like en or en-GB.")


async def match_draft(
    session: Session, vault: Vault, merchant: Merchant, read: ReadDraft
) -> Customer | None:
    """The customer whom the strongest mark given belongs to, or None."""
    if read.external_hash is not None:
        known = await holder_of_external_id(
            session, merchant=merchant.id, hashed=read.external_hash
        )
        if known is not None:
            return await surviving_customer(session, vault, merchant=merchant.id, customer_id=known)
    claims = [await _claims(session, vault, merchant, read, each) for each in read.addresses]
    held = [claim for claim in claims if claim]
    if not held:
        return None
    strongest = list(held[0].values())
    agreed = [one for one in strongest if all(one.id in claim for claim in held)] or strongest
    return (_named_alike(agreed, read.draft.name) or agreed)[0]


async def _claims(
    session: Session, vault: Vault, merchant: Merchant, read: ReadDraft, address: GivenAddress
) -> dict[str, Customer]:
    """The customers who have the address, the one it was last given for first.

    Without those whose outside id says that they are somebody else.
    """
    ids = await holders(session, merchant=merchant.id, kind=address.kind, hashed=address.hashed)
    found = await get_customers(session, vault, merchant=merchant.id, ids=ids)
    outside = read.draft.external_id
    return {
        each: found[each]
        for each in ids
        if each in found and (outside is None or found[each].external_id in (None, outside))
    }


def _named_alike(found: list[Customer], name: str | None) -> list[Customer]:
    """Those who share an address and bear the name given."""
    if name is None:
        return []
    wanted = " ".join(name.split()).casefold()
    return [one for one in found if " ".join((one.name or "").split()).casefold() == wanted]
