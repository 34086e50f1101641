"""What moved on the merchant's balance? One balance transaction per movement, fee and net."""

from payments.sandbox.desk import Answer, Call
from payments.sandbox.errors import Json
from payments.sandbox.ids import new_id

DAY = 86_400
DISPUTE_FEE = 1500


def charge_fee(amount: int) -> int:
    """2.9 % rounded half up, and 30 of the smallest unit; never more than the charge."""
    return min(amount, (amount * 29 + 500) // 1000 + 30)


def book(
    call: Call,
    *,
    kind: str,
    amount: int,
    currency: str,
    source: str,
    description: str | None,
    fee: int = 0,
    at_once: bool = False,
) -> Json:
    fees = [
        {
            "amount": fee,
            "application": None,
            "currency": currency,
            "description": "Dispute fee" if kind == "adjustment" else "Processing fees",
            "type": "stripe_fee",
        }
    ]
    return call.store.add(
        "balance_transaction",
        {
            "id": new_id("txn"),
            "object": "balance_transaction",
            "amount": amount,
            "available_on": call.now if at_once else call.now + 2 * DAY,
            "balance_type": "payments",
            "created": call.now,
            "currency": currency,
            "description": description,
            "exchange_rate": None,
            "fee": fee,
            "fee_details": fees if fee else [],
            "net": amount - fee,
            "reporting_category": "dispute" if kind == "adjustment" else kind,
            "source": source,
            "status": "available" if at_once else "pending",
            "type": kind,
        },
    )


def retrieve_balance(call: Call) -> Answer:
    """What is there, by currency."""
    sums: dict[str, dict[str, int]] = {"available": {}, "pending": {}}
    rows = call.store.execute("SELECT id FROM objects WHERE kind = 'balance_transaction'")
    for row in rows.fetchall():
        moved = call.store.get("balance_transaction", row["id"])
        assert moved is not None
        side = "available" if moved["available_on"] <= call.now else "pending"
        currency = moved["currency"]
        sums[side][currency] = sums[side].get(currency, 0) + moved["net"]
    return Answer(
        {
            "object": "balance",
            "livemode": False,
            **{
                side: [
                    {"amount": amount, "currency": currency, "source_types": {"card": amount}}
                    for currency, amount in sorted(by_currency.items())
                ]
                for side, by_currency in sums.items()
            },
        }
    )
