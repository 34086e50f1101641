"""How does a customer pay at a session's page? With a published test card, as often as it takes."""

from dataclasses import dataclass
from typing import Literal

from payments.sandbox import authorisation, events, methods, sessions
from payments.sandbox.desk import Call
from payments.sandbox.errors import Json, Refused
from payments.sandbox.intent_shape import UNSAID, bare
from payments.sandbox.intent_states import Status
from payments.sandbox.params import Params

_DONE = (Status.SUCCEEDED, Status.PROCESSING, Status.REQUIRES_CAPTURE)


@dataclass(frozen=True, slots=True)
class Step:
    """Where the customer goes next: `done` leads to the merchant, `bank` to the bank's page, `page` stays here."""

    kind: Literal["done", "bank", "page"]
    url: str = ""
    trouble: str | None = None


def pay(call: Call, session: Json, number: str, expiry: str, code: str) -> Step:
    """One try. A refused card leaves the page open."""
    month, _, year = expiry.replace(" ", "").partition("/")
    card = {"number": number, "exp_month": month, "exp_year": year, "cvc": code}
    try:
        made = methods.create(_as_browser(call), Params({"type": "card", "card": card}))
    except Refused as refused:
        return Step("page", trouble=str(refused))
    intent = _intent(call, session)
    method = methods.find(call, made.body["id"])
    answer = authorisation.attempt(call, intent, method)
    if "error" in answer.body:
        return Step("page", trouble=str(answer.body["error"]["message"]))
    return where(call, session, answer.body)


def where(call: Call, session: Json, intent: Json | None) -> Step:
    """Where a customer belongs who comes to the page, or back from the bank."""
    if intent is not None and intent["status"] in _DONE:
        return Step("done", session["success_url"])
    if intent is not None and intent["status"] == Status.REQUIRES_ACTION:
        return Step("bank", intent["next_action"]["redirect_to_url"]["url"])
    error = intent and intent["last_payment_error"]
    return Step("page", trouble=str(error["message"]) if error else None)


def intent_of(call: Call, session: Json) -> Json | None:
    """The intent that the customer's first try made."""
    reference = session["payment_intent"]
    return None if reference is None else call.store.get("payment_intent", reference)


def _intent(call: Call, session: Json) -> Json:
    found = intent_of(call, session)
    if found is not None:
        return found
    hidden = call.store.hidden(session["id"])
    intent = bare(call.now, session["amount_total"], session["currency"]) | {
        "description": hidden["description"],
        "metadata": dict(hidden["intent_metadata"]),
    }
    if hidden["capture_method"] is not None:
        intent["capture_method"] = hidden["capture_method"]
    address = f"{call.desk.settings.public_url}/c/pay/{session['id']}"
    wanted = {"return_url": address, "request_three_d_secure": hidden["request_three_d_secure"]}
    call.store.add("payment_intent", intent, UNSAID | wanted)
    events.record(call, "payment_intent.created", intent)
    session["payment_intent"] = intent["id"]
    call.store.save(session)
    return intent


def _as_browser(call: Call) -> Call:
    """Card numbers are taken from a browser alone."""
    return Call(desk=call.desk, now_ms=call.now_ms, secret=False)


def is_open(session: Json | None) -> bool:
    return session is not None and session["status"] == "open"


def found(call: Call, session_id: str) -> Json | None:
    return call.store.get(sessions.KIND, session_id)
