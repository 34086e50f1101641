"""What does the balance say? A line for every movement, with Mollie's fee on money that came."""

from decimal import Decimal

from payments.mollie_sandbox.amounts import amount_of, fee_on, number
from payments.sandbox.desk import Call
from payments.sandbox.errors import Json
from payments.sandbox.ids import random_text


def came(call: Call, kind: str, amount: Json, context: Json, *, free: bool = False) -> None:
    fee = Decimal(0) if free else fee_on(amount)
    _write(call, kind, context, moved=number(amount), fee=fee, currency=amount["currency"])


def went(call: Call, kind: str, amount: Json, context: Json) -> None:
    moved = -number(amount)
    _write(call, kind, context, moved=moved, fee=Decimal(0), currency=amount["currency"])


def _write(
    call: Call, kind: str, context: Json, *, moved: Decimal, fee: Decimal, currency: str
) -> None:
    line: Json = {
        "id": f"baltr_{random_text(20)}",
        "created": call.now,
        "type": kind,
        "initialAmount": amount_of(moved, currency),
        "deductions": amount_of(-fee, currency) if fee else None,
        "resultAmount": amount_of(moved - fee, currency),
        "context": context,
    }
    call.store.add("balance", line)
