"""What do the card fields hand to the merchant's page? Opaque texts that only this far end can read.

They hold no card number: the number is compared with the published list at once, and what is kept of it is which card
of that list it was. Adyen's own are ciphertexts that nobody but Adyen can read, and end after a day.
"""

import base64
import hashlib
import hmac
import json
import secrets

from payments.adyen_sandbox.cards import BY_NAME, BY_NUMBER, Card
from payments.adyen_sandbox.desk import Json, Refused
from payments.sandbox import clock
from payments.sandbox.store import Store

_PREFIX = "adyenjs_0_1_25$"
_KEPT_SECONDS = 24 * 60 * 60


def encrypt(store: Store, field: str, value: str) -> dict[str, str]:
    """The texts for a field's value, by the names that `/payments` knows. Raises Refused for what is no such value."""
    if field == "encryptedCardNumber":
        card = BY_NUMBER.get(value)
        if card is None:
            raise Refused(422, "test_card_required", "Only the published test cards are accepted.")
        return {field: _seal(store, field, card.name)}
    if field == "encryptedExpiryDate":
        month, year = value[:2], value[2:]
        if not (value.isascii() and value.isdigit() and len(value) == 4 and 1 <= int(month) <= 12):
            raise Refused(422, "140", "Expiry date Invalid: the date is not one.")
        if (2000 + int(year), int(month)) < clock.month_of(clock.now_ms()):
            raise Refused(422, "140", "Expiry date Invalid: it has passed.")
        return {
            "encryptedExpiryMonth": _seal(store, "encryptedExpiryMonth", month),
            "encryptedExpiryYear": _seal(store, "encryptedExpiryYear", f"20{year}"),
        }
    if field == "encryptedSecurityCode":
        if not (value.isascii() and value.isdigit() and len(value) in (3, 4)):
            raise Refused(422, "103", "CVC is not the right length")
        # The code itself is not kept, here or anywhere.
        return {field: _seal(store, field, "given")}
    raise Refused(422, "130", "There is no such field.")


def read_card(store: Store, method: Json) -> Card:
    """The card of a `paymentMethod`. Raises Refused."""
    name = _open(store, "encryptedCardNumber", method.get("encryptedCardNumber"))
    for field in ("encryptedExpiryMonth", "encryptedExpiryYear", "encryptedSecurityCode"):
        _open(store, field, method.get(field))
    return BY_NAME[name]


def _seal(store: Store, field: str, value: str) -> str:
    content = [field, value, clock.seconds(clock.now_ms()), secrets.token_hex(24)]
    body = base64.b64encode(json.dumps(content).encode()).decode()
    return f"{_PREFIX}{body}${_mac(store, body)}"


def _open(store: Store, field: str, blob: object) -> str:
    unreadable = Refused(422, "174", "Unable to decrypt data")
    if not isinstance(blob, str) or not blob.startswith(_PREFIX):
        raise unreadable
    body, _, mac = blob.removeprefix(_PREFIX).partition("$")
    if not hmac.compare_digest(mac.encode(), _mac(store, body).encode()):
        raise unreadable
    kind, value, made_at, _ = json.loads(base64.b64decode(body))
    if kind != field or clock.seconds(clock.now_ms()) - made_at > _KEPT_SECONDS:
        raise unreadable
    return str(value)


def _mac(store: Store, body: str) -> str:
    return hmac.new(store.secret, body.encode(), hashlib.sha256).hexdigest()
