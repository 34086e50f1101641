"""What is stored of a customer, and how it is read.

Names, outside ids and languages are sealed in one piece under the customer's own key; an outside id is found by
a keyed hash. Once that key is destroyed the row remains, and says nothing about anybody.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from channels.addresses import CLAIMED_AT, address_hash, addresses, normalise
from channels.catalogue import AddressKind
from channels.customer_groups import groups_of, survivors_of
from channels.customer_table import customers
from compliance.merchants import Merchant
from compliance.vault import Vault
from core.database import Session
from core.database.schema import canonical_json
from core.errors import NotFound

_DETAILS: Final = "customer.details"
_ADDRESS: Final = "customer.address"
_HASH_SUBJECT: Final = "addresses"
# One household's telephone, not a switchboard's.
HOLDERS_MAX: Final = 20


@dataclass(frozen=True, slots=True)
class OwnAddress:
    """An address that a customer has, or somebody who was merged into them."""

    customer: str
    kind: AddressKind
    address: str
    hashed: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Customer:
    """The person who pays. `email` and `phone` are the addresses last given; erased ones are all None.

    `addresses` are all that the customer's group has: the customer's own first, of each the one last given first.
    """

    id: str
    merchant: str
    name: str | None
    email: str | None
    phone: str | None
    external_id: str | None
    locale: str | None
    created_at: datetime
    handles: Mapping[AddressKind, str] = field(default_factory=dict)
    addresses: tuple[OwnAddress, ...] = ()
    merged_into: str | None = None
    preferred_channel: str | None = None
    erased: bool = False

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


async def surviving_customer(
    session: Session, vault: Vault, *, merchant: str, customer_id: str
) -> Customer:
    """Whom the customer was merged into in the end, or the customer. Raises `NotFound`."""
    found = await survivors_of(session, merchant=merchant, ids=[customer_id])
    if customer_id not in found:
        raise NotFound("customer")
    return await get_customer(session, vault, merchant=merchant, customer_id=found[customer_id])


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
    if not rows:
        return {}
    ids = [row["id"] for row in rows]
    groups = await groups_of(session, merchant=rows[0]["merchant"], ids=ids)
    owned = await _addresses(session, vault, {one for group in groups.values() for one in group})
    return {
        row["id"]: await _customer(
            session, vault, row, [each for one in groups[row["id"]] for each in owned.get(one, ())]
        )
        for row in rows
    }


async def _customer(
    session: Session, vault: Vault, row: sa.RowMapping, owned: Sequence[OwnAddress]
) -> Customer:
    opened = await vault.open(session, row["sealed"], purpose=_DETAILS)
    details: dict[str, Any] = {} if opened is None else json.loads(opened)
    first: dict[AddressKind, str] = {}
    for each in owned:
        first.setdefault(each.kind, each.address)
    return Customer(
        id=row["id"],
        merchant=row["merchant"],
        name=details.get("name"),
        email=first.get(AddressKind.EMAIL),
        phone=first.get(AddressKind.PHONE),
        external_id=details.get("external_id"),
        locale=details.get("locale"),
        created_at=row["created_at"],
        handles={kind: address for kind, address in first.items() if kind.is_handle},
        addresses=tuple(owned),
        merged_into=row["merged_into"],
        preferred_channel=row["preferred_channel"],
        erased=opened is None,
    )


async def holders(session: Session, *, merchant: str, kind: AddressKind, hashed: str) -> list[str]:
    """The ids of the customers who have this address, the one it was last given for first.

    For an address of somebody who was merged, whom they were merged into. Without those who merely claim it: nobody is
    recognised by a claim.
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
    having = [row["customer"] for row in rows]
    found = await survivors_of(session, merchant=merchant, ids=having)
    return list(dict.fromkeys(found[each] for each in having if each in found))


async def holder_of_external_id(session: Session, *, merchant: str, hashed: str) -> str | None:
    """The id of the customer who has this outside id, merged away or not."""
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
    """The customer with exactly this outside id, or whom they were merged into."""
    hashed = await external_id_hash(
        session, vault, merchant=merchant, external_id=external_id, now=now
    )
    found = await holder_of_external_id(session, merchant=merchant, hashed=hashed)
    if found is None:
        return None
    return await surviving_customer(session, vault, merchant=merchant, customer_id=found)


async def _addresses(
    session: Session, vault: Vault, ids: Collection[str]
) -> dict[str, list[OwnAddress]]:
    """What each of them has of their own, the one last given first."""
    rows = await session.all(
        sa.select(addresses)
        .where(addresses.c.customer.in_(sorted(ids)))
        .order_by(addresses.c.chosen_at.desc(), addresses.c.id.desc())
    )
    owned: dict[str, list[OwnAddress]] = {}
    for row in rows:
        opened = await vault.open(session, row["sealed"], purpose=_ADDRESS)
        if opened is not None:
            kind = AddressKind(row["kind"])
            owned.setdefault(row["customer"], []).append(
                OwnAddress(row["customer"], kind, opened, row["hash"], row["verified"])
            )
    return owned
