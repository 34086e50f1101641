"""Which request is which operation? One explicit table of method, path, and who may call."""

from collections.abc import Callable
from dataclasses import dataclass

from payments.sandbox import (
    balance,
    disputes,
    endpoints,
    intents,
    listings,
    methods,
    refunds,
    sessions,
)
from payments.sandbox import reviews as reviewing
from payments.sandbox.desk import Answer, Call
from payments.sandbox.params import Params

Run = Callable[[Call, dict[str, str], Params], Answer]


@dataclass(frozen=True, slots=True)
class Operation:
    """`published`: a publishable key is enough (with the client secret where there is one)."""

    method: str
    path: str
    run: Run
    published: bool = False


def _plain(operation: Callable[[Call, Params], Answer]) -> Run:
    return lambda call, ids, params: operation(call, params)


def _on(operation: Callable[[Call, str, Params], Answer]) -> Run:
    return lambda call, ids, params: operation(call, ids["id"], params)


def _method(call: Call, method_id: str, params: Params) -> Answer:
    params.finish()
    return methods.retrieve(call, method_id)


def _account(call: Call, params: Params) -> Answer:
    params.finish()
    return Answer(
        {
            "id": f"acct_{call.store.account}",
            "object": "account",
            "business_profile": {"name": call.desk.settings.merchant},
            "charges_enabled": True,
            "country": "GB",
            "default_currency": "gbp",
            "settings": {"dashboard": {"display_name": call.desk.settings.merchant}},
            "type": "standard",
        }
    )


def _balance(call: Call, params: Params) -> Answer:
    params.finish()
    return balance.retrieve_balance(call)


def _lists(kind: str, url: str) -> tuple[Operation, Operation]:
    return (
        Operation("GET", url, _plain(listings.listing(kind, url))),
        Operation("GET", url + "/{id}", _on(listings.retrieve(kind))),
    )


_PI = "/v1/payment_intents"
_CS = "/v1/checkout/sessions"

OPERATIONS: tuple[Operation, ...] = (
    Operation("GET", "/v1/account", _plain(_account)),
    Operation("GET", "/v1/balance", _plain(_balance)),
    Operation("POST", "/v1/payment_methods", _plain(methods.create), published=True),
    Operation("GET", "/v1/payment_methods/{id}", _on(_method)),
    Operation("POST", _PI, _plain(intents.create)),
    Operation("GET", _PI, _plain(listings.listing("payment_intent", _PI))),
    Operation("GET", _PI + "/{id}", _on(intents.retrieve), published=True),
    Operation("POST", _PI + "/{id}", _on(intents.update)),
    Operation("POST", _PI + "/{id}/confirm", _on(intents.confirm), published=True),
    Operation("POST", _PI + "/{id}/capture", _on(intents.capture)),
    Operation("POST", _PI + "/{id}/cancel", _on(intents.cancel)),
    Operation("POST", _CS, _plain(sessions.create)),
    *_lists(sessions.KIND, _CS),
    Operation("POST", _CS + "/{id}/expire", _on(sessions.expire)),
    *_lists("charge", "/v1/charges"),
    Operation("POST", "/v1/refunds", _plain(refunds.create)),
    *_lists("refund", "/v1/refunds"),
    Operation("POST", "/v1/refunds/{id}", _on(refunds.update)),
    *_lists("balance_transaction", "/v1/balance_transactions"),
    *_lists("dispute", "/v1/disputes"),
    Operation("POST", "/v1/disputes/{id}", _on(disputes.update)),
    Operation("POST", "/v1/disputes/{id}/close", _on(disputes.close)),
    *_lists("event", "/v1/events"),
    *_lists("review", "/v1/reviews"),
    Operation("POST", "/v1/reviews/{id}/approve", _on(reviewing.approve)),
    *_lists("radar.early_fraud_warning", "/v1/radar/early_fraud_warnings"),
    Operation("POST", "/v1/webhook_endpoints", _plain(endpoints.create)),
    *_lists("webhook_endpoint", "/v1/webhook_endpoints"),
    Operation("DELETE", "/v1/webhook_endpoints/{id}", _on(endpoints.delete)),
)
