"""The PSPs that there are. A new one is one file in `payments/gateways`, and one line here."""

from collections.abc import Mapping
from typing import Final

from payments.accounts import GatewayFactory
from payments.gateways.adyen import AdyenGateway
from payments.gateways.mollie import MollieGateway
from payments.gateways.stripe import StripeGateway
from payments.gateways.stripe_checkout import StripeCheckoutGateway

GATEWAYS: Final[Mapping[str, GatewayFactory]] = {
    "stripe": StripeGateway,
    "stripe_checkout": StripeCheckoutGateway,
    "adyen": AdyenGateway,
    "mollie": MollieGateway,
}
