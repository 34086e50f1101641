"""What an integrator reports by our generic channel: a customer's words, or how far one of our messages has come."""

from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError

from channels import problems
from channels.port import Inbound, Receipt
from channels.states import DeliveryState
from core.errors import InvalidField

_Id = Annotated[str, StringConstraints(min_length=1, max_length=100)]
# As `channels.addresses` reads a handle.
_Handle = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.:@=+/-]{1,128}$")]

_FACTS: Final = {
    "sent": DeliveryState.SENT,
    "delivered": DeliveryState.DELIVERED,
    "read": DeliveryState.READ,
    "failed": DeliveryState.FAILED,
}


class _Report(BaseModel):
    model_config = ConfigDict(
        strict=True, extra="forbid", frozen=True, hide_input_in_errors=True, populate_by_name=False
    )


class WrittenReport(_Report):
    """The customer wrote, or corrected what they wrote: `edits` is the id of the earlier message."""

    type: Literal["message"]
    id: _Id
    sender: _Handle = Field(alias="from")
    text: Annotated[str, StringConstraints(max_length=20_000)]
    name: Annotated[str, StringConstraints(max_length=200)] | None = None
    attachments: Annotated[
        list[Annotated[str, StringConstraints(min_length=1, max_length=255)]], Field(max_length=20)
    ] = Field(default_factory=list)
    edits: _Id | None = None
    choice: Literal["stop", "start"] | None = None


class ReceiptReport(_Report):
    """How far a message of ours has come. `delivery` is the one that it came with."""

    type: Literal["receipt"]
    delivery: _Id
    status: Literal["sent", "delivered", "read", "failed"]
    reason: Annotated[str, StringConstraints(max_length=40)] | None = None


_REPORT: Final[TypeAdapter[WrittenReport | ReceiptReport]] = TypeAdapter(
    Annotated[WrittenReport | ReceiptReport, Field(discriminator="type")]
)


def report_in(body: Any, *, recipient: str) -> Inbound | Receipt:
    """The report. Raises `InvalidField` with the first field that is wrong, without repeating it."""
    try:
        report = _REPORT.validate_python(body)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        # The first part of a place is the member of the union; an unknown field's name is the sender's own.
        known = {"type", "id", "from", "text", "name", "attachments", "edits", "choice"}
        known |= {"delivery", "status", "reason"}
        place = "".join(
            f"/{part}" for part in first["loc"][1:2] if isinstance(part, str) and part in known
        )
        raise InvalidField(place, f"The report is wrong: {_sentence(first['type'])}") from None
    if isinstance(report, WrittenReport):
        return Inbound(
            provider_id=report.id,
            sender=report.sender,
            recipient=recipient,
            text=report.text,
            choice=report.choice,
            sender_name=" ".join((report.name or "").split()) or None,
            attachments=tuple(report.attachments),
            edits=report.edits,
        )
    failed = report.status == "failed"
    return Receipt(
        fact=_FACTS[report.status],
        delivery=report.delivery,
        code=_reason(report.reason) if failed else None,
    )


def _reason(said: str | None) -> str:
    return said if said is not None and said in problems.DETAILS else problems.REFUSED


def _sentence(kind: str) -> str:
    """pydantic's word for what is wrong, as a sentence."""
    return f"{kind.replace('_', ' ')}."
