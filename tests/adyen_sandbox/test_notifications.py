"""Signed notifications: the SDK's own check, retries, faults, basic authentication."""

from pathlib import Path
from uuid import uuid4

from Adyen.util import is_valid_hmac_notification

from tests.adyen_sandbox.harness import HMAC_KEY, AdyenSandbox, Receiver
from tests.adyen_sandbox.test_api import pay
from tests.sandbox.harness import eventually


async def test_the_official_check_takes_every_signature(
    adyen: AdyenSandbox, receiver: Receiver
) -> None:
    reference = f"att_{uuid4().hex}"
    await pay(adyen, reference)
    item = await receiver.wait_for("AUTHORISATION", reference)

    assert is_valid_hmac_notification(item, HMAC_KEY)


async def test_what_is_not_taken_is_sent_again(adyen: AdyenSandbox, receiver: Receiver) -> None:
    reference = f"att_{uuid4().hex}"
    receiver.answers += [500, 503]
    await pay(adyen, reference)

    await receiver.wait_for("AUTHORISATION", reference)
    assert [] == receiver.answers


async def test_a_notification_can_come_twice_late_or_never(
    adyen: AdyenSandbox, receiver: Receiver
) -> None:
    lost, twice = f"att_{uuid4().hex}", f"att_{uuid4().hex}"
    await adyen.faults(webhook_lost=1)
    await pay(adyen, lost)
    await adyen.faults(webhook_duplicated=1, webhook_delayed=1)
    await pay(adyen, twice)
    await adyen.calm()

    await eventually(lambda: len(receiver.items(twice)) == 2)
    assert [] == receiver.items(lost)


async def test_a_bank_can_be_made_to_act(adyen: AdyenSandbox, receiver: Receiver) -> None:
    reference = f"att_{uuid4().hex}"
    paid = await pay(adyen, reference)
    dispute = await adyen.notify(paid["pspReference"], "CHARGEBACK", reason="Other Fraud")
    item = await receiver.wait_for("CHARGEBACK", dispute)

    assert (paid["pspReference"], reference, "Other Fraud") == (
        item["originalReference"],
        item["merchantReference"],
        item["reason"],
    )


async def test_the_webhook_says_who_sends_it(tmp_path: Path) -> None:
    receiver = Receiver()
    await receiver.start()
    running = AdyenSandbox(tmp_path, receiver.url, webhook_user="adyen")
    await running.start()
    try:
        await pay(running, "att_1")
        await receiver.wait_for("AUTHORISATION", "att_1")
    finally:
        running.stop()
        await receiver.stop()

    assert "Basic YWR5ZW46d2ViaG9vay1wYXNzd29yZA==" == receiver.headers[0]["authorization"]


async def test_a_restart_forgets_nothing(tmp_path: Path) -> None:
    """What nobody took before is delivered by the next process."""
    receiver = Receiver()
    await receiver.start()
    receiver.answers += [500] * 50
    running = AdyenSandbox(tmp_path, receiver.url)
    await running.start()
    await pay(running, "att_2")
    running.stop()
    receiver.answers.clear()
    await running.start()
    try:
        await receiver.wait_for("AUTHORISATION", "att_2")
        assert ["captured"] == [each["state"] for each in await running.payments("att_2")]
    finally:
        running.stop()
        await receiver.stop()
