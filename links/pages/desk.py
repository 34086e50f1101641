"""What the customer's door works with, and what it shows of a link."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from compliance.merchants import get_merchant
from core.clock import rfc3339
from core.database import Database, Session
from links.checkout import Checkout
from links.checkout_results import Result
from links.links import Link
from links.money_text import money_text
from links.pay.asset_files import AssetFiles
from links.pay.rendering import PageState, PageView, PayPages, ReceiptView, local_time
from links.receipts import receipt_of
from links.sending import Sending
from links.states import LinkState
from links.tokens import Tokens
from payments.gateway import CardFacts, PagePsp
from payments.payments import get_payment, live_attempt_id


@dataclass(frozen=True, slots=True)
class PayDesk:
    """The collaborators of the pay page."""

    database: Database
    checkout: Checkout
    sending: Sending
    tokens: Tokens
    pages: PayPages
    assets: AssetFiles

    async def view(
        self,
        session: Session,
        link: Link,
        psp: PagePsp,
        *,
        token: str,
        page: str,
        nonce: str,
        locale: str,
        now: datetime,
    ) -> PageView:
        """Everything that one page shows of a link as it is now."""
        merchant = await get_merchant(session, link.merchant)
        payment = await get_payment(session, link.payment)
        state = page_state(link, now)
        amount_text = money_text(payment.remaining if payment.remaining else payment.due, locale)
        receipt = await self.receipt(session, link, locale)
        config = None
        if state in {"payable", "in_progress"}:
            config = {
                "base": f"/p/{token}",
                "nonce": self.tokens.page_nonce(link.id, page, now=now),
                "page": page,
                "revision": link.revision,
                "locale": locale,
                "amount": payment.remaining.minor,
                "currency": payment.due.currency.code,
                "amount_text": amount_text,
                "merchant": merchant.name,
                "state": state,
                "psp": {
                    "provider": psp.provider,
                    "publishable_key": psp.publishable_key,
                    "script_url": psp.script_url,
                },
                "attempt": await live_attempt_id(session, payment.id),
            }
        return PageView(
            state=state,
            nonce=nonce,
            locale=locale,
            merchant_name=merchant.name,
            description=await self.sending.showing.description(session, link),
            reference=link.reference,
            amount_text=amount_text,
            agent_first_name=await self.sending.agent_first_name(session, link),
            receipt=_receipt_view(receipt) if receipt is not None else None,
            expires_text=local_time(link.expires_at, locale),
            psp_script_url=psp.script_url,
            config=config,
        )

    async def state(
        self, session: Session, link: Link, locale: str, now: datetime
    ) -> dict[str, Any]:
        """What the page asks for again and again: the database's truth, and nothing is moved by asking."""
        payment = await get_payment(session, link.payment)
        result = await self.checkout.last_result(session, link)
        receipt = await self.receipt(session, link, locale)
        return {
            "state": page_state(link, now),
            "amount": payment.remaining.minor,
            "amount_text": money_text(
                payment.remaining if payment.remaining else payment.due, locale
            ),
            "revision": link.revision,
            "attempt": await live_attempt_id(session, payment.id),
            "result": result_json(result, receipt) if result is not None else None,
            "receipt": receipt_json(receipt),
        }

    async def receipt(self, session: Session, link: Link, locale: str) -> dict[str, Any] | None:
        """The receipt's facts with the names they are shown under, or None while nothing is paid."""
        facts = await receipt_of(session, link)
        if facts is None:
            return None
        merchant = await get_merchant(session, link.merchant)
        return {
            "amount_text": money_text(facts["amount"], locale),
            "reference": link.reference,
            "merchant": merchant.name,
            "paid_at": facts["paid_at"],
            "card": _card_text(facts["card"]),
            "payment": facts["payment"],
        }


def page_state(link: Link, now: datetime) -> PageState:
    """Which page the customer gets."""
    match link.state:
        case LinkState.PAID:
            return "paid"
        case LinkState.CANCELLED:
            return "cancelled"
        case LinkState.EXPIRED:
            return "expired"
        case LinkState.IN_PROGRESS:
            return "in_progress"
        case _:
            return "payable" if link.open_at(now) else "expired"


def result_json(result: Result, receipt: dict[str, Any] | None) -> dict[str, Any]:
    """A result as the page reads it."""
    value: dict[str, Any] = {"status": result.status, "attempt": result.attempt}
    if result.client_secret is not None:
        value["client_secret"] = result.client_secret
    if result.problem is not None:
        value["problem"] = {
            "code": result.problem.code,
            "customer_message": result.problem.customer_message,
            "retryable": result.problem.retryable,
        }
    if receipt is not None and result.status in {"paid", "authorised"}:
        value["receipt"] = receipt_json(receipt)
    return value


def receipt_json(receipt: dict[str, Any] | None) -> dict[str, Any] | None:
    """A receipt as the page reads it."""
    return None if receipt is None else {**receipt, "paid_at": rfc3339(receipt["paid_at"])}


def _receipt_view(receipt: dict[str, Any]) -> ReceiptView:
    return ReceiptView(**receipt)


def _card_text(card: CardFacts) -> str | None:
    if card.last4 is None:
        return None
    brand = (card.brand or "card").replace("_", " ")
    return f"{'American Express' if brand == 'amex' else brand.title()} •••• {card.last4}"
