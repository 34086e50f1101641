"""How is an event told? One item, signed, in Adyen's envelope; queued with the change that it tells of.

https://docs.adyen.com/development-resources/webhooks/webhook-types
"""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime

from payments.adyen_sandbox.desk import Desk, Json, new_psp_reference
from payments.sandbox import clock

_SIGNED = ("pspReference", "originalReference", "merchantAccountCode", "merchantReference")


def tell(
    desk: Desk,
    code: str,
    *,
    psp: str,
    payment: Json,
    reference: str,
    success: bool = True,
    value: int | None = None,
    reason: str = "",
    more: dict[str, str] | None = None,
    after_ms: int = 0,
) -> None:
    """Queues an item about a payment. Part of the caller's transaction."""
    item: Json = {
        "additionalData": {"paymentMethodVariant": payment["brand"], **(more or {})},
        "amount": {
            "currency": payment["amount"]["currency"],
            "value": payment["amount"]["value"] if value is None else value,
        },
        "eventCode": code,
        "eventDate": datetime.fromtimestamp(clock.seconds(clock.now_ms()), UTC).isoformat(),
        "merchantAccountCode": desk.settings.merchant_account,
        "merchantReference": reference,
        "paymentMethod": payment["brand"],
        "pspReference": psp,
        "reason": reason,
        "success": "true" if success else "false",
    }
    if psp != payment["id"]:
        item["originalReference"] = payment["id"]
    item["additionalData"]["hmacSignature"] = signature(item, desk.settings.hmac_key)
    queue(desk, item, after_ms)


def signature(item: Json, key: bytes) -> str:
    """HMAC-SHA256 over the signed fields, joined by colons, in base64."""
    fields = [str(item.get(name, "")) for name in _SIGNED]
    fields += [str(item["amount"]["value"]), item["amount"]["currency"]]
    fields += [item["eventCode"], item["success"]]
    return base64.b64encode(
        hmac.new(key, ":".join(fields).encode(), hashlib.sha256).digest()
    ).decode()


def queue(desk: Desk, item: Json, after_ms: int) -> None:
    """As the faults of the moment say: once, several times, later, or never."""
    event = {"id": f"ntf_{new_psp_reference()}", "created": clock.seconds(clock.now_ms())}
    desk.store.add("notification", {**event, "item": item})
    plan = desk.faults.plan_delivery()
    for delay_ms in plan.delays_ms:
        desk.store.execute(
            "INSERT INTO deliveries (event_id, endpoint_id, state, due_ms) VALUES (?, ?, ?, ?)",
            event["id"], "standard", "lost" if plan.lost else "pending", clock.now_ms() + after_ms + delay_ms,
        )  # fmt: skip
    desk.woken.set()


def envelope(*items: Json) -> bytes:
    """The body of a webhook."""
    wrapped = [{"NotificationRequestItem": item} for item in items]
    return json.dumps({"live": "false", "notificationItems": wrapped}).encode()
