"""What do the books say? A settlement details report of everything so far, as Adyen writes the file.

https://docs.adyen.com/reporting/settlement-reconciliation/transaction-level/settlement-details-report
"""

import csv
import io
import json
from decimal import Decimal

from payments.adyen_sandbox.desk import Desk, Json
from payments.sandbox import clock

# The decimals that differ from two: docs.adyen.com/development-resources/currency-codes
_NONE = "BIF CVE DJF GNF IDR JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
_THREE = "BHD IQD JOD KWD LYD OMR TND"
_COLUMNS = (
    "Company Account",
    "Merchant Account",
    "Psp Reference",
    "Merchant Reference",
    "Payment Method",
    "Creation Date",
    "TimeZone",
    "Type",
    "Modification Reference",
    "Gross Currency",
    "Gross Debit (GC)",
    "Gross Credit (GC)",
    "Net Currency",
    "Net Debit (NC)",
    "Net Credit (NC)",
    "Commission (NC)",
)
_TYPES = {"REFUND": "Refunded", "CHARGEBACK": "Chargeback"}


def settlement_details(desk: Desk) -> str:
    """The file's text."""
    out = io.StringIO()
    writer = csv.DictWriter(out, _COLUMNS)
    writer.writeheader()
    for payment in _all(desk, "payment"):
        if payment["captured"]:
            writer.writerow(_line(desk, payment, "Settled", payment, payment["captured"]))
    for made in _all(desk, "modification"):
        payment_of = desk.store.get("payment", made["payment"])
        if made["worked"] and made["code"] in _TYPES and payment_of is not None:
            kind, value = _TYPES[made["code"]], -made["amount"]["value"]
            writer.writerow(_line(desk, payment_of, kind, made, value))
    return out.getvalue()


def _line(desk: Desk, payment: Json, kind: str, made: Json, value: int) -> dict[str, str]:
    currency = payment["amount"]["currency"]
    exponent = 0 if currency in _NONE else 3 if currency in _THREE else 2
    amount = str(Decimal(abs(value)).scaleb(-exponent))
    side = "Credit" if value > 0 else "Debit"
    return {
        "Company Account": "Sandbox",
        "Merchant Account": desk.settings.merchant_account,
        "Psp Reference": payment["id"],
        "Merchant Reference": payment["reference"],
        "Payment Method": payment["brand"],
        "Creation Date": clock.readable(made["created"]).removesuffix(" UTC"),
        "TimeZone": "UTC",
        "Type": kind,
        "Modification Reference": made["id"],
        "Gross Currency": currency,
        f"Gross {side} (GC)": amount,
        "Net Currency": currency,
        f"Net {side} (NC)": amount,
        "Commission (NC)": "0",
    }


def _all(desk: Desk, kind: str) -> list[Json]:
    rows = desk.store.execute("SELECT body FROM objects WHERE kind = ? ORDER BY seq", kind)
    return [json.loads(row["body"]) for row in rows]
