"""A customer as the API shows one: details, every address, and what was said about being written to there."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from channels.catalogue import CHANNELS
from channels.consents import BY_MESSAGE, ConsentState, consents
from channels.customer_store import Customer
from core.clock import rfc3339
from core.database import VALUES_MAX, Session


@dataclass(frozen=True, slots=True)
class _Said:
    channel: str
    state: str
    changed_at: datetime
    how: str
    changed_by: str


async def show_many(session: Session, found: Sequence[Customer]) -> list[dict[str, Any]]:
    """The customers, in their order."""
    merchants = {one.merchant for one in found}
    assert len(merchants) <= 1, "a list is of one merchant"
    hashes = {each.hashed for one in found for each in one.addresses}
    said = await _said(session, "".join(merchants), hashes)
    return [_json(one, said) for one in found]


async def show_one(session: Session, customer: Customer) -> dict[str, Any]:
    """One customer."""
    [shown] = await show_many(session, [customer])
    return shown


def _json(customer: Customer, said: dict[tuple[str, str], _Said]) -> dict[str, Any]:
    return {
        "id": customer.id,
        "status": _status(customer),
        "name": customer.name,
        "email": customer.email,
        "phone": customer.phone,
        "external_id": customer.external_id,
        "locale": customer.locale,
        "addresses": _addresses(customer),
        "preferred_channel": customer.preferred_channel,
        "consents": _consents(customer, said),
        "merged_into": customer.merged_into,
        "created_at": rfc3339(customer.created_at),
    }


def _status(customer: Customer) -> str:
    if customer.erased:
        return "erased"
    return "merged" if customer.merged_into is not None else "active"


def _addresses(customer: Customer) -> list[dict[str, Any]]:
    """Each once, though several of a group may have it; verified if it is so for any of them."""
    verified: dict[tuple[str, str], bool] = {}
    for each in customer.addresses:
        place = (each.kind.value, each.address)
        verified[place] = verified.get(place, False) or each.verified
    return [
        {"kind": kind, "address": address, "verified": sure}
        for (kind, address), sure in verified.items()
    ]


def _consents(customer: Customer, said: dict[tuple[str, str], _Said]) -> list[dict[str, Any]]:
    """What holds for each channel and address: its own word, or a later STOP at any address of the customer's."""
    owned = {each.hashed: each for each in reversed(customer.addresses)}
    stops = [
        one
        for (_, hashed), one in said.items()
        if hashed in owned and one.state == ConsentState.STOPPED.value and one.how == BY_MESSAGE
    ]
    everywhere = max(stops, key=lambda one: one.changed_at, default=None)
    shown = []
    for channel in CHANNELS.values():
        for each in dict.fromkeys(owned[one.hashed] for one in customer.addresses):
            if each.kind is not channel.address:
                continue
            own = said.get((channel.name, each.hashed))
            one = own
            stopped = own is not None and own.state == ConsentState.STOPPED.value
            if everywhere is not None and not stopped:
                one = everywhere if own is None or own.changed_at < everywhere.changed_at else own
            if one is not None:
                shown.append(
                    {
                        "channel": channel.name,
                        "address": each.address,
                        "state": one.state,
                        "changed_at": rfc3339(one.changed_at),
                        "how": one.how,
                        "changed_by": one.changed_by,
                        # Where it was said, if it was said elsewhere.
                        "said_on": one.channel,
                    }
                )
    return shown


async def _said(
    session: Session, merchant: str, hashes: Collection[str]
) -> dict[tuple[str, str], _Said]:
    wanted = sorted(hashes)
    found = {}
    for at in range(0, len(wanted), VALUES_MAX):
        rows = await session.all(
            sa.select(consents).where(
                consents.c.merchant == merchant,
                consents.c.channel.in_(sorted(CHANNELS)),
                consents.c.address_hash.in_(wanted[at : at + VALUES_MAX]),
            )
        )
        for row in rows:
            found[row["channel"], row["address_hash"]] = _Said(
                row["channel"],
                row["state"],
                row["changed_at"],
                row["how"],
                row["changed_by"],
            )
    return found
