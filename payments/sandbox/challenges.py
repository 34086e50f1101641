"""What is the bank asking, and what did the cardholder say?

A challenge has a secret name in its address. It is for one confirmation of one intent: any change
of the intent, or an answer, ends it.
"""

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from payments.sandbox import authorisation, methods
from payments.sandbox.charges import Authenticated
from payments.sandbox.desk import Call
from payments.sandbox.errors import Json, doc_url
from payments.sandbox.intent_states import Status, move


@dataclass(frozen=True, slots=True)
class Question:
    merchant: str
    description: str | None
    amount: int
    currency: str
    last4: str
    brand: str


def question(call: Call, challenge: str) -> Question | None:
    """What the bank's page shows; None when the challenge is over or never was."""
    intent = call.store.challenged(challenge)
    if intent is None or intent["status"] != Status.REQUIRES_ACTION:
        return None
    card = methods.find(call, intent["payment_method"])["card"]
    return Question(
        merchant=call.desk.settings.merchant,
        description=intent["description"],
        amount=intent["amount"],
        currency=intent["currency"],
        last4=card["last4"],
        brand=card["brand"],
    )


def answer(call: Call, challenge: str, *, complete: bool) -> str | None:
    """Ends the challenge. True to its word afterwards: the intent is charged, or needs a card.

    Answers where a top-level page goes next, or "" where there is nowhere to return to; None when
    there was nothing to answer.
    """
    intent = call.store.challenged(challenge)
    if intent is None or intent["status"] != Status.REQUIRES_ACTION:
        return None
    method = methods.find(call, intent["payment_method"])
    hidden = call.store.hidden(intent["id"])
    call.store.hide(intent["id"], challenge=None)
    if not complete:
        _fail(call, intent, method)
    elif intent["confirmation_method"] == "manual":
        call.store.hide(intent["id"], authenticated=method["id"])
        intent["next_action"] = None
        move(intent, Status.REQUIRES_CONFIRMATION)
        call.store.save(intent)
    else:
        authorisation.charge(
            call,
            intent,
            method,
            methods.card_of(call, method),
            Authenticated("authenticated", "challenge"),
        )
    return _return_address(hidden["return_url"], intent, succeeded=complete)


def _fail(call: Call, intent: Json, method: Json) -> None:
    code = "payment_intent_authentication_failure"
    error = {
        "code": code,
        "doc_url": doc_url(code),
        "message": "We are unable to authenticate your payment method. Please choose a different "
        "payment method and try again.",
        "type": "invalid_request_error",
    }
    authorisation.fail(call, intent, method, error, status=402)


def _return_address(return_url: str | None, intent: Json, *, succeeded: bool) -> str:
    if return_url is None:
        return ""
    parts = urlsplit(return_url)
    query = [
        *parse_qsl(parts.query, keep_blank_values=True),
        ("payment_intent", intent["id"]),
        ("payment_intent_client_secret", intent["client_secret"]),
        ("source_type", "card"),
        ("redirect_status", "succeeded" if succeeded else "failed"),
    ]
    return urlunsplit(parts._replace(query=urlencode(query)))
