"""What does a payment intent look like, to the merchant's server and to the customer's browser?"""

from payments.sandbox.errors import Json
from payments.sandbox.ids import new_id, random_text
from payments.sandbox.intent_states import Status

_PUBLIC = (
    "id", "object", "amount", "amount_details", "automatic_payment_methods", "canceled_at",
    "cancellation_reason", "capture_method", "client_secret", "confirmation_method", "created",
    "currency", "description", "last_payment_error", "livemode", "next_action", "payment_method",
    "payment_method_types", "processing", "receipt_email", "setup_future_usage", "shipping",
    "source", "status",
)  # fmt: skip

# What an intent remembers and never shows.
UNSAID: Json = {
    "return_url": None,
    "use_stripe_sdk": False,
    "off_session": False,
    "error_on_requires_action": False,
    "request_three_d_secure": "automatic",
    "challenge": None,
    "authenticated": None,
}


def public(intent: Json) -> Json:
    """What a browser with the client secret may see."""
    return {name: intent[name] for name in _PUBLIC}


def bare(created: int, amount: int, currency: str) -> Json:
    """An intent as it is before anything is said of it."""
    intent_id = new_id("pi")
    nothing = (
        "allowed_payment_method_types", "application", "application_fee_amount",
        "automatic_payment_methods", "canceled_at",
        "cancellation_reason", "customer", "customer_account", "description",
        "excluded_payment_method_types", "last_payment_error", "latest_charge", "next_action",
        "on_behalf_of", "payment_method", "payment_method_configuration_details", "processing",
        "receipt_email", "review", "setup_future_usage", "shipping", "source",
        "statement_descriptor", "statement_descriptor_suffix", "transfer_data", "transfer_group",
    )  # fmt: skip
    return {
        "id": intent_id,
        "object": "payment_intent",
        **dict.fromkeys(nothing),
        "amount": amount,
        "amount_capturable": 0,
        "amount_details": {"tip": {}},
        "amount_received": 0,
        "capture_method": "automatic_async",
        "client_secret": f"{intent_id}_secret_{random_text(25)}",
        "confirmation_method": "automatic",
        "created": created,
        "currency": currency,
        "livemode": False,
        "metadata": {},
        "payment_method_options": {
            "card": {
                "installments": None,
                "mandate_options": None,
                "network": None,
                "request_three_d_secure": "automatic",
            }
        },
        "payment_method_types": ["card"],
        "status": str(Status.REQUIRES_PAYMENT_METHOD),
    }
