"""Bodies are strict: exact types, no unknown field, no control characters, no card number."""

from typing import Any, ClassVar

import pytest
from pydantic import Field, ValidationError

from compliance.routes.bodies import Body, Line, Text


class Order(Body):
    amount: int = Field(ge=1)
    note: Line | None = None
    story: Text | None = None
    metadata: dict[str, str] = Field(default_factory=dict)


class Said(Body):
    masks: ClassVar[bool] = True
    text: Text


@pytest.mark.parametrize("amount", ["10", 10.0, True, None, [], {}, 0, -1])
def test_only_an_integer_is_an_amount(amount: Any) -> None:
    with pytest.raises(ValidationError):
        Order.model_validate({"amount": amount})


def test_an_unknown_field_is_refused() -> None:
    with pytest.raises(ValidationError):
        Order.model_validate({"amount": 1, "status": "paid"})


@pytest.mark.parametrize(
    "body",
    [
        {"amount": 1, "note": "card 4242 4242 4242 4242"},
        {"amount": 4242424242424242},
        {"amount": 1, "metadata": {"card": "4242424242424242"}},
        {"amount": 1, "metadata": {"4242424242424242": "x"}},
        {"amount": 1, "4242424242424242": "x"},
        {"amount": 1, "metadata": [{"deep": ["٤٢٤٢٤٢٤٢٤٢٤٢٤٢٤٢"]}]},
    ],
)
def test_a_card_number_anywhere_is_refused_by_name(body: dict[str, Any]) -> None:
    with pytest.raises(ValidationError) as refusal:
        Order.model_validate(body)
    assert any("card_number" in error["msg"] for error in refusal.value.errors())


def test_what_a_customer_writes_is_masked_and_not_refused() -> None:
    said = Said.model_validate({"text": "my card is 4242424242424242"})
    assert "my card is •••• 4242" == said.text


@pytest.mark.parametrize(
    "line",
    [
        "",
        "two\nlines",
        "tab\there",
        "cr\rhere",
        "nul\x00",
        "x" * 201,
        "a\u2028b",
        "a\u202eb",
        "a\u2066b",
        "\x7f",
    ],
)
def test_a_line_is_one_line_and_reads_as_it_is_written(line: str) -> None:
    with pytest.raises(ValidationError):
        Order.model_validate({"amount": 1, "note": line})


@pytest.mark.parametrize(
    "line", ["Flight to Zürich", "航班 ABC-123", "رحلة", "Order #12 — £49.99", "x" * 200]
)
def test_lines_of_every_script_are_taken(line: str) -> None:
    assert line == Order.model_validate({"amount": 1, "note": line}).note


@pytest.mark.parametrize("text", ["", "nul\x00", "bell\x07", "x" * 2001, "cr\r\n"])
def test_text_has_no_control_characters_but_line_breaks_and_tabs(text: str) -> None:
    with pytest.raises(ValidationError):
        Order.model_validate({"amount": 1, "story": text})
    assert "a\n\tb" == Order.model_validate({"amount": 1, "story": "a\n\tb"}).story


def test_a_body_cannot_be_changed_once_it_was_read() -> None:
    order = Order.model_validate({"amount": 1})
    with pytest.raises(ValidationError):
        order.amount = 2  # type: ignore[misc]
