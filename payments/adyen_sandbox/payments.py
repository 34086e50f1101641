"""What becomes of a payment? `/payments`, the bank's question, and `/payments/details`.

States of a stored payment: challenge, authorised, captured, cancelled, refused. Adyen asks the bank for the
money only when the details of a challenge are handed in, and so does this.
"""

import base64
import binascii
import json
import secrets

from payments.adyen_sandbox import notifications, secured_fields
from payments.adyen_sandbox.cards import BY_NAME, NOT_AUTHENTICATED, Card, Result, result_of
from payments.adyen_sandbox.desk import (
    Desk,
    Json,
    Refused,
    check_account,
    new_psp_reference,
    text_of,
)
from payments.sandbox import clock

_VALUE_MAX = 10**15
# A payment that is only received has its answer told so much later.
_SLOW_MS = 2000


def pay(desk: Desk, body: Json) -> Json:
    """`POST /payments`. Raises Refused."""
    check_account(desk, body)
    reference, return_url = text_of(body, "reference"), text_of(body, "returnUrl", length_max=1024)
    amount = _amount(body)
    method = body.get("paymentMethod")
    if not isinstance(method, dict) or method.get("type") != "scheme":
        raise Refused(422, "14_004", "Missing payment method details")
    card = secured_fields.read_card(desk.store, method)
    extra = _object(body, "additionalData")
    holder = method.get("holderName")
    result = result_of(
        holder if isinstance(holder, str) else None,
        str(extra.get("RequestedTestAcquirerResponseCode", "")),
    )
    payment: Json = {
        "id": new_psp_reference(),
        "created": clock.seconds(clock.now_ms()),
        "reference": reference,
        "amount": amount,
        "captured": 0,
        "refunded": 0,
        "state": "challenge",
        "automatic": str(extra.get("manualCapture", "")).lower() != "true",
        "card": card.name,
        "brand": card.brand,
        "result": [result.code, result.reason, result.number],
        "challenge": "",
        "authenticated": None,
    }
    authentication = _object(body, "authenticationData")
    if card.challenge or authentication.get("attemptAuthentication") == "always":
        payment["challenge"] = secrets.token_urlsafe(24)
        payment["return_url"] = return_url
        desk.store.add("payment", payment)
        native = _object(authentication, "threeDSRequestData").get("nativeThreeDS") == "preferred"
        # Without the browser's facts there is nothing to show in the page.
        return _question(desk, payment, native=native and isinstance(body.get("browserInfo"), dict))
    desk.store.add("payment", payment)
    return _decide(desk, payment, card, result)


def details(desk: Desk, body: Json) -> Json:
    """`POST /payments/details`. What the page says of the bank's answer is not believed; the bank's own is."""
    challenge = _challenge_of(_object(body, "details"))
    payment = by_challenge(desk, challenge)
    if payment is None:
        raise Refused(422, "14_018", "Invalid payload provided")
    card = BY_NAME[payment["card"]]
    if payment["state"] != "challenge":
        return answer_of(payment, card, _result_of(payment))
    result = _result_of(payment)
    if payment["authenticated"] is not True:
        result = NOT_AUTHENTICATED
        payment["result"] = [result.code, result.reason, result.number]
    return _decide(desk, payment, card, result)


def answer_of(payment: Json, card: Card, result: Result) -> Json:
    """The final answer about a payment."""
    answer: Json = {
        "additionalData": card_data(card),
        "pspReference": payment["id"],
        "resultCode": result.code,
        "amount": payment["amount"],
        "merchantReference": payment["reference"],
        "paymentMethod": {"brand": card.brand, "type": "scheme"},
        "fraudResult": {"accountScore": 100 if result.number in ("20", "22") else 10},
    }
    if result.code not in ("Authorised", "Received"):
        answer |= {"refusalReason": result.reason, "refusalReasonCode": result.number}
    return answer


def by_challenge(desk: Desk, challenge: str) -> Json | None:
    """The payment that a bank's question is about."""
    return _one(desk, "challenge", challenge) if challenge else None


def of_reference(desk: Desk, reference: str) -> list[Json]:
    """Every payment under a merchant's reference, oldest first."""
    rows = desk.store.execute(
        "SELECT body FROM objects WHERE kind = 'payment' AND json_extract(body, '$.reference') = ? "
        "ORDER BY seq",
        reference,
    )
    return [json.loads(row["body"]) for row in rows]


def card_data(card: Card) -> dict[str, str]:
    """What Adyen tells of a card beside its answers."""
    return {
        "paymentMethod": card.brand,
        "cardSummary": card.number[-4:],
        "cardIssuingCountry": card.country,
        "issuerBin": card.number[:8],
        "alias": f"A{sum(map(ord, card.name)):015d}",
    }


def _decide(desk: Desk, payment: Json, card: Card, result: Result) -> Json:
    """The bank's answer, told by the call and by a notification."""
    slow = result.code == "Received"
    yes = slow or result.code == "Authorised"
    payment["state"] = "refused"
    if yes:
        payment["state"] = "captured" if payment["automatic"] else "authorised"
        payment["captured"] = payment["amount"]["value"] if payment["automatic"] else 0
    desk.store.save(payment)
    notifications.tell(
        desk,
        "AUTHORISATION",
        psp=payment["id"],
        payment=payment,
        reference=payment["reference"],
        success=yes,
        after_ms=_SLOW_MS if slow else 0,
        reason=result.reason or f"012345:{card.number[-4:]}:03/2030",
        more=card_data(card),
    )
    return answer_of(payment, card, result)


def _question(desk: Desk, payment: Json, *, native: bool) -> Json:
    challenge, public = payment["challenge"], desk.settings.public_url
    if not native:
        action = {
            "method": "GET",
            "paymentMethodType": "scheme",
            "type": "redirect",
            "url": f"{public}/redirect3ds/{challenge}",
        }
        return {"resultCode": "RedirectShopper", "action": action}
    token = {
        "acsReferenceNumber": "ADYEN-ACS-SIMULATOR",
        "acsTransID": challenge,
        "acsURL": f"{public}/acs/challenge",
        "messageVersion": "2.2.0",
        "threeDSNotificationURL": f"{public}/acs/notification",
        "threeDSServerTransID": payment["id"],
    }
    action = {
        "authorisationToken": challenge,
        "paymentMethodType": "scheme",
        "subtype": "challenge",
        "token": base64.b64encode(json.dumps(token).encode()).decode(),
        "type": "threeDS2",
    }
    return {"resultCode": "ChallengeShopper", "action": action}


def _challenge_of(given: Json) -> str:
    redirected = given.get("redirectResult")
    if isinstance(redirected, str):
        return redirected
    result = given.get("threeDSResult")
    if not isinstance(result, str):
        raise Refused(422, "14_006", "Required object 'details' is not provided.")
    try:
        told = json.loads(base64.b64decode(result, validate=True))
    except (binascii.Error, ValueError):
        raise Refused(422, "14_018", "Invalid payload provided") from None
    token = told.get("authorisationToken") if isinstance(told, dict) else None
    return token if isinstance(token, str) else ""


def _amount(body: Json) -> Json:
    amount = _object(body, "amount")
    value, currency = amount.get("value"), amount.get("currency")
    if type(value) is not int or not 0 < value < _VALUE_MAX:
        raise Refused(422, "137", "Invalid amount specified")
    if not isinstance(currency, str) or len(currency) != 3 or not currency.isupper():
        raise Refused(422, "138", "Unsupported currency specified")
    return {"currency": currency, "value": value}


def _result_of(payment: Json) -> Result:
    return Result(*payment["result"])


def _object(body: Json, name: str) -> Json:
    value = body.get(name)
    return value if isinstance(value, dict) else {}


def _one(desk: Desk, name: str, value: str) -> Json | None:
    row = desk.store.execute(
        f"SELECT body FROM objects WHERE kind = 'payment' AND json_extract(body, '$.{name}') = ?",
        value,
    ).fetchone()
    return None if row is None else json.loads(row["body"])
