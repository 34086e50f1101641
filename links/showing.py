"""The link object of the API: the link with its payment, customer and messages, opened for those who may see it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from channels.customers import Customer, get_customers
from channels.messages import message_json, messages_of_links
from compliance.vault import KeyDestroyed, Vault
from core.clock import rfc3339
from core.database import Session
from links.check_codes import check_code
from links.links import Link
from payments.offers import TakenUp, taken_up
from payments.payments import Payment, payments_by_id

TOKEN: Final = "link.token"  # noqa: S105 - the purpose it is sealed for
DESCRIPTION: Final = "link.description"
DETAILS: Final = "link.details"
# The vault subject of a link without a customer.
NOBODY: Final = "links"


@dataclass(frozen=True, slots=True)
class Showing:
    """Opens and renders links. `base_url` is the API's, `pay_url` the customers' (both without a slash at the end)."""

    vault: Vault
    base_url: str
    pay_url: str

    async def url(self, session: Session, link: Link) -> str:
        """The link itself: what the customer opens. Raises `KeyDestroyed` once the customer was erased."""
        token = await self.vault.open(session, link.sealed_token, purpose=TOKEN)
        if token is None:
            raise KeyDestroyed("The customer of this link was erased, and the link with them.")
        return self.page_url(token)

    def page_url(self, token: str) -> str:
        """The address of the customer's page."""
        return f"{self.pay_url}/p/{token}"

    async def description(self, session: Session, link: Link) -> str:
        """What the customer pays for; empty once the customer was erased."""
        return await self.vault.open(session, link.sealed_description, purpose=DESCRIPTION) or ""

    async def one(self, session: Session, link: Link) -> dict[str, Any]:
        """One link."""
        return (await self.many(session, [link]))[0]

    async def made(
        self, session: Session, link: Link, payment: Payment, *, sent: bool
    ) -> dict[str, Any]:
        """One link that was made a moment ago: what was just written, or cannot be there yet, is not looked for."""
        messaged = [link.id] if sent else []
        return (await self._shown(session, [link], {payment.id: payment}, messaged=messaged))[0]

    async def many(self, session: Session, found: Sequence[Link]) -> list[dict[str, Any]]:
        """Several links of one merchant, in the order given."""
        if not found:
            return []
        payments = await payments_by_id(session, [link.payment for link in found])
        return await self._shown(session, found, payments, messaged=[link.id for link in found])

    async def _shown(
        self,
        session: Session,
        found: Sequence[Link],
        payments: Mapping[str, Payment],
        *,
        messaged: Sequence[str],
    ) -> list[dict[str, Any]]:
        merchant = found[0].merchant
        customers = await get_customers(
            session,
            self.vault,
            merchant=merchant,
            ids=[link.customer for link in found if link.customer is not None],
        )
        messages = await messages_of_links(session, self.vault, merchant=merchant, links=messaged)
        offers = await taken_up(session, [link.id for link in found if link.multi])
        shown = []
        for link in found:
            customer = customers.get(link.customer) if link.customer else None
            value = await self._render(session, link, payments[link.payment], customer)
            value |= _paid(link, payments[link.payment], offers.get(link.id, TakenUp()))
            value["messages"] = [message_json(message) for message in messages.get(link.id, [])]
            shown.append(value)
        return shown

    async def _render(
        self, session: Session, link: Link, payment: Payment, customer: Customer | None
    ) -> dict[str, Any]:
        details = await self.vault.open(session, link.sealed_details, purpose=DETAILS)
        token = await self.vault.open(session, link.sealed_token, purpose=TOKEN)
        return {
            "id": link.id,
            "url": None if token is None else self.page_url(token),
            "check_code": None if token is None else check_code(token, link.id),
            "status": link.state.value,
            "amount": payment.due.minor,
            "currency": payment.due.currency.code,
            "description": await self.description(session, link),
            "reference": link.reference,
            "payment": payment.id,
            "customer": link.customer,
            "customer_summary": _summary(customer),
            "agent": link.agent,
            "usage": link.usage,
            "capture": payment.capture,
            "minimum_amount": payment.minimum.minor if payment.minimum is not None else None,
            "account": link.account,
            "approval": link.approval,
            "superseded_by": link.superseded_by,
            "locale": link.locale,
            "metadata": json.loads(details) if details is not None else {},
            "flags": list(payment.flags),
            "revision": link.revision,
            "created_at": rfc3339(link.created_at),
            "expires_at": rfc3339(link.expires_at),
            "qr": {
                "svg": f"{self.base_url}/v1/links/{link.id}/qr.svg",
                "png": f"{self.base_url}/v1/links/{link.id}/qr.png",
            },
            "progress": link.progress.as_json(),
        }


def _paid(link: Link, payment: Payment, offer: TakenUp) -> dict[str, Any]:
    """How much has come of it, and in how many payments: on a multi-use link those of everybody who took it up."""
    if link.multi:
        return {
            "amount_paid": offer.captured,
            "payments_count": offer.count,
            "payments_paid_count": offer.paid_count,
        }
    return {
        "amount_paid": payment.captured.minor,
        "payments_count": 1,
        "payments_paid_count": int(payment.captured.minor > 0),
    }


def _summary(customer: Customer | None) -> dict[str, Any] | None:
    if customer is None:
        return None
    return {
        "id": customer.id,
        "name": customer.name,
        "email": customer.email,
        "phone": customer.phone,
        "handles": {kind.value: handle for kind, handle in customer.handles.items()},
    }
