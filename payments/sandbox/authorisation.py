"""What does the bank say to this intent? Challenge, fraud check, decline or money, in that order.

Moves the intent by the table of `intent_states` and leaves the events behind. The caller stores
nothing more.
"""

from payments.sandbox import charges, events, later, methods, sessions
from payments.sandbox.card_table import GENERIC, PROCESSING
from payments.sandbox.cards import Authentication, Card, Complaint, Decline
from payments.sandbox.charges import Authenticated
from payments.sandbox.desk import Answer, Call
from payments.sandbox.errors import Json, doc_url
from payments.sandbox.ids import random_text
from payments.sandbox.intent_states import Status, move

AUTHENTICATION_NEEDED = Decline(
    "authentication_required",
    "authentication_required",
    "Your card was declined. This transaction requires authentication.",
    "try_again_later",
)
_BROKEN_BY_ASKING = (Authentication.OPTIONAL_BROKEN, Authentication.REQUIRED_BROKEN)


def attempt(call: Call, intent: Json, method: Json) -> Answer:
    """One confirmed try to pay. Answers the intent, or the card error that it ended in."""
    hidden = call.store.hidden(intent["id"])
    card = methods.card_of(call, method)
    intent["payment_method"] = method["id"]
    intent["last_payment_error"] = None
    asked = hidden["request_three_d_secure"] in ("any", "challenge")
    how = card.authentication
    if hidden.get("authenticated") == method["id"]:
        return charge(call, intent, method, card, Authenticated("authenticated", "challenge"))
    if how is Authentication.REQUIRED_BROKEN or (asked and how in _BROKEN_BY_ASKING):
        error = GENERIC if how is Authentication.REQUIRED_BROKEN else PROCESSING
        return decline_charge(
            call, intent, method, card, error, authenticated=Authenticated("failed")
        )
    if how is Authentication.REQUIRED or (asked and how is Authentication.OPTIONAL):
        return _challenge(call, intent, method, card, hidden)
    if how is Authentication.FRICTIONLESS:
        return charge(call, intent, method, card, Authenticated("authenticated", "frictionless"))
    acknowledged = asked and how is not Authentication.UNSUPPORTED
    result = Authenticated("attempt_acknowledged") if acknowledged else Authenticated()
    if card.processes_first:
        return _process(call, intent)
    return charge(call, intent, method, card, result)


def _challenge(call: Call, intent: Json, method: Json, card: Card, hidden: Json) -> Answer:
    if hidden["off_session"]:
        if card.set_up_off_session:
            return charge(call, intent, method, card, Authenticated())
        return decline_charge(call, intent, method, card, AUTHENTICATION_NEEDED)
    if hidden["error_on_requires_action"]:
        return decline_charge(call, intent, method, card, AUTHENTICATION_NEEDED)
    challenge = random_text(40)
    call.store.hide(intent["id"], challenge=challenge)
    address = f"{call.desk.settings.public_url}/challenge/{challenge}"
    return_url = hidden["return_url"]
    if return_url and not hidden["use_stripe_sdk"]:
        intent["next_action"] = {
            "type": "redirect_to_url",
            "redirect_to_url": {"return_url": return_url, "url": address},
        }
    else:
        intent["next_action"] = {
            "type": "use_stripe_sdk",
            "use_stripe_sdk": {
                "type": "three_d_secure_redirect",
                "source": f"src_{random_text(24)}",
                "stripe_js": address,
                "directory_server_name": card.brand,
                "known_frame_issues": "false",
            },
        }
    move(intent, Status.REQUIRES_ACTION)
    call.store.save(intent)
    events.record(call, "payment_intent.requires_action", intent)
    return Answer(intent)


def _process(call: Call, intent: Json) -> Answer:
    move(intent, Status.PROCESSING)
    intent["processing"] = {"type": "card", "card": {"customer_notification": None}}
    call.store.save(intent)
    events.record(call, "payment_intent.processing", intent)
    sessions.settle(call, intent)
    later.schedule(call, "finish_processing", intent["id"], after_ms=later.PROCESSING_TAKES_MS)
    return Answer(intent)


def finish_processing(call: Call, intent_id: str) -> None:
    intent = call.store.get("payment_intent", intent_id)
    if intent is None or intent["status"] != Status.PROCESSING:
        return
    method = methods.find(call, intent["payment_method"])
    intent["processing"] = None
    charge(call, intent, method, methods.card_of(call, method), Authenticated())


def charge(
    call: Call, intent: Json, method: Json, card: Card, authenticated: Authenticated
) -> Answer:
    """The bank decides; money is authorised or captured as the intent asks."""
    if card.decline is not None:
        return decline_charge(call, intent, method, card, card.decline, authenticated=authenticated)
    charged = charges.add(call, intent, method, card, decline=None, authenticated=authenticated)
    call.store.hide(method["id"], spent=True)
    call.store.hide(intent["id"], challenge=None)
    intent["latest_charge"] = charged["id"]
    intent["next_action"] = None
    if intent["capture_method"] == "manual":
        move(intent, Status.REQUIRES_CAPTURE)
        intent["amount_capturable"] = intent["amount"]
        call.store.save(intent)
        events.record(call, "charge.succeeded", charged)
        events.record(call, "payment_intent.amount_capturable_updated", intent)
    else:
        charges.capture(call, charged, charged["amount"], card)
        move(intent, Status.SUCCEEDED)
        intent["amount_received"] = charged["amount"]
        call.store.save(intent)
        events.record(call, "charge.succeeded", charged)
        events.record(call, "payment_intent.succeeded", intent)
        expect_complaint(call, charged, card)
    sessions.settle(call, intent)
    return Answer(intent)


def expect_complaint(call: Call, charged: Json, card: Card) -> None:
    if card.complaint is Complaint.EARLY_WARNING:
        later.schedule(call, "warn_early", charged["id"], after_ms=later.DISPUTE_AFTER_MS)
    elif card.complaint is not None:
        later.schedule(call, "open_dispute", charged["id"], after_ms=later.DISPUTE_AFTER_MS)


def decline_charge(
    call: Call,
    intent: Json,
    method: Json,
    card: Card,
    decline: Decline,
    *,
    authenticated: Authenticated | None = None,
) -> Answer:
    authenticated = authenticated or Authenticated()
    charged = charges.add(call, intent, method, card, decline=decline, authenticated=authenticated)
    error: Json = {
        "charge": charged["id"],
        "code": decline.code,
        "doc_url": doc_url(decline.code),
        "message": decline.message,
        "type": "card_error",
    }
    if decline.reason is not None:
        error["decline_code"] = decline.reason
    if decline.advice is not None:
        error["advice_code"] = decline.advice
    intent["latest_charge"] = charged["id"]
    events.record(call, "charge.failed", charged)
    return fail(call, intent, method, error, status=402)


def fail(call: Call, intent: Json, method: Json, error: Json, *, status: int) -> Answer:
    """The intent needs another payment method; what went wrong stands on it."""
    intent["last_payment_error"] = error | {"payment_method": method}
    intent["next_action"] = None
    intent["payment_method"] = None
    move(intent, Status.REQUIRES_PAYMENT_METHOD)
    call.store.hide(intent["id"], challenge=None, authenticated=None)
    call.store.save(intent)
    events.record(call, "payment_intent.payment_failed", intent)
    shown = error | {"payment_intent": intent, "payment_method": method}
    return Answer({"error": shown}, status)
