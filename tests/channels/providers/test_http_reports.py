"""An integrator's reports: read strictly, and refused with a pointer that repeats nothing."""

from typing import Any

import pytest

from channels import problems
from channels.port import Inbound, Receipt
from channels.providers.http_reports import report_in
from channels.states import DeliveryState
from core.errors import InvalidField

WRITTEN = {"type": "message", "id": "m1", "from": "visitor-17", "text": "Hello"}
RECEIPT = {"type": "receipt", "delivery": "dlv_1", "status": "delivered"}


def test_a_message_brings_its_names_files_and_what_it_corrects() -> None:
    more = {"name": " Sam\n Lee ", "attachments": ["bill.pdf"], "edits": "m0", "choice": "stop"}
    assert report_in({**WRITTEN, **more}, recipient="bot") == Inbound(
        provider_id="m1",
        sender="visitor-17",
        recipient="bot",
        text="Hello",
        choice="stop",
        sender_name="Sam Lee",
        attachments=("bill.pdf",),
        edits="m0",
    )


@pytest.mark.parametrize(
    ("report", "fact", "code"),
    [
        ({"status": "sent"}, DeliveryState.SENT, None),
        ({"status": "delivered", "reason": "blocked"}, DeliveryState.DELIVERED, None),
        ({"status": "read"}, DeliveryState.READ, None),
        ({"status": "failed"}, DeliveryState.FAILED, problems.REFUSED),
        ({"status": "failed", "reason": "blocked"}, DeliveryState.FAILED, problems.BLOCKED),
        ({"status": "failed", "reason": "whim"}, DeliveryState.FAILED, problems.REFUSED),
    ],
)
def test_a_receipt_says_how_far_and_why_not(
    report: dict[str, Any], fact: DeliveryState, code: str | None
) -> None:
    assert report_in({**RECEIPT, **report}, recipient="") == Receipt(
        fact=fact, delivery="dlv_1", code=code
    )


@pytest.mark.parametrize(
    ("report", "pointer"),
    [
        (None, ""),
        ([], ""),
        ({}, ""),
        ({"type": "hand_over", "from": "x"}, ""),
        ({"type": ["message"]}, ""),
        ({**WRITTEN, "id": ""}, "/id"),
        ({**WRITTEN, "id": "x" * 101}, "/id"),
        ({**WRITTEN, "from": "two words"}, "/from"),
        ({**WRITTEN, "from": "visitor\n"}, "/from"),
        ({**WRITTEN, "text": 5}, "/text"),
        ({**WRITTEN, "text": "x" * 20_001}, "/text"),
        ({**WRITTEN, "attachments": ["x"] * 21}, "/attachments"),
        ({**WRITTEN, "attachments": [5]}, "/attachments"),
        ({**WRITTEN, "choice": "perhaps"}, "/choice"),
        ({**WRITTEN, "4242424242424242": 1}, ""),
        ({**RECEIPT, "status": "lost"}, "/status"),
        ({**RECEIPT, "delivery": None}, "/delivery"),
    ],
)
def test_what_is_wrong_is_pointed_at_and_not_repeated(report: Any, pointer: str) -> None:
    with pytest.raises(InvalidField) as caught:
        report_in(report, recipient="")
    assert [field.pointer for field in caught.value.fields] == [pointer]
    assert "4242" not in caught.value.detail
