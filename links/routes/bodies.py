"""The shapes that the links API takes."""

import re
from datetime import timedelta
from typing import Annotated, Final, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from channels.customers import CustomerDraft
from compliance.routes.bodies import Body, Line, Moment
from core.money import AMOUNT_MINOR_MAX
from links.drafts import LIFE_DEFAULT, LIFE_MAX, LIFE_MIN, Amendment, LinkDraft, Send

METADATA_KEYS_MAX: Final = 50
SENDS_MAX: Final = 5


def _locale(value: str) -> str:
    if (
        re.fullmatch(r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{4})?(?:[-_](?:[A-Za-z]{2}|\d{3}))?", value)
        is None
    ):
        raise ValueError("must be a BCP 47 language tag, like en-GB")
    return value.replace("_", "-")


LocaleTag = Annotated[str, Field(max_length=16), AfterValidator(_locale)]
Amount = Annotated[int, Field(ge=1, le=AMOUNT_MINOR_MAX)]


class CustomerBody(Body):
    """Who is to pay: matched by `external_id`, phone or email within the merchant, or made."""

    name: Line | None = None
    email: Annotated[str, Field(min_length=3, max_length=254)] | None = None
    phone: Annotated[str, Field(min_length=3, max_length=40)] | None = None
    external_id: Annotated[Line, Field(max_length=80)] | None = None
    locale: LocaleTag | None = None

    def draft(self) -> CustomerDraft:
        return CustomerDraft(
            name=self.name,
            email=self.email,
            phone=self.phone,
            external_id=self.external_id,
            locale=self.locale,
        )


class SendBody(Body):
    """One message to send."""

    channel: Annotated[str, Field(min_length=1, max_length=24)]
    to: Annotated[str, Field(min_length=1, max_length=254)] | None = None
    template: Annotated[str, Field(max_length=40)] | None = None

    def send(self) -> Send:
        return Send(self.channel, self.to, self.template)


class LinkBody(Body):
    """A new link."""

    amount: Amount
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    description: Annotated[Line, Field(max_length=200)]
    reference: Annotated[Line, Field(max_length=80)] | None = None
    customer: Annotated[str, Field(max_length=40)] | CustomerBody | None = None
    expires_in: Annotated[
        int, Field(ge=int(LIFE_MIN.total_seconds()), le=int(LIFE_MAX.total_seconds()))
    ] = int(LIFE_DEFAULT.total_seconds())
    # `multi`: each customer who opens it has a payment of their own.
    usage: Literal["single", "multi"] = "single"
    capture: Literal["automatic", "manual"] = "automatic"
    # The least that is paid at a time: in parts of one debt, or by each customer of a multi-use link.
    minimum_amount: Amount | None = None
    # The payment provider account to use; without one the merchant's routing chooses.
    account: Annotated[str, Field(max_length=40)] | None = None
    # The link for the same payment that this one takes the place of.
    supersedes: Annotated[str, Field(max_length=40)] | None = None
    locale: LocaleTag | None = None
    metadata: dict[Annotated[str, Field(max_length=40)], Annotated[str, Field(max_length=500)]] = (
        Field(default_factory=dict, max_length=METADATA_KEYS_MAX)
    )
    send: Annotated[list[SendBody], Field(max_length=SENDS_MAX)] = Field(default_factory=list)
    agent: Annotated[str, Field(max_length=40)] | None = None

    def draft(self) -> LinkDraft:
        customer = self.customer
        return LinkDraft(
            amount=self.amount,
            currency=self.currency,
            description=self.description,
            reference=self.reference,
            customer=customer.draft() if isinstance(customer, CustomerBody) else customer,
            expires_in=timedelta(seconds=self.expires_in),
            usage=self.usage,
            capture=self.capture,
            minimum_amount=self.minimum_amount,
            account=self.account,
            supersedes=self.supersedes,
            locale=self.locale,
            metadata=dict(self.metadata),
            send=[message.send() for message in self.send],
            agent=self.agent,
        )


class RejectBody(Body):
    """Why, as whoever decides wants it remembered."""

    note: Annotated[Line, Field(max_length=500)] | None = None


class AmendBody(Body):
    """What is to change."""

    amount: Amount | None = None
    description: Annotated[Line, Field(max_length=200)] | None = None
    expires_at: Moment | None = None

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not self.model_fields_set:
            raise ValueError("name at least one of amount, description, expires_at")
        return self

    def amendment(self) -> Amendment:
        return Amendment(
            amount=self.amount, description=self.description, expires_at=self.expires_at
        )
