"""Whether a report is Stripe's: `payments.gateways.stripe_signatures`, through the gateway's door."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from core.clock import utc_now
from payments.errors import WebhookForged
from payments.gateways.stripe import StripeGateway
from tests.payments.stripe_psp import intent_event, stripe_signed
from tests.support.vectors import PROJECT, vectors

VECTORS = PROJECT.parent / "shared" / "vectors" / "stripe_events"
SIGNED_AT = datetime.fromtimestamp(1_700_000_000, UTC)
NOWHERE = {
    "secret_key": "sk_test_x",
    "publishable_key": "pk_test_x",
    "webhook_secret": "whsec_1,whsec_2",
    "api_base": "http://127.0.0.1:9",
}


def gateway(**config: Any) -> StripeGateway:
    return StripeGateway(NOWHERE | config)


@pytest.mark.parametrize("secret", ["whsec_1", "whsec_2"])
def test_while_a_secret_is_changed_both_hold(secret: str) -> None:
    body, now = intent_event("charge.updated"), utc_now()
    headers = stripe_signed(body, at=now, secret=secret)

    assert "evt_1" == gateway().read_events(headers, body, now=now)[0].id


def test_no_secret_is_no_open_door() -> None:
    body, now = intent_event("charge.updated"), utc_now()
    for secret in ("", ","):
        with pytest.raises(WebhookForged):
            gateway(webhook_secret=secret).read_events(
                stripe_signed(body, at=now, secret=""), body, now=now
            )


def test_a_header_with_another_time_before_the_signed_one_does_not_pass_as_fresh() -> None:
    """Whoever holds an old report may rearrange its header."""
    body, now = intent_event("charge.updated"), utc_now()
    old = stripe_signed(body, at=now - timedelta(hours=1), secret="whsec_1")["stripe-signature"]
    fresh = f"t={int(now.timestamp())}"
    for header in (f" {fresh},{old}", f"{fresh},{old}", f"{old},{fresh}", f"t,{old}"):
        with pytest.raises(WebhookForged):
            gateway().read_events({"stripe-signature": header}, body, now=now)


def event_names() -> list[str]:
    return sorted(path.name for path in VECTORS.glob("*.json")) or ["none"]


@pytest.mark.parametrize("name", event_names())
def test_an_event_as_published_passes(name: str) -> None:
    vector = vectors(str(Path("stripe_events") / name))
    body = vector["raw_body"].encode()
    headers = {"stripe-signature": vector["stripe_signature_at_1700000000"]}
    (event,) = gateway(webhook_secret=vector["secret"]).read_events(headers, body, now=SIGNED_AT)

    assert (vector["type"], body) == (event.type, event.body)


@pytest.mark.parametrize("name", event_names())
def test_an_event_as_published_with_one_byte_changed_is_forged(name: str) -> None:
    vector = vectors(str(Path("stripe_events") / name))
    body = vector["raw_body"].encode()
    headers = {"stripe-signature": vector["stripe_signature_at_1700000000"]}
    receiver = gateway(webhook_secret=vector["secret"])
    for mutated in (body[:-1] + b" }", body.replace(b"evt_", b"evt-", 1), body + b"\n"):
        with pytest.raises(WebhookForged):
            receiver.read_events(headers, mutated, now=SIGNED_AT)
