"""What can be done with a payment intent? Each command as Stripe documents it."""

import hmac

from payments.sandbox import authorisation, charges, currencies, events, methods, sessions
from payments.sandbox.desk import Answer, Call
from payments.sandbox.errors import BadRequest, Conflict, Json, NotFound, Unauthorised
from payments.sandbox.ids import looks_like_id
from payments.sandbox.intent_shape import UNSAID, bare, public
from payments.sandbox.intent_states import Status, may, move
from payments.sandbox.params import Params, merged_metadata, missing
from payments.sandbox.wishes import Wishes, read_wishes

_REASONS = ("duplicate", "fraudulent", "requested_by_customer", "abandoned")


def create(call: Call, params: Params) -> Answer:
    amount, currency = _amount(params)
    wishes = read_wishes(params)
    confirm_now = params.boolean("confirm") or False
    manual = params.choice("confirmation_method", ("automatic", "manual"))
    allowed = _types(params)
    automatic_methods = _automatic_methods(params)
    intent = bare(call.now, amount, currency) | {
        "automatic_payment_methods": automatic_methods,
        "confirmation_method": manual or "automatic",
        "description": params.text("description"),
        "metadata": merged_metadata({}, params.metadata() or None),
        "allowed_payment_method_types": allowed or None,
        "statement_descriptor": params.text("statement_descriptor", length_max=22),
        "statement_descriptor_suffix": params.text("statement_descriptor_suffix", length_max=22),
        **wishes.visible(),
    }
    if params.text("customer") is not None:
        raise NotFound("No such customer.", code="resource_missing", param="customer", status=400)
    params.finish()
    _note_three_d_secure(intent, wishes)
    method = None
    if wishes.payment_method is not None:
        method = methods.resolve(call, wishes.payment_method)
        intent["payment_method"] = method["id"]
        intent["status"] = str(Status.REQUIRES_CONFIRMATION)
    call.store.add("payment_intent", intent, UNSAID | wishes.hidden())
    events.record(call, "payment_intent.created", intent)
    if not confirm_now:
        return Answer(intent)
    if method is None:
        raise _no_method(intent)
    _must_have_way_back(automatic_methods, wishes)
    return authorisation.attempt(call, intent, method)


def confirm(call: Call, intent_id: str, params: Params) -> Answer:
    intent = find(call, intent_id, params)
    wishes = read_wishes(params)
    params.finish()
    if not call.secret and intent["confirmation_method"] == "manual":
        raise Unauthorised("This PaymentIntent is confirmed with a secret key alone.")
    may("confirm", intent)
    intent |= wishes.visible()
    _note_three_d_secure(intent, wishes)
    call.store.hide(intent_id, challenge=None, **wishes.hidden())
    chosen = wishes.payment_method or intent["payment_method"]
    if chosen is None:
        raise _no_method(intent)
    method = methods.resolve(call, chosen)
    return _view(call, authorisation.attempt(call, intent, method))


def retrieve(call: Call, intent_id: str, params: Params) -> Answer:
    intent = find(call, intent_id, params)
    params.ignore("key", "_stripe_version", "is_stripe_sdk", "client_secret")
    params.finish()
    return _view(call, Answer(intent))


def capture(call: Call, intent_id: str, params: Params) -> Answer:
    intent = find(call, intent_id, params)
    wanted = params.integer("amount_to_capture", least=1)
    metadata = params.metadata()
    params.ignore("final_capture", "statement_descriptor", "statement_descriptor_suffix")
    params.finish()
    may("capture", intent)
    amount = intent["amount_capturable"] if wanted is None else wanted
    if amount > intent["amount_capturable"]:
        raise BadRequest(
            "The amount to capture is above the amount that can be captured.",
            code="amount_too_large",
            param="amount_to_capture",
        )
    charged = call.store.get("charge", intent["latest_charge"])
    assert charged is not None
    method = methods.find(call, charged["payment_method"])
    card = methods.card_of(call, method)
    charges.capture(call, charged, amount, card)
    move(intent, Status.SUCCEEDED)
    intent |= {"amount_capturable": 0, "amount_received": amount}
    intent["metadata"] = merged_metadata(intent["metadata"], metadata)
    call.store.save(intent)
    events.record(call, "charge.captured", charged)
    events.record(call, "payment_intent.succeeded", intent)
    sessions.settle(call, intent)
    authorisation.expect_complaint(call, charged, card)
    return Answer(intent)


def cancel(call: Call, intent_id: str, params: Params) -> Answer:
    """An uncaptured charge is released; Stripe shows it as refunded, never captured."""
    intent = find(call, intent_id, params)
    reason = params.choice("cancellation_reason", _REASONS)
    params.finish()
    may("cancel", intent)
    charged = call.store.get("charge", intent["latest_charge"] or "")
    if intent["status"] == Status.REQUIRES_CAPTURE:
        assert charged is not None
        charged |= {"refunded": True, "amount_refunded": charged["amount"]}
        call.store.save(charged)
        events.record(call, "charge.refunded", charged)
    move(intent, Status.CANCELED)
    intent |= {
        "amount_capturable": 0,
        "canceled_at": call.now,
        "cancellation_reason": reason,
        "next_action": None,
    }
    call.store.hide(intent_id, challenge=None)
    call.store.save(intent)
    events.record(call, "payment_intent.canceled", intent)
    return Answer(intent)


def update(call: Call, intent_id: str, params: Params) -> Answer:
    """A change of amount, currency or card voids a bank challenge: it was about something else."""
    intent = find(call, intent_id, params)
    debt = {
        "amount": params.integer("amount", least=1),
        "currency": params.text("currency"),
    }
    wishes = read_wishes(params)
    metadata = params.metadata()
    texts = {
        name: params.text(name) if name in params else intent[name]
        for name in ("description", "statement_descriptor", "statement_descriptor_suffix")
    }
    params.finish()
    changed = {name: value for name, value in debt.items() if value is not None}
    if changed or wishes.payment_method is not None:
        may("update", intent)
        intent |= changed
        intent["currency"] = currencies.check_currency(intent["currency"])
        currencies.check_amount(intent["amount"], intent["currency"])
        if wishes.payment_method is not None:
            intent["payment_method"] = methods.resolve(call, wishes.payment_method)["id"]
        if intent["payment_method"] is not None:
            move(intent, Status.REQUIRES_CONFIRMATION)
        intent["next_action"] = None
        call.store.hide(intent_id, challenge=None, authenticated=None)
    intent |= texts | wishes.visible()
    intent["metadata"] = merged_metadata(intent["metadata"], metadata)
    _note_three_d_secure(intent, wishes)
    call.store.hide(intent_id, **wishes.hidden())
    call.store.save(intent)
    return Answer(intent)


def find(call: Call, intent_id: str, params: Params) -> Json:
    """With a publishable key the client secret must be right, and is asked for first."""
    given = params.text("client_secret")
    intent = call.store.get("payment_intent", intent_id)
    if call.secret and intent is not None:
        return intent
    if not call.secret and given is None:
        raise missing("client_secret")
    if intent is None or not hmac.compare_digest(
        intent["client_secret"].encode(), (given or "").encode()
    ):
        named = f": '{intent_id}'" if looks_like_id(intent_id) else ""
        raise NotFound(f"No such payment_intent{named}", code="resource_missing", param="intent")
    return intent


def _view(call: Call, answer: Answer) -> Answer:
    if call.secret:
        return answer
    if "error" not in answer.body:
        return Answer(public(answer.body), answer.status)
    error = dict(answer.body["error"])
    error["payment_intent"] = public(error["payment_intent"])
    return Answer({"error": error}, answer.status)


def _amount(params: Params) -> tuple[int, str]:
    amount = params.integer("amount", least=1)
    currency = params.text("currency", length_max=10)
    if amount is None:
        raise missing("amount")
    if currency is None:
        raise missing("currency")
    currency = currencies.check_currency(currency)
    currencies.check_amount(amount, currency)
    return amount, currency


def _automatic_methods(params: Params) -> Json | None:
    given = params.group("automatic_payment_methods")
    if given is None:
        return None
    enabled = given.boolean("enabled") or False
    redirects = given.choice("allow_redirects", ("always", "never")) or "always"
    return {"allow_redirects": redirects, "enabled": enabled}


def _must_have_way_back(automatic: Json | None, wishes: Wishes) -> None:
    """Methods that may redirect need an address to return to, even where only cards are used."""
    redirects = automatic and automatic["enabled"] and automatic["allow_redirects"] == "always"
    if redirects and wishes.return_url is None:
        raise Conflict(
            "This PaymentIntent accepts payment methods that might redirect: give a return_url, "
            "or set automatic_payment_methods[allow_redirects] to never.",
            param="return_url",
        )


def _types(params: Params) -> list[str]:
    """Since 2026-09-30 a caller may only narrow down: https://docs.stripe.com/changelog/endive"""
    if "payment_method_types" in params:
        raise BadRequest(
            "The payment_method_types parameter is no longer supported. Use "
            "allowed_payment_method_types, or leave the choice to the Dashboard.",
            code="payment_method_types_no_longer_supported",
            param="payment_method_types",
        )
    allowed = params.texts("allowed_payment_method_types")
    if allowed and "automatic_payment_methods" in params:
        raise BadRequest(
            "Give allowed_payment_method_types or automatic_payment_methods, not both.",
            param="allowed_payment_method_types",
        )
    if allowed and "card" not in allowed:
        raise BadRequest(
            "The sandbox knows the payment method type card alone.",
            param="allowed_payment_method_types",
        )
    return allowed


def _note_three_d_secure(intent: Json, wishes: Wishes) -> None:
    if wishes.request_three_d_secure is not None:
        intent["payment_method_options"]["card"]["request_three_d_secure"] = (
            wishes.request_three_d_secure
        )


def _no_method(intent: Json) -> Conflict:
    return Conflict(
        "You cannot confirm this PaymentIntent because it's missing a payment method. "
        "Update the PaymentIntent with a payment method, then confirm it again.",
        code="payment_intent_unexpected_state",
        extra={"payment_intent": intent},
    )
