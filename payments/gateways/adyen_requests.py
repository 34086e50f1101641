"""What we ask Adyen for: the bodies of `/payments` and of the orders that follow it. No I/O.

https://docs.adyen.com/api-explorer/Checkout/71/post/payments
"""

from typing import Any, Final

from payments.gateway import ChargeOrder, MoneyOrder
from payments.gateways.adyen_account import AdyenAccount
from payments.gateways.adyen_method import CardMethod

# Adyen insists on an address to return to, even where nobody is sent away.
_NOWHERE: Final = "https://return.invalid/"
_DESCRIPTION_MAX: Final = 1000
_METADATA_KEY_MAX: Final = 20
_METADATA_VALUE_MAX: Final = 80
# "The requestor mandates a challenge", as EMVCo numbers it.
_CHALLENGE_MANDATED: Final = "04"


def payment_request(
    order: ChargeOrder, value: int, method: CardMethod, account: AdyenAccount
) -> dict[str, Any]:
    """`POST /payments`. `value` is the amount as Adyen counts it."""
    native = "preferred" if account.three_ds == "native" else "disabled"
    authentication: dict[str, Any] = {"threeDSRequestData": {"nativeThreeDS": native}}
    request: dict[str, Any] = {
        "amount": {"currency": order.amount.currency.code, "value": value},
        "merchantAccount": account.merchant_account,
        "reference": order.attempt_id,
        "merchantOrderReference": order.description[:_DESCRIPTION_MAX],
        "paymentMethod": method.for_adyen(),
        "channel": "Web",
        "shopperInteraction": "Ecommerce",
        "returnUrl": order.return_url or order.origin or _NOWHERE,
        "metadata": {
            key: text[:_METADATA_VALUE_MAX]
            for key, text in order.metadata.items()
            if len(key) <= _METADATA_KEY_MAX
        },
        "authenticationData": authentication,
    }
    # Never the account's own default: what was ordered is what the customer was told.
    if order.capture == "automatic":
        request["captureDelayHours"] = 0
    else:
        request["additionalData"] = {"manualCapture": "true"}
    if order.force_challenge:
        authentication["attemptAuthentication"] = "always"
        request["threeDS2RequestData"] = {"threeDSRequestorChallengeInd": _CHALLENGE_MANDATED}
    if method.browserInfo is not None:
        request["browserInfo"] = method.browserInfo.model_dump()
    known = {
        "origin": order.origin,
        "shopperIP": order.shopper_address,
        "shopperLocale": order.locale,
    }
    return request | {name: text for name, text in known.items() if text is not None}


def modification_request(order: MoneyOrder, value: int, account: AdyenAccount) -> dict[str, Any]:
    """A capture or a refund: `POST /payments/{pspReference}/captures` and `/refunds`."""
    return {
        "merchantAccount": account.merchant_account,
        "reference": order.order_id,
        "amount": {"currency": order.amount.currency.code, "value": value},
    }
