"""The journal against the rows, once everything is quiet: gapless, chained, and its events lead to the rows."""

from collections import Counter
from collections.abc import Iterator, Sequence
from sqlite3 import Row
from typing import TYPE_CHECKING

from compliance.journal import Entry, Event, Query
from compliance.journal.read import PAGE_MAX
from compliance.journal.verify import verify
from links.links import link_by_id
from links.progress import advance, begin
from links.states import OPEN, LinkState, after_payment
from payments.states import PaymentState
from tests.simulation.ground import Merchant
from tests.simulation.house import House

if TYPE_CHECKING:
    from tests.simulation.world import World

_PAID = {"payment.paid", "payment.partially_paid", "payment.paid_late"}
_ENDED_LINK = {
    "link.expired": LinkState.EXPIRED,
    "link.cancelled": LinkState.CANCELLED,
    "link.superseded": LinkState.CANCELLED,
}


async def complaints(world: "World") -> list[str]:
    """Everything that is not as it must be."""
    house = world.processes["service"].house
    assert house is not None, "the house is open when everything is quiet"
    found: list[str] = []
    for merchant in world.merchants:
        entries = await _entries(house, merchant)
        async with house.database.snapshot() as session:
            verdict = await verify(session, house.vault, merchant.id, now=world.steps.now)
        if not verdict.intact:
            found.append(f"journal of {merchant.name}: {verdict.reason} at {verdict.bad_position}")
        found += _gaps(entries)
        found += _untold(world, merchant, entries)
        found += await _links(world, house, merchant, entries)
    return found


async def _entries(house: House, merchant: Merchant) -> list[Entry]:
    entries: list[Entry] = []
    while True:
        after = entries[-1].position if entries else 0
        query = Query(merchant=merchant.id, after=after, limit=PAGE_MAX)
        async with house.database.snapshot() as session:
            page = await house.reader.read(session, query)
        entries += page
        if len(page) < PAGE_MAX:
            return entries


def _gaps(entries: Sequence[Entry]) -> Iterator[str]:
    positions = [entry.position for entry in entries]
    if positions != list(range(1, len(positions) + 1)):
        yield f"positions are not gapless: {positions}"


def _untold(world: "World", merchant: Merchant, entries: Sequence[Entry]) -> Iterator[str]:
    """Each change of state has its entry, and only one."""
    by_attempt = Counter((e.attempt, "paid") for e in entries if e.type in _PAID)
    by_refund = Counter((e.data["refund"], e.type) for e in entries if e.type.startswith("refund."))
    by_dispute = Counter(
        (e.data["dispute"], e.type) for e in entries if e.type.startswith("dispute.")
    )
    for row in _rows(world, "attempts", merchant):
        expected = 1 if row["state"] == "succeeded" else 0
        if by_attempt[row["id"], "paid"] != expected:
            told = by_attempt[row["id"], "paid"]
            yield f"{row['id']} is {row['state']}, and its payment was told {told} times"
        ends = [e.type for e in entries if e.attempt == row["id"]]
        if row["state"] in {"declined", "blocked"} and "payment.declined" not in ends:
            yield f"{row['id']} is {row['state']}, and nobody was told"
    for row in _rows(world, "money_orders", merchant):
        if row["kind"] != "refund":
            continue
        if by_refund[row["id"], "refund.created"] != 1:
            yield f"{row['id']} was not told once"
        for state in ("succeeded", "failed"):
            if row["state"] == state and not by_refund[row["id"], f"refund.{state}"]:
                yield f"{row['id']} {state}, and nobody was told"
    for row in _rows(world, "disputes", merchant):
        if by_dispute[row["id"], "dispute.opened"] != 1:
            yield f"{row['id']} was not told once"
        if by_dispute[row["id"], "dispute.closed"] != int(row["state"] != "open"):
            yield f"the end of {row['id']} was not told once"


async def _links(
    world: "World", house: House, merchant: Merchant, entries: Sequence[Entry]
) -> list[str]:
    """The events of a link lead to its row, and the row agrees with its payment."""
    found = []
    payments = {row["id"]: row for row in _rows(world, "payments", merchant)}
    flagged = world.outside.execute(
        "SELECT a.link FROM payment_flags AS f JOIN attempts AS a ON a.id = f.attempt"
        " WHERE f.code = 'amount_mismatch'"
    )
    left_to_people = {row["link"] for row in flagged}
    found += [
        f"{entry.link} was opened, and only looked at"
        for entry in entries
        if entry.type == "link.opened" and entry.link not in world.touched
    ]
    for row in _rows(world, "links", merchant):
        mine = [entry for entry in entries if entry.link == row["id"]]
        async with house.database.snapshot() as session:
            link = await link_by_id(session, row["id"])
        progress, state = begin(link.created_at), LinkState.ACTIVE
        for entry in mine:
            progress = advance(progress, _event(entry), many=link.multi)
            state = _advanced(state, entry, many=link.multi)
        if progress != link.progress or progress.step != row["step"]:
            found.append(f"{link.id}: its events lead to {progress}, its row says {link.progress}")
        if state is not link.state:
            found.append(f"{link.id}: its events lead to {state}, its row says {link.state}")
        payment = payments[link.payment]
        settled = payment["state"] in {PaymentState.PAID, PaymentState.AUTHORISED}
        if link.state in OPEN and link.id not in left_to_people:
            found.append(f"{link.id} is {link.state} for ever, past its time")
        if link.multi:
            continue
        if payment["link"] == link.id and settled != (link.state is LinkState.PAID):
            found.append(f"{link.id} is {link.state}, its payment {payment['state']}")
    return found


def _advanced(state: LinkState, entry: Entry, *, many: bool) -> LinkState:
    if entry.type in _ENDED_LINK:
        return _ENDED_LINK[entry.type]
    if many:
        return state
    if entry.type == "payment.fraud_check_started":
        return after_payment(state, PaymentState.IN_PROGRESS)
    status = entry.data.get("payment_status")
    return state if status is None else after_payment(state, PaymentState(status))


def _event(entry: Entry) -> Event:
    return Event(
        type=entry.type,
        merchant=entry.merchant,
        occurred_at=entry.occurred_at,
        actor=entry.actor,
        data=entry.data,
        link=entry.link,
        payment=entry.payment,
        attempt=entry.attempt,
        channel=entry.channel,
    )


def _rows(world: "World", table: str, merchant: Merchant) -> list[Row]:
    return world.outside.execute(
        f"SELECT * FROM {table} WHERE merchant = ? ORDER BY id", (merchant.id,)
    ).fetchall()
