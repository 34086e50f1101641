"""Where else do events go? Webhook endpoints made through the API."""

from urllib.parse import urlsplit

from payments.sandbox.desk import API_VERSION, Answer, Call
from payments.sandbox.errors import BadRequest, Json, NotFound
from payments.sandbox.ids import new_id, random_text
from payments.sandbox.params import Params


def create(call: Call, params: Params) -> Answer:
    """The secret is shown in this answer alone."""
    url = params.required("url", length_max=2048)
    enabled = params.texts("enabled_events") or ["*"]
    description = params.text("description", length_max=5000)
    metadata = params.metadata() or {}
    params.ignore("api_version", "connect")
    params.finish()
    try:
        parts = urlsplit(url)
        fine = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        fine = False
    if not fine:
        raise BadRequest("Invalid URL.", code="url_invalid", param="url")
    endpoint: Json = {
        "id": new_id("we"),
        "object": "webhook_endpoint",
        "api_version": API_VERSION,
        "application": None,
        "created": call.now,
        "description": description,
        "enabled_events": enabled,
        "livemode": False,
        "metadata": metadata,
        "status": "enabled",
        "url": url,
    }
    secret = f"whsec_{random_text(32)}"
    call.store.add("webhook_endpoint", endpoint, {"secret": secret})
    return Answer(endpoint | {"secret": secret})


def delete(call: Call, endpoint_id: str, params: Params) -> Answer:
    params.finish()
    gone = call.store.execute(
        "DELETE FROM objects WHERE kind = 'webhook_endpoint' AND id = ?", endpoint_id
    )
    if gone.rowcount == 0:
        raise NotFound("No such webhook endpoint.", code="resource_missing", param="id")
    return Answer({"id": endpoint_id, "object": "webhook_endpoint", "deleted": True})
