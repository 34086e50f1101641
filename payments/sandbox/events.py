"""What happened, in Stripe's words? Each change of state leaves an event, frozen as it was then."""

import copy

from payments.sandbox.desk import API_VERSION, Call
from payments.sandbox.errors import Json
from payments.sandbox.ids import new_id

DEFAULT_ENDPOINT = "we_default"


def record(call: Call, kind: str, subject: Json, previous: Json | None = None) -> Json:
    """Stores the event and its deliveries in the operation's own transaction."""
    data: Json = {"object": copy.deepcopy(subject)}
    if previous is not None:
        data["previous_attributes"] = previous
    endpoints = endpoints_for(call, kind)
    event: Json = {
        "id": new_id("evt"),
        "object": "event",
        "api_version": API_VERSION,
        "created": call.now,
        "data": data,
        "livemode": False,
        "pending_webhooks": len(endpoints),
        "request": {"id": call.request_id, "idempotency_key": call.idempotency_key},
        "type": kind,
    }
    call.store.add("event", event)
    if endpoints:
        plan = call.desk.faults.plan_delivery()
        for endpoint in endpoints:
            for delay in plan.delays_ms:
                state = "lost" if plan.lost else "pending"
                schedule(call, event["id"], endpoint, state=state, due_ms=call.now_ms + delay)
    return event


def schedule(call: Call, event_id: str, endpoint_id: str, *, state: str, due_ms: int) -> None:
    call.store.execute(
        "INSERT INTO deliveries (event_id, endpoint_id, state, due_ms) VALUES (?, ?, ?, ?)",
        event_id, endpoint_id, state, due_ms,
    )  # fmt: skip
    call.desk.woken.set()


def endpoints_for(call: Call, kind: str) -> list[str]:
    """The one from the command line, and those made through the API that want this type."""
    found = [DEFAULT_ENDPOINT] if call.desk.settings.webhook_url else []
    rows = call.store.execute("SELECT id FROM objects WHERE kind = 'webhook_endpoint'")
    for row in rows.fetchall():
        endpoint = call.store.get("webhook_endpoint", row["id"])
        assert endpoint is not None
        wanted = endpoint["enabled_events"]
        if endpoint["status"] == "enabled" and ("*" in wanted or kind in wanted):
            found.append(endpoint["id"])
    return found


def redeliver(call: Call, event_id: str) -> int:
    """Sends an event again, whatever became of it; how many deliveries that makes."""
    event = call.store.get("event", event_id)
    if event is None:
        return 0
    endpoints = endpoints_for(call, event["type"])
    for endpoint in endpoints:
        schedule(call, event_id, endpoint, state="pending", due_ms=call.now_ms)
    return len(endpoints)
