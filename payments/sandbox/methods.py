"""How does a card become a payment method? Looked up in memory, then kept without its number."""

from payments.sandbox import cards, clock, numbers, wallets
from payments.sandbox.cards import Authentication, Card
from payments.sandbox.desk import Answer, Call
from payments.sandbox.errors import BadRequest, Conflict, Json, NotFound, Refused
from payments.sandbox.ids import looks_like_id, new_id
from payments.sandbox.params import Params, missing

_ADDRESS = ("city", "country", "line1", "line2", "postal_code", "state")
# What Stripe's own script sends along and what changes nothing here.
_IGNORED = (
    "guid", "muid", "sid", "pasted_fields", "payment_user_agent", "time_on_page", "referrer",
    "allow_redisplay", "client_attribution_metadata", "radar_options", "key", "_stripe_version",
)  # fmt: skip
_DISPLAY_BRAND = {"amex": "american_express", "diners": "diners_club"}


def create(call: Call, params: Params) -> Answer:
    params.ignore(*_IGNORED)
    kind = params.required("type")
    if kind != "card":
        raise BadRequest("The sandbox makes payment methods of type card alone.", param="type")
    details = params.group("card")
    if details is None:
        raise missing("card")
    billing = _billing(params.group("billing_details"))
    metadata = params.metadata() or {}
    token, wallet = details.text("token"), details.text("wallet")
    number = details.text("number")
    month, year = details.text("exp_month"), details.text("exp_year")
    cvc = details.text("cvc")
    params.finish()
    if token is not None:
        card = cards.by_token(token)
        if card is None:
            raise NotFound("No such token.", code="resource_missing", param="card[token]")
        method = _add(
            call, card, _far_expiry(call), billing, metadata, cvc_given=not wallet, wallet=wallet
        )
        return Answer(seen(call, method))
    if call.secret:
        raise Refused(
            "Sending card numbers to the API with a secret key is unsafe and refused. "
            "Use the card fields, or a ready-made id such as pm_card_visa.",
            status=402,
            param="card[number]",
        )
    card = _recognised(number)
    expiry = _expiry(call, month, year)
    _check_cvc(card, cvc)
    return Answer(
        seen(call, _add(call, card, expiry, billing, metadata, cvc_given=cvc is not None))
    )


def retrieve(call: Call, method_id: str) -> Answer:
    card = cards.ready_made(method_id)
    if card is not None:
        return Answer(
            _shape(call, card, _far_expiry(call), _billing(None), {}, method_id=method_id)
        )
    return Answer(find(call, method_id))


def find(call: Call, method_id: str, param: str | None = None) -> Json:
    method = call.store.get("payment_method", method_id)
    if method is None:
        named = f": '{method_id}'" if looks_like_id(method_id) else "."
        raise NotFound(f"No such PaymentMethod{named}", code="resource_missing", param=param)
    return method


def resolve(call: Call, method_id: str) -> Json:
    """The payment method to pay with. A ready-made id becomes a new one each time it is used."""
    card = cards.ready_made(method_id)
    if card is not None:
        return _add(call, card, _far_expiry(call), _billing(None), {}, cvc_given=True)
    try:
        method = find(call, method_id, "payment_method")
    except NotFound as error:
        error.http_status = 400
        raise
    if call.store.hidden(method_id).get("spent"):
        raise Conflict(
            "The provided PaymentMethod was previously used with a PaymentIntent without Customer "
            "attachment. It may not be used again.",
            param="payment_method",
        )
    return method


def card_of(call: Call, method: Json) -> Card:
    return cards.card_named(call.store.hidden(method["id"])["profile"])


def seen(call: Call, method: Json) -> Json:
    """With a publishable key nobody sees the fingerprint."""
    if call.secret:
        return method
    card = {name: value for name, value in method["card"].items() if name != "fingerprint"}
    return method | {"card": card}


def _recognised(number: str | None) -> Card:
    digits = "".join(c for c in number or "" if c not in " -")
    if not digits:
        raise missing("card[number]")
    card = cards.card_numbered(digits) if digits.isascii() else None
    if card is None:
        raise Refused(
            "This is a sandbox: it accepts published test cards alone, such as Visa ending 4242.",
            code="test_card_required",
            kind="card_error",
            status=402,
            param="number",
        )
    if not numbers.passes_luhn(digits):
        raise _card_error("incorrect_number", "Your card number is incorrect.", "number")
    return card


def _expiry(call: Call, month: str | None, year: str | None) -> tuple[int, int]:
    if month is None or year is None:
        raise missing("card[exp_month]" if month is None else "card[exp_year]")
    if not (month.isascii() and month.isdigit() and 1 <= int(month[:9]) <= 12):
        raise _card_error(
            "invalid_expiry_month", "Your card's expiration month is invalid.", "exp_month"
        )
    now_year, now_month = clock.month_of(call.now_ms)
    number = int(year[:9]) if year.isascii() and year.isdigit() else -1
    full = 2000 + number if 0 <= number < 100 else number
    if not now_year <= full <= now_year + 50:
        raise _card_error(
            "invalid_expiry_year", "Your card's expiration year is invalid.", "exp_year"
        )
    if full == now_year and int(month) < now_month:
        raise _card_error(
            "invalid_expiry_month", "Your card's expiration month is invalid.", "exp_month"
        )
    return int(month), full


def _check_cvc(card: Card, cvc: str | None) -> None:
    if cvc is None:
        return
    lengths = (3, 4) if card.brand == "amex" else (3,)
    if not (cvc.isascii() and cvc.isdigit() and len(cvc) in lengths):
        raise _card_error("invalid_cvc", "Your card's security code is invalid.", "cvc")


def _card_error(code: str, message: str, param: str) -> Refused:
    return Refused(message, code=code, kind="card_error", status=402, param=param)


def _far_expiry(call: Call) -> tuple[int, int]:
    year, month = clock.month_of(call.now_ms)
    return month, year + 4


def _billing(given: Params | None) -> Json:
    details: Json = dict.fromkeys(("email", "name", "phone", "tax_id"))
    address: Json = dict.fromkeys(_ADDRESS)
    if given is not None:
        details |= {name: given.text(name, length_max=500) for name in details}
        place = given.group("address")
        if place is not None:
            address |= {name: place.text(name, length_max=500) for name in _ADDRESS}
    return {"address": address, **details}


def _add(
    call: Call,
    card: Card,
    expiry: tuple[int, int],
    billing: Json,
    metadata: dict[str, str],
    *,
    cvc_given: bool,
    wallet: str | None = None,
) -> Json:
    method = _shape(call, card, expiry, billing, metadata, method_id=new_id("pm"))
    if wallet is not None:
        # A wallet's token carries no security code, and an address only where it was asked for.
        method["card"]["wallet"] = wallets.shape(wallet, card.last4)
    if cvc_given:
        method["card"]["checks"]["cvc_check"] = "unchecked"
    hidden = {"profile": card.name, "cvc_given": cvc_given}
    return call.store.add("payment_method", method, hidden)


def _shape(
    call: Call,
    card: Card,
    expiry: tuple[int, int],
    billing: Json,
    metadata: dict[str, str],
    *,
    method_id: str,
) -> Json:
    month, year = expiry
    supported = card.authentication is not Authentication.UNSUPPORTED
    return {
        "id": method_id,
        "object": "payment_method",
        "allow_redisplay": "unspecified",
        "billing_details": billing,
        "card": {
            "brand": card.brand,
            "checks": {
                "address_line1_check": None,
                "address_postal_code_check": None,
                "cvc_check": None,
            },
            "country": card.country,
            "display_brand": _DISPLAY_BRAND.get(card.brand, card.brand),
            "exp_month": month,
            "exp_year": year,
            "fingerprint": cards.fingerprint(card, call.store.secret),
            "funding": card.funding,
            "generated_from": None,
            "last4": card.last4,
            "networks": {"available": [card.brand], "preferred": None},
            "regulated_status": "unregulated",
            "three_d_secure_usage": {"supported": supported},
            "wallet": None,
        },
        "created": call.now,
        "customer": None,
        "customer_account": None,
        "livemode": False,
        "metadata": metadata,
        "type": "card",
    }
