"""What may a caller ask of a payment intent? The parameters that create, update and confirm share."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from payments.sandbox.errors import BadRequest, Json
from payments.sandbox.params import Params

CAPTURE_METHODS = ("automatic", "automatic_async", "manual")
_THREE_D_SECURE = ("automatic", "any", "challenge")
# Stripe's, accepted, and without effect in a sandbox of cards.
_IGNORED = (
    "mandate", "mandate_data", "radar_options", "payment_method_configuration", "client_context",
    "expected_payment_method_type", "key", "_stripe_version", "client_attribution_metadata",
    "referrer", "set_as_default_payment_method", "excluded_payment_method_types",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """None where the caller said nothing."""

    payment_method: str | None
    capture_method: str | None
    return_url: str | None
    use_stripe_sdk: bool | None
    off_session: bool | None
    error_on_requires_action: bool | None
    request_three_d_secure: str | None
    receipt_email: str | None
    setup_future_usage: str | None
    shipping: Json | None

    def hidden(self) -> Json:
        """What the intent must remember and does not show."""
        said = {
            "return_url": self.return_url,
            "use_stripe_sdk": self.use_stripe_sdk,
            "off_session": self.off_session,
            "error_on_requires_action": self.error_on_requires_action,
            "request_three_d_secure": self.request_three_d_secure,
        }
        return {name: value for name, value in said.items() if value is not None}

    def visible(self) -> Json:
        said = {
            "capture_method": self.capture_method,
            "receipt_email": self.receipt_email,
            "setup_future_usage": self.setup_future_usage,
            "shipping": self.shipping,
        }
        return {name: value for name, value in said.items() if value is not None}


def read_wishes(params: Params) -> Wishes:
    params.ignore(*_IGNORED)
    _refuse_inline_card(params)
    return Wishes(
        payment_method=params.text("payment_method", length_max=100),
        capture_method=params.choice("capture_method", CAPTURE_METHODS),
        return_url=web_address(params, "return_url"),
        use_stripe_sdk=params.boolean("use_stripe_sdk"),
        off_session=_off_session(params),
        error_on_requires_action=params.boolean("error_on_requires_action"),
        request_three_d_secure=_three_d_secure(params),
        receipt_email=params.text("receipt_email", length_max=800),
        setup_future_usage=params.choice("setup_future_usage", ("off_session", "on_session")),
        shipping=_shipping(params),
    )


def _refuse_inline_card(params: Params) -> None:
    if "payment_method_data" in params:
        raise BadRequest(
            "Make a PaymentMethod first: the sandbox takes no card inside a PaymentIntent.",
            param="payment_method_data",
        )


def _off_session(params: Params) -> bool | None:
    value = params.choice("off_session", ("true", "false", "one_off", "recurring"))
    return None if value is None else value != "false"


def web_address(params: Params, name: str) -> str | None:
    """An address that a browser can be sent to."""
    url = params.text(name, length_max=5000)
    if url is None:
        return None
    try:
        parts = urlsplit(url)
        fine = parts.scheme in ("http", "https") and bool(parts.hostname) and "\\" not in url
    except ValueError:
        fine = False
    if not fine:
        raise BadRequest("Not a valid URL.", code="url_invalid", param=name)
    return url


def _three_d_secure(params: Params) -> str | None:
    options = params.group("payment_method_options")
    card = options.group("card") if options is not None else None
    if card is None:
        return None
    card.ignore("network", "installments", "mandate_options", "setup_future_usage", "moto",
                "request_extended_authorization", "request_incremental_authorization",
                "request_multicapture", "request_overcapture")  # fmt: skip
    return card.choice("request_three_d_secure", _THREE_D_SECURE)


def _shipping(params: Params) -> Json | None:
    given = params.group("shipping")
    if given is None:
        return None
    address = given.group("address")
    fields = ("city", "country", "line1", "line2", "postal_code", "state")
    return {
        "address": {name: address.text(name) if address else None for name in fields},
        **{name: given.text(name) for name in ("carrier", "name", "phone", "tracking_number")},
    }
