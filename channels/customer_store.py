"""What is stored of a customer, and how it is read.

Names, outside ids and languages are sealed in one piece under the customer's own key; an outside id is found by
a keyed hash. Once that key is destroyed the row remains, and says nothing about anybody.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from channels.addresses import CLAIMED_AT, address_hash, addresses, normalise
from channels.catalogue import AddressKind
from compliance.merchants import Merchant
from compliance.vault import Vault
from core.database import Session, UtcDateTime, metadata
from core.database.schema import canonical_json
from core.errors import NotFound

_DETAILS: Final = "customer.details"
_ADDRESS: Final = "customer.address"
_HASH_SUBJECT: Final = "addresses"
# One household's telephone, not a switchboard's.
HOLDERS_MAX: Final = 20

customers = sa.Table(
    "customers",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("merchant", sa.String(40), nullable=False),
    sa.Column("external_id_hash", sa.String(64), nullable=True),
    sa.Column("sealed", sa.Text, nullable=False),
    # The customer whom this one was found to be; nothing else is rewritten, so it can be undone.
    sa.Column("merged_into", sa.String(40), nullable=True, index=True),
    # The channel that an agent chose to write on; else it is learned.
    sa.Column("preferred_channel", sa.String(24), nullable=True),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("updated_at", UtcDateTime, nullable=False),
    sa.UniqueConstraint("merchant", "external_id_hash"),
    sa.Index("ix_customers_merchant", "merchant", "id"),
)


@dataclass(frozen=True, slots=True)
class Customer:
    """The person who pays. `email` and `phone` are the addresses last given; erased ones are all None."""

    id: str
    merchant: str
    name: str | None
    email: str | None
    phone: str | None
    external_id: str | None
    locale: str | None
    created_at: datetime
    handles: Mapping[AddressKind, str] = field(default_factory=dict)

    def address(self, kind: AddressKind) -> str | None:
        """Where to write to on a channel of this kind."""
        match kind:
            case AddressKind.PHONE:
                return self.phone
            case AddressKind.EMAIL:
                return self.email
            case _:
                return self.handles.get(kind)


async def external_id_hash(
    session: Session, vault: Vault, *, merchant: str, external_id: str, now: datetime
) -> str:
    """The keyed hash that an outside id is found by. Case matters: the id is somebody else's."""
    key = await vault.key(session, merchant, _HASH_SUBJECT, now=now)
    return key.mac("external_id", external_id)


async def seal_details(
    session: Session,
    vault: Vault,
    *,
    merchant: str,
    customer: str,
    name: str | None,
    external_id: str | None,
    locale: str | None,
    now: datetime,
) -> str:
    """The sealed column of a customer's row."""
    text = canonical_json({"name": name, "external_id": external_id, "locale": locale})
    return await vault.seal(session, merchant, customer, text, purpose=_DETAILS, now=now)


async def seal_address(
    session: Session, vault: Vault, *, merchant: str, customer: str, address: str, now: datetime
) -> str:
    """The sealed column of an address's row."""
    return await vault.seal(session, merchant, customer, address, purpose=_ADDRESS, now=now)


async def get_customer(
    session: Session, vault: Vault, *, merchant: str, customer_id: str
) -> Customer:
    """Raises `NotFound`, for another merchant's customer as well."""
    found = await get_customers(session, vault, merchant=merchant, ids=[customer_id])
    if customer_id not in found:
        raise NotFound("customer")
    return found[customer_id]


async def get_customers(
    session: Session, vault: Vault, *, merchant: str, ids: Sequence[str]
) -> dict[str, Customer]:
    """Those of the ids that name this merchant's customers."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    rows = await session.all(
        sa.select(customers).where(customers.c.merchant == merchant, customers.c.id.in_(wanted))
    )
    return await read_customers(session, vault, rows)


async def read_customers(
    session: Session, vault: Vault, rows: Sequence[sa.RowMapping]
) -> dict[str, Customer]:
    """The customers of these rows, in their order."""
    latest = await _latest_addresses(session, vault, [row["id"] for row in rows])
    found = {}
    for row in rows:
        details = await _details(session, vault, row["sealed"])
        found[row["id"]] = Customer(
            id=row["id"],
            merchant=row["merchant"],
            name=details.get("name"),
            email=latest.get((row["id"], AddressKind.EMAIL)),
            phone=latest.get((row["id"], AddressKind.PHONE)),
            external_id=details.get("external_id"),
            locale=details.get("locale"),
            created_at=row["created_at"],
            handles={
                kind: latest[row["id"], kind]
                for kind in AddressKind
                if kind.is_handle and (row["id"], kind) in latest
            },
        )
    return found


async def holders(session: Session, *, merchant: str, kind: AddressKind, hashed: str) -> list[str]:
    """The ids of the customers who have this address, the one it was last given for first.

    Without those who merely claim it: nobody is recognised by a claim.
    """
    rows = await session.all(
        sa.select(addresses.c.customer)
        .where(
            addresses.c.merchant == merchant,
            addresses.c.kind == kind.value,
            addresses.c.hash == hashed,
            addresses.c.chosen_at > CLAIMED_AT,
        )
        .order_by(addresses.c.chosen_at.desc(), addresses.c.id.desc())
        .limit(HOLDERS_MAX)
    )
    return [row["customer"] for row in rows]


async def holder_of_external_id(session: Session, *, merchant: str, hashed: str) -> str | None:
    """The id of the customer who has this outside id."""
    found: str | None = await session.scalar(
        sa.select(customers.c.id).where(
            customers.c.merchant == merchant, customers.c.external_id_hash == hashed
        )
    )
    return found


async def find_by_address(
    session: Session,
    vault: Vault,
    *,
    merchant: Merchant,
    kind: AddressKind,
    address: str,
    now: datetime,
    pointer: str = "/address",
) -> list[Customer]:
    """The customers with exactly this address, as typed; the one it was last given for first.

    Raises `InvalidField` for what is no address.
    """
    form = normalise(kind, address, country=merchant.country, pointer=pointer)
    hashed = await address_hash(
        session, vault, merchant=merchant.id, kind=kind, address=form, now=now
    )
    ids = await holders(session, merchant=merchant.id, kind=kind, hashed=hashed)
    found = await get_customers(session, vault, merchant=merchant.id, ids=ids)
    return [found[each] for each in ids if each in found]


async def find_by_external_id(
    session: Session, vault: Vault, *, merchant: str, external_id: str, now: datetime
) -> Customer | None:
    """The customer with exactly this outside id."""
    hashed = await external_id_hash(
        session, vault, merchant=merchant, external_id=external_id, now=now
    )
    found = await holder_of_external_id(session, merchant=merchant, hashed=hashed)
    if found is None:
        return None
    return await get_customer(session, vault, merchant=merchant, customer_id=found)


async def _latest_addresses(
    session: Session, vault: Vault, ids: Sequence[str]
) -> dict[tuple[str, AddressKind], str]:
    if not ids:
        return {}
    rows = await session.all(
        sa.select(addresses)
        .where(addresses.c.customer.in_(ids))
        .order_by(addresses.c.chosen_at.desc(), addresses.c.id.desc())
    )
    latest: dict[tuple[str, AddressKind], str] = {}
    for row in rows:
        slot = (row["customer"], AddressKind(row["kind"]))
        if slot in latest:
            continue
        opened = await vault.open(session, row["sealed"], purpose=_ADDRESS)
        if opened is not None:
            latest[slot] = opened
    return latest


async def _details(session: Session, vault: Vault, sealed: str) -> dict[str, Any]:
    opened = await vault.open(session, sealed, purpose=_DETAILS)
    found: dict[str, Any] = {} if opened is None else json.loads(opened)
    return found
