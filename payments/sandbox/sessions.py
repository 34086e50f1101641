"""What is a Checkout Session, and how does it stand? It is made, shown, paid at its page, or it expires.

https://docs.stripe.com/api/checkout/sessions/object
"""

from payments.sandbox import currencies, events, later
from payments.sandbox.desk import Answer, Call
from payments.sandbox.errors import BadRequest, Conflict, Json, NotFound
from payments.sandbox.ids import random_text
from payments.sandbox.intent_states import MOVES, Status, move
from payments.sandbox.params import Params, missing
from payments.sandbox.wishes import CAPTURE_METHODS, web_address

KIND = "checkout.session"
_MINUTE_SECONDS, _DAY_SECONDS = 60, 86_400
_OPEN_AT_LEAST_SECONDS = 30 * _MINUTE_SECONDS
_SETTLED = (Status.SUCCEEDED, Status.PROCESSING, Status.REQUIRES_CAPTURE)
# Stripe's, accepted, and without effect on a page of cards.
_IGNORED = (
    "adaptive_pricing", "billing_address_collection", "customer_creation", "submit_type", "ui_mode",
    "phone_number_collection", "name_collection", "excluded_payment_method_types", "customer_email",
)  # fmt: skip


def create(call: Call, params: Params) -> Answer:
    params.ignore(*_IGNORED)
    if params.choice("mode", ("payment",)) is None:
        raise missing("mode")
    amount, currency, name = _item(params)
    wanted = params.group("payment_intent_data")
    methods = params.texts("allowed_payment_method_types")
    if methods and "card" not in methods:
        raise BadRequest(
            "The sandbox knows the payment method type card alone.",
            param="allowed_payment_method_types",
        )
    session: Json = {
        "id": f"cs_test_{random_text(58)}",
        "object": KIND,
        "amount_subtotal": amount,
        "amount_total": amount,
        "cancel_url": web_address(params, "cancel_url"),
        "client_reference_id": params.text("client_reference_id", length_max=200),
        "created": call.now,
        "currency": currency,
        "customer": None,
        "expires_at": _expiry(call, params),
        "livemode": False,
        "locale": params.text("locale") or "auto",
        "metadata": params.metadata() or {},
        "mode": "payment",
        "payment_intent": None,
        "payment_method_types": ["card"],
        "payment_status": "unpaid",
        "status": "open",
        "success_url": web_address(params, "success_url"),
    }
    hidden: Json = {
        "name": name,
        "capture_method": None,
        "description": None,
        "intent_metadata": {},
        "request_three_d_secure": _three_d_secure(params) or "automatic",
    }
    if wanted is not None:
        hidden["capture_method"] = wanted.choice("capture_method", CAPTURE_METHODS)
        hidden["description"] = wanted.text("description")
        hidden["intent_metadata"] = wanted.metadata() or {}
    params.finish()
    if session["success_url"] is None:
        raise missing("success_url")
    session["url"] = f"{call.desk.settings.public_url}/c/pay/{session['id']}"
    call.store.add(KIND, session, hidden)
    wait_ms = (session["expires_at"] - call.now) * 1000
    later.schedule(call, "expire_session", session["id"], after_ms=wait_ms)
    return Answer(session)


def expire(call: Call, session_id: str, params: Params) -> Answer:
    params.finish()
    session = call.store.get(KIND, session_id)
    if session is None:
        raise NotFound(
            "No such checkout session.", code="resource_missing", param="session", status=404
        )
    if session["status"] != "open":
        raise Conflict(
            'Only Checkout Sessions with a status in ["open"] can be expired. This Checkout '
            f'Session has a status of "{session["status"]}".',
        )
    return Answer(_expired(call, session))


def run_out(call: Call, session_id: str) -> None:
    """Its time is over, if it is still open."""
    session = call.store.get(KIND, session_id)
    if session is not None and session["status"] == "open":
        _expired(call, session)


def settle(call: Call, intent: Json) -> None:
    """The session whose intent this is follows it: once paid, held or under way, its page is over."""
    for session in call.store.belonging(KIND, "payment_intent", intent["id"]):
        paid = intent["status"] == Status.SUCCEEDED
        before = session["status"], session["payment_status"]
        if intent["status"] in _SETTLED:
            session["status"] = "complete"
        session["payment_status"] = "paid" if paid else "unpaid"
        if (session["status"], session["payment_status"]) == before:
            continue
        if session["status"] != "open":
            session["url"] = None
        call.store.save(session)
        late = before[0] == "complete" and intent["capture_method"] != "manual"
        if before[0] == "open":
            events.record(call, "checkout.session.completed", session)
        elif late:
            events.record(call, "checkout.session.async_payment_succeeded", session)


def _expired(call: Call, session: Json) -> Json:
    session |= {"status": "expired", "url": None}
    call.store.save(session)
    intent = call.store.get("payment_intent", session["payment_intent"] or "")
    if intent is not None and Status.CANCELED in MOVES[Status(intent["status"])]:
        move(intent, Status.CANCELED)
        intent |= {"canceled_at": call.now, "cancellation_reason": "automatic", "next_action": None}
        call.store.hide(intent["id"], challenge=None)
        call.store.save(intent)
        events.record(call, "payment_intent.canceled", intent)
    events.record(call, "checkout.session.expired", session)
    return session


def _item(params: Params) -> tuple[int, str, str]:
    items = params.groups("line_items")
    if len(items) != 1:
        raise BadRequest("The sandbox sells one line item a session.", param="line_items")
    price = items[0].group("price_data")
    if price is None or items[0].integer("quantity", least=1, most=1) is None:
        raise missing("line_items[0][price_data]")
    currency = currencies.check_currency(price.required("currency", length_max=10))
    amount = price.integer("unit_amount", least=1)
    if amount is None:
        raise missing("line_items[0][price_data][unit_amount]")
    currencies.check_amount(amount, currency)
    product = price.group("product_data")
    if product is None:
        raise missing("line_items[0][price_data][product_data]")
    return amount, currency, product.required("name")


def _expiry(call: Call, params: Params) -> int:
    moment = params.integer("expires_at")
    if moment is None:
        return call.now + _DAY_SECONDS
    if not _OPEN_AT_LEAST_SECONDS <= moment - call.now <= _DAY_SECONDS:
        raise BadRequest(
            "The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout "
            "Session creation.",
            param="expires_at",
        )
    return moment


def _three_d_secure(params: Params) -> str | None:
    options = params.group("payment_method_options")
    card = options.group("card") if options is not None else None
    if card is None:
        return None
    return card.choice("request_three_d_secure", ("automatic", "any", "challenge"))
