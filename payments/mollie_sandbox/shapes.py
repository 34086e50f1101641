"""How does Mollie show its objects? HAL: what is stored, with its sums and links, and nothing that is not there yet."""

from collections.abc import Callable
from decimal import Decimal

from payments.mollie_sandbox.account import PROFILE
from payments.mollie_sandbox.amounts import amount_of, number
from payments.sandbox import clock
from payments.sandbox.desk import Call
from payments.sandbox.errors import Json

_ALL = 1_000
_PAYMENT_FIELDS = (
    "id", "amount", "description", "method", "metadata", "status", "statusReason", "captureMode", "locale",
    "isCancelable", "expiresAt", "paidAt", "authorizedAt", "captureBefore", "canceledAt", "expiredAt", "failedAt",
    "redirectUrl", "cancelUrl", "webhookUrl", "details",
)  # fmt: skip
_NULLABLE = frozenset({"method", "metadata", "redirectUrl"})


def iso(seconds: int) -> str:
    return clock.readable(seconds).replace(" UTC", "+00:00").replace(" ", "T")


def link(call: Call, path: str, kind: str = "application/hal+json") -> Json:
    return {"href": f"{call.desk.settings.public_url}{path}", "type": kind}


def children(call: Call, kind: str, payment_id: str) -> list[Json]:
    """Newest first, as Mollie lists."""
    return call.store.page(kind, limit=_ALL, where={"payment": payment_id}, created={}).objects


def total(found: list[Json], *states: str) -> Decimal:
    return sum((number(one["amount"]) for one in found if one["status"] in states), Decimal(0))


def payment(call: Call, stored: Json, embed: tuple[str, ...] = ()) -> Json:
    """https://docs.mollie.com/reference/get-payment."""
    payment_id, currency = stored["id"], stored["amount"]["currency"]
    path = f"/v2/payments/{payment_id}"
    shown: Json = {"resource": "payment", "mode": "test", "createdAt": iso(stored["created"])}
    for name in _PAYMENT_FIELDS:
        value = stored.get(name)
        if value is not None or name in _NULLABLE:
            shown[name] = value
    shown |= {"profileId": PROFILE, "sequenceType": "oneoff"}
    links = {"self": link(call, path), "dashboard": link(call, f"/#{payment_id}", "text/html")}
    if stored["status"] == "open":
        token = call.store.hidden(payment_id)["challenge"]
        links["checkout"] = link(call, f"/checkout/{token}", "text/html")
    embedded: Json = {}
    for kind, plural, shape in _CHILDREN:
        found = children(call, kind, payment_id)
        if found:
            links[plural] = link(call, f"{path}/{plural}")
        if plural in embed:
            embedded[plural] = [shape(call, one) for one in found]
    if stored["status"] in ("paid", "authorized"):
        shown |= _sums(call, stored, currency)
    links["documentation"] = documentation("get-payment")
    return shown | {"_links": links} | ({"_embedded": embedded} if embedded else {})


def _sums(call: Call, stored: Json, currency: str) -> Json:
    """Mollie leaves out what is nothing, save what is captured by hand and what may still be refunded."""
    refunded = total(
        children(call, "refund", stored["id"]), "queued", "pending", "processing", "refunded"
    )
    charged_back = total(children(call, "chargeback", stored["id"]), "charged_back")
    captured = captured_of(call, stored)
    sums = {}
    if stored["captureMode"] == "manual":
        sums["amountCaptured"] = amount_of(captured, currency)
    if captured:
        sums["amountRefunded"] = amount_of(refunded, currency)
        sums["amountRemaining"] = amount_of(captured - refunded, currency)
    if charged_back:
        sums["amountChargedBack"] = amount_of(charged_back, currency)
    return sums


def captured_of(call: Call, stored: Json) -> Decimal:
    if stored["captureMode"] == "manual":
        return total(children(call, "capture", stored["id"]), "succeeded")
    return number(stored["amount"]) if stored["status"] == "paid" else Decimal(0)


def _child(call: Call, stored: Json, resource: str, plural: str, fields: tuple[str, ...]) -> Json:
    path = f"/v2/payments/{stored['payment']}"
    return {
        "resource": resource,
        "id": stored["id"],
        **{name: stored[name] for name in fields},
        "paymentId": stored["payment"],
        "createdAt": iso(stored["created"]),
        "_links": {
            "self": link(call, f"{path}/{plural}/{stored['id']}"),
            "payment": link(call, path),
            "documentation": documentation(f"get-{resource}"),
        },
    }


def refund(call: Call, stored: Json) -> Json:
    fields = ("amount", "status", "description", "metadata")
    return _child(call, stored, "refund", "refunds", fields) | {"mode": "test"}


def capture(call: Call, stored: Json) -> Json:
    fields = ("amount", "status", "description", "metadata")
    return _child(call, stored, "capture", "captures", fields) | {"mode": "test"}


def chargeback(call: Call, stored: Json) -> Json:
    shown = _child(call, stored, "chargeback", "chargebacks", ("amount", "reason"))
    return shown | {"reversedAt": stored["reversedAt"]}


def balance_line(_: Call, stored: Json) -> Json:
    """https://docs.mollie.com/reference/list-balance-transactions."""
    fields = ("id", "type", "initialAmount", "resultAmount", "deductions", "context")
    shown = {name: stored[name] for name in fields}
    return {"resource": "balance-transaction", "createdAt": iso(stored["created"])} | shown


def documentation(page: str) -> Json:
    return {"href": f"https://docs.mollie.com/reference/{page}", "type": "text/html"}


_CHILDREN: tuple[tuple[str, str, Callable[[Call, Json], Json]], ...] = (
    ("refund", "refunds", refund),
    ("chargeback", "chargebacks", chargeback),
    ("capture", "captures", capture),
)
