"""Our books against the PSP's, once everything is quiet. Read by SQL of their own, not by the product's code."""

from collections import Counter
from collections.abc import Iterator, Sequence
from sqlite3 import Row
from typing import TYPE_CHECKING, Any, Final

from payments.gateway import Movement
from payments.states import PaymentState, payment_state
from tests.simulation.ground import Merchant
from tests.simulation.intents import Intent

if TYPE_CHECKING:
    from tests.simulation.world import World

_LIVE = {"started", "challenged", "processing", "authorised", "unknown"}
Intents = Sequence[Intent]
# Work about an attempt for which the PSP took a wrong amount, or about its link: it goes on until a person ends it.
NOT_LEFT_TO_PEOPLE: Final = """
    subject NOT IN (SELECT attempt FROM payment_flags WHERE code = 'amount_mismatch')
    AND subject NOT IN (
        SELECT a.link FROM payment_flags AS f JOIN attempts AS a ON a.id = f.attempt
        WHERE f.code = 'amount_mismatch')
"""
_OPEN_ORDERS = {"requested", "pending", "unknown"}


def complaints(world: "World") -> Iterator[str]:
    """Everything that is not as it must be, the first law first."""
    for merchant in world.merchants:
        psps = [world.psps[account.psp] for account in merchant.accounts]
        intents = [intent for psp in psps for intent in psp.intents.values()]
        tables = _Tables(world, merchant)
        yield from _attempts(tables, intents)
        yield from _refunds(tables, intents)
        yield from _disputes(tables, intents)
        yield from _transactions(tables, intents, [line for psp in psps for line in psp.books])
        yield from _payments(tables, intents)
    yield from _events(world)
    yield from _strangers(world)


class _Tables:
    """One merchant's rows."""

    def __init__(self, world: "World", merchant: Merchant) -> None:
        def rows(table: str) -> list[Row]:
            return world.outside.execute(
                f"SELECT * FROM {table} WHERE merchant = ? ORDER BY id", (merchant.id,)
            ).fetchall()

        self._accounts = merchant.accounts
        self.payments = rows("payments")
        self.attempts = {row["id"]: row for row in rows("attempts")}
        self.orders = rows("money_orders")
        self.disputes = rows("disputes")
        self.transactions = rows("transactions")
        self.flags = rows("payment_flags")

    def deaf(self, account: str) -> bool:
        """Whether the account is at a PSP that cannot be asked."""
        return any(each.id == account and each.deaf for each in self._accounts)

    def flagged(self, code: str, attempt: str) -> bool:
        return any(f["code"] == code and f["attempt"] == attempt for f in self.flags)


def mismatched(intent: Intent) -> bool:
    """Whether the PSP took another amount than it was asked for: our books leave that to a person."""
    return intent.surprise == "wrong_amount" and intent.captured > 0


def _attempts(tables: _Tables, intents: Intents) -> Iterator[str]:
    for intent in intents:
        attempt = tables.attempts.get(intent.attempt)
        if attempt is None:
            yield f"{intent.reference}: the PSP has an attempt of another merchant, or of nobody"
        elif attempt["payment"] != intent.payment:
            yield f"{attempt['id']} is of another payment than the PSP was told"
        elif mismatched(intent):
            if not tables.flagged("amount_mismatch", intent.attempt):
                yield f"{attempt['id']} took another amount, and nobody was told"
        else:
            yield from _attempt(tables, attempt, intent)
    known = {intent.attempt: intent for intent in intents}
    for attempt in tables.attempts.values():
        at_psp = known.get(attempt["id"])
        if at_psp is not None and mismatched(at_psp):
            continue
        if attempt["state"] in _LIVE or attempt["loose"]:
            yield f"{attempt['id']} is {attempt['state']} for ever, loose: {attempt['loose']}"
        if at_psp is None and attempt["amount_captured"]:
            yield f"{attempt['id']} took money that the PSP knows nothing of"


def _attempt(tables: _Tables, attempt: Row, intent: Intent) -> Iterator[str]:
    name = f"{attempt['id']} ({intent.reference})"
    # At a PSP that cannot be asked, a refusal is final, and a challenge that nobody completes takes no money.
    if intent.state not in {"captured", "cancelled"} and not tables.deaf(attempt["account"]):
        yield f"{name} is {intent.state} at the PSP for ever"
    if attempt["amount_captured"] != intent.captured:
        yield f"{name}: the PSP took {intent.captured}, we say {attempt['amount_captured']}"
    if (attempt["state"] == "succeeded") != (intent.captured > 0):
        yield f"{name} is {attempt['state']}, but {intent.state} at the PSP"
    if intent.surprise == "yes_after_no" and not tables.flagged("paid_late", intent.attempt):
        yield f"{name} was paid after a final no, and nobody was told"


def _refunds(tables: _Tables, intents: Intents) -> Iterator[str]:
    orders = {row["reference"]: row for row in tables.orders if row["kind"] == "refund"}
    known = set()
    for intent in intents:
        for refund in intent.refunds:
            known.add(refund.reference)
            row = orders.get(refund.reference)
            if row is None:
                yield f"{refund.reference}: a refund that we know nothing of"
                continue
            ours = (row["state"], row["amount"], row["attempt"])
            if ours != (refund.state, refund.amount, intent.attempt):
                yield f"{row['id']} is {ours}, at the PSP {refund.state} {refund.amount}"
    for row in tables.orders:
        if row["state"] in _OPEN_ORDERS:
            yield f"{row['id']} is {row['state']} for ever"
        if (
            row["kind"] == "refund"
            and row["state"] == "succeeded"
            and row["reference"] not in known
        ):
            yield f"{row['id']}: a refund that the PSP knows nothing of"


def _disputes(tables: _Tables, intents: Intents) -> Iterator[str]:
    theirs = Counter(
        (intent.attempt, dispute.reference, dispute.state, dispute.amount)
        for intent in intents
        for dispute in intent.disputes
    )
    ours = Counter(
        (row["attempt"], row["reference"], row["state"], row["amount"]) for row in tables.disputes
    )
    for each in _difference(theirs, ours):
        yield f"disputes differ: {each}"


def _transactions(tables: _Tables, intents: Intents, lines: Sequence[Movement]) -> Iterator[str]:
    left_to_people = {i.reference for i in intents if mismatched(i)}
    theirs = [
        (line.kind, line.reference, line.amount, line.currency)
        for line in lines
        if line.kind not in {"charge", "capture"} or line.reference not in left_to_people
    ]
    ours = [
        (row["kind"], row["reference"], row["amount"], row["currency"])
        for row in tables.transactions
    ]
    if len({each[:2] for each in ours}) < len(ours):
        yield "a transaction is booked twice"
    for each in _difference(_net(theirs), _net(ours)):
        yield f"transactions differ from the PSP's books: {each}"


def _net(lines: Sequence[tuple[str, str, int, str]]) -> Counter[Any]:
    """What was moved in the end: a refund that came back before we saw it go is none to us."""
    sums: dict[tuple[str, str, str], int] = {}
    for kind, reference, amount, currency in lines:
        key = (kind, reference.removesuffix("#returned"), currency)
        sums[key] = sums.get(key, 0) + amount
    return Counter((*key, amount) for key, amount in sums.items() if amount)


def _difference(theirs: Counter[Any], ours: Counter[Any]) -> Iterator[str]:
    yield from (f"missing {each}" for each in theirs - ours)
    yield from (f"too many {each}" for each in ours - theirs)


def _payments(tables: _Tables, intents: Intents) -> Iterator[str]:
    for payment in tables.payments:
        tries = [a for a in tables.attempts.values() if a["payment"] == payment["id"]]
        yield from _sums(payment, tries, tables)
        mine = [i for i in intents if i.payment == payment["id"]]
        codes = {f["code"] for f in tables.flags if f["payment"] == payment["id"]}
        if sum(i.captured for i in mine) > payment["amount_due"]:
            if not any(i.surprise for i in mine):
                yield f"{payment['id']}: charged more than is due"
            if not codes & {"overpaid", "amount_mismatch"}:
                yield f"{payment['id']}: charged more than is due, and nobody was told"


def _sums(payment: Row, tries: list[Row], tables: _Tables) -> Iterator[str]:
    name = payment["id"]
    captured = sum(a["amount_captured"] for a in tries)
    refunded = sum(
        row["amount"]
        for row in tables.orders
        if row["payment"] == name and row["kind"] == "refund" and row["state"] == "succeeded"
    )
    if (captured, refunded) != (payment["amount_captured"], payment["amount_refunded"]):
        yield f"{name}: its sums are not those of its attempts and refunds"
    mismatch = any(f["code"] == "amount_mismatch" and f["payment"] == name for f in tables.flags)
    if refunded > captured and not mismatch:
        yield f"{name}: {refunded} went back of {captured}"
    state = payment_state(
        amount_due=payment["amount_due"],
        amount_captured=captured,
        amount_authorised=payment["amount_authorised"],
        live=any(a["state"] in _LIVE for a in tries),
        cancelled=payment["state"] == PaymentState.CANCELLED,
    )
    if state != payment["state"]:
        yield f"{name} is {payment['state']}, but its sums say {state}"


def _events(world: "World") -> Iterator[str]:
    strangers = world.postman.strangers
    for row in world.outside.execute("SELECT event, state FROM psp_events"):
        if row["state"] == "waiting":
            yield f"{row['event']} waits for ever"
        if row["state"] == "unmatched" and row["event"] not in strangers:
            yield f"{row['event']} is about an attempt of ours, and found none"
    never = f"SELECT kind, subject FROM work WHERE kind <> 'reconcile.day' AND {NOT_LEFT_TO_PEOPLE}"
    for row in world.outside.execute(never):
        yield f"work that never ends: {row['kind']} {row['subject']}"


# A row and the row that it belongs to must be of one merchant.
_BELONGS = (
    ("payments", "links", "t.link = o.id"),
    ("attempts", "payments", "t.payment = o.id"),
    ("attempts", "gateway_accounts", "t.account = o.id"),
    ("money_orders", "attempts", "t.attempt = o.id"),
    ("disputes", "attempts", "t.attempt = o.id"),
    ("transactions", "attempts", "t.attempt = o.id"),
    ("transactions", "gateway_accounts", "t.account = o.id"),
    ("psp_events", "gateway_accounts", "t.account = o.id"),
    ("journal_entries", "links", "t.link = o.id"),
    ("journal_entries", "payments", "t.payment = o.id"),
    ("journal_entries", "attempts", "t.attempt = o.id"),
)


def _strangers(world: "World") -> Iterator[str]:
    for table, other, how in _BELONGS:
        query = f"SELECT t.rowid FROM {table} AS t JOIN {other} AS o ON {how} WHERE t.merchant <> o.merchant"
        if world.outside.execute(query).fetchone() is not None:
            yield f"a row of {table} is another merchant's than its row of {other}"
