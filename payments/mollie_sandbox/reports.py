"""How does the merchant hear of a change? By the payment's own webhook, and by a signed event where one is set up.

https://docs.mollie.com/reference/webhooks (`id=tr_…` and nothing else), https://docs.mollie.com/reference/webhooks-new
"""

import hashlib
import hmac
import json
from urllib.parse import urlencode

import httpx2

from payments.mollie_sandbox import shapes
from payments.mollie_sandbox.refusal import Refusal
from payments.sandbox.courier import Courier, Errand
from payments.sandbox.desk import Call
from payments.sandbox.errors import Json
from payments.sandbox.events import schedule
from payments.sandbox.ids import random_text

_CLASSIC, _NEXT_GEN = "classic", "next-gen"


def report(call: Call, stored: Json, kind: str) -> None:
    """In the operation's own transaction, so that no change goes unreported."""
    subjects = []
    if stored["webhookUrl"] is not None:
        subjects.append((stored["id"], _CLASSIC))
    if call.desk.settings.webhook_url is not None:
        event = _event(call, stored, kind)
        call.store.add("mollie_event", event)
        subjects.append((event["id"], _NEXT_GEN))
    for subject, endpoint in subjects:
        plan = call.desk.faults.plan_delivery()
        state = "lost" if plan.lost else "pending"
        for delay in plan.delays_ms:
            schedule(call, subject, endpoint, state=state, due_ms=call.now_ms + delay)


def _event(call: Call, stored: Json, kind: str) -> Json:
    event_id = f"event_{random_text(20)}"
    return {
        "resource": "event",
        "id": event_id,
        "type": kind,
        "entityId": stored["id"],
        "created": call.now,
        "createdAt": shapes.iso(call.now),
        "_embedded": {"entity": shapes.payment(call, stored)},
        "_links": {
            "self": shapes.link(call, f"/v2/events/{event_id}"),
            "documentation": shapes.documentation("webhooks-new"),
        },
    }


class MollieCourier(Courier):
    """Tries again, later each time, until it is answered with a 2xx."""

    async def _attempt(self, client: httpx2.AsyncClient, errand: Errand) -> str:
        found = self._letter(errand)
        if found is None:
            return "gone"
        url, headers, body = found
        try:
            response = await client.post(url, content=body, headers=headers)
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            return type(error).__name__
        return str(response.status_code)

    def _letter(self, errand: Errand) -> tuple[str, dict[str, str], bytes] | None:
        store, settings = self._desk.store, self._desk.settings
        if errand.endpoint_id == _CLASSIC:
            stored = store.get("payment", errand.event_id)
            if stored is None:
                return None
            form = {"Content-Type": "application/x-www-form-urlencoded"}
            return stored["webhookUrl"], form, urlencode({"id": errand.event_id}).encode()
        event = store.get("mollie_event", errand.event_id)
        if event is None or settings.webhook_url is None:
            return None
        del event["created"]
        body = json.dumps(event).encode()
        secret = (settings.webhook_secret or "").encode()
        mac = hmac.new(secret, body, hashlib.sha256).hexdigest()
        signed = {"Content-Type": "application/json", "X-Mollie-Signature": f"sha256={mac}"}
        return settings.webhook_url, signed, body


def retold(call: Call, payment_id: str) -> None:
    """The payment's webhook once more, as Mollie does when it is in doubt."""
    stored = call.store.get("payment", payment_id)
    if stored is None or stored["webhookUrl"] is None:
        raise Refusal(404, "No payment with a webhook.")
    schedule(call, payment_id, _CLASSIC, state="pending", due_ms=call.now_ms)
