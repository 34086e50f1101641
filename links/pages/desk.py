"""What the customer's door works with, and what it shows of a link."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal
from urllib.parse import urlsplit

from agent_feed.company import Company
from compliance.journal import Written
from compliance.merchant_settings import read
from compliance.merchants import get_merchant
from core.clock import rfc3339
from core.database import Database, Session
from core.waiting import WaitingRoom
from links.brand import Brand, brand_view
from links.check_codes import check_code
from links.checkout import Checkout
from links.checkout_results import Result
from links.customer_asks import ending, renewable
from links.links import Link
from links.money_text import money_text
from links.page_settings import COARSE
from links.pages.standing import Standing, page_state
from links.pay.asset_files import AssetFiles
from links.pay.decline_texts import decline_text
from links.pay.languages import psp_locale
from links.pay.rendering import InApp, PageView, PayPages, ReceiptView, local_time
from links.payers import to_pay
from links.receipts import Receipt, card_text, receipt_of
from links.sending import Sending
from links.sharing import merchants_way
from links.tokens import Tokens
from payments.gateway import PagePsp
from payments.payments import Payment, get_payment, live_attempt_id

# How long a page may wait for news of its link.
WAIT_SECONDS_MAX: Final = 20


@dataclass(frozen=True, slots=True)
class ChosenPsp:
    """The account that takes the payment, and what the page needs of its PSP."""

    account: str
    page: PagePsp

    def as_json(self, *, wallets: bool = True) -> dict[str, Any]:
        """As the page's configuration has it. All of it is public. `wallets`: whether they work where the page is."""
        config = {
            name: value for name, value in self.page.config.items() if wallets or name != "wallets"
        }
        return {
            "account": self.account,
            "provider": self.page.provider,
            "mode": self.page.mode,
            "publishable_key": self.page.publishable_key,
            "script_url": self.page.script_url,
            "config": config,
        }


@dataclass(frozen=True, slots=True)
class PayDesk:
    """The collaborators of the pay page."""

    database: Database
    checkout: Checkout
    sending: Sending
    tokens: Tokens
    pages: PayPages
    assets: AssetFiles
    company: Company
    room: WaitingRoom = field(default_factory=WaitingRoom)

    def take(self, written: Written) -> None:
        """This process has committed: pages that wait for it look again."""
        self.room.wake(
            {key for event in written.events for key in (event.link, event.conversation)}
        )

    @property
    def secure(self) -> bool:
        """Whether customers reach the page by https, as everywhere but on a developer's machine."""
        return self.sending.showing.pay_url.startswith("https://")

    async def view(
        self,
        session: Session,
        link: Link,
        psp: ChosenPsp | None,
        *,
        token: str,
        page: str,
        nonce: str,
        locale: str,
        now: datetime,
        finds_own: bool = False,
        in_app: InApp | None = None,
    ) -> PageView:
        """Everything that one page shows of a link as it is now; `psp` is None where nothing can be paid."""
        merchant = await get_merchant(session, link.merchant)
        # A page that is only looked at has not said who pays: on a multi-use link it shows the offer.
        own = await self.checkout.payers.payment_of(session, link, None)
        standing = await self._standing(session, link, own, locale)
        state = page_state(link, own, now, finds_own=finds_own)
        receipt = await self.receipt(session, link, own, locale)
        config: dict[str, Any] | None = None
        if link.multi and state in {"expired", "cancelled"}:
            config = {"base": f"/p/{token}", "multi": True, "ended": True}
        elif state == "expired" and await renewable(session, link, now=now):
            config = {
                "base": f"/p/{token}",
                "nonce": self.tokens.page_nonce(link.id, page, now=now),
                "page": page,
                "ended": True,
                "renewable": True,
            }
        if psp is None and state in {"payable", "in_progress"}:
            state = "unavailable"
        if psp is not None and state in {"payable", "in_progress"}:
            config = {
                "base": f"/p/{token}",
                "nonce": self.tokens.page_nonce(link.id, page, now=now),
                "page": page,
                "locale": locale,
                "psp_locale": psp_locale(locale),
                "currency": standing.currency.code,
                "merchant": merchant.name,
                "multi": link.multi,
                "state": state,
                "live": WAIT_SECONDS_MAX,
                "psp": psp.as_json(wallets=in_app is None),
                "attempt": await live_attempt_id(session, own.id) if own is not None else None,
                **standing.as_json(),
                "format": standing.form().as_json(),
            }
        sharing, brand = (
            await self._sharing(session, link),
            await brand_view(session, link.merchant),
        )
        if config is not None and sharing != "full":
            config["sharing"] = "coarse"
        return PageView(
            state=state,
            nonce=nonce,
            locale=locale,
            merchant_name=merchant.name,
            description=await self.sending.showing.description(session, link),
            reference=link.reference,
            amount_text=standing.amount_text,
            choice=standing.choice(),
            paid_text=standing.paid_text,
            agent_first_name=await self.sending.agent_first_name(session, link),
            receipt=_receipt_view(receipt) if receipt is not None else None,
            expires_text=local_time(link.expires_at, locale),
            expires_at=link.expires_at,
            psp_script_url=psp.page.script_url if psp is not None else None,
            sharing=sharing,
            brand=brand,
            logo_url=f"/p/{token}/logo?{brand.logo.digest[:12]}" if brand.logo else None,
            check_code=check_code(token, link.id),
            pay_host=urlsplit(self.sending.showing.pay_url).netloc,
            in_app=in_app,
            config=config,
            finds_own=finds_own,
        )

    async def state(
        self, session: Session, link: Link, payer: str | None, locale: str, now: datetime
    ) -> dict[str, Any]:
        """What the page asks for again and again: the database's truth, and nothing is moved by asking."""
        own = await self.checkout.payers.payment_of(session, link, payer)
        result = receipt = part = attempt = None
        if own is not None:
            result = await self.checkout.last_result(session, own)
            attempt = await live_attempt_id(session, own.id)
            receipt = await self.receipt(session, link, own, locale)
        if result is not None:
            part = await self.receipt(session, link, own, locale, attempt=result.attempt)
        standing = await self._standing(session, link, own, locale)
        return {
            "state": page_state(link, own, now),
            "description": await self.sending.showing.description(session, link),
            "ending": await ending(session, link, now=now),
            **standing.as_json(),
            "attempt": attempt,
            "result": result_json(result, part, locale) if result is not None else None,
            "receipt": receipt_json(receipt),
        }

    async def receipt(
        self,
        session: Session,
        link: Link,
        payment: Payment | None,
        locale: str,
        *,
        attempt: str | None = None,
    ) -> dict[str, Any] | None:
        """The receipt's facts with the names they are shown under, or None while nothing is paid."""
        if payment is None:
            return None
        receipt = await receipt_of(session, payment, attempt=attempt)
        if receipt is None:
            return None
        merchant = await get_merchant(session, link.merchant)
        brand = await read(session, link.merchant, Brand)
        return {
            "amount_text": money_text(receipt.amount, locale),
            **_rest(receipt, locale),
            "reference": link.reference,
            "merchant": brand.legal_name or merchant.name,
            "paid_at": receipt.paid_at,
            "card": card_text(receipt.card, locale),
            "payment": receipt.payment,
        }

    async def _sharing(self, session: Session, link: Link) -> Literal["full", "coarse", "fixed"]:
        if await merchants_way(session, link.merchant) == COARSE:
            return "fixed"
        return "coarse" if not link.multi and link.progress.sharing == COARSE else "full"

    async def _standing(
        self, session: Session, link: Link, own: Payment | None, locale: str
    ) -> Standing:
        asked = await get_payment(session, link.payment)
        if link.superseded_by is not None:
            return Standing.of_none(link, asked, locale)
        return Standing.of(link, to_pay(asked, own), locale)


def result_json(result: Result, receipt: dict[str, Any] | None, locale: str) -> dict[str, Any]:
    """A result as the page reads it, in its language; `receipt` is that of its attempt."""
    value: dict[str, Any] = {"status": result.status, "attempt": result.attempt}
    for name in ("client_secret", "url", "action"):
        if getattr(result, name) is not None:
            value[name] = getattr(result, name)
    if result.problem is not None:
        value["problem"] = {
            "code": result.problem.code,
            "customer_message": decline_text(locale, result.problem),
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


def _rest(receipt: Receipt, locale: str) -> dict[str, str | None]:
    """What there is to say besides, after a part: the sum of the parts, and what is still to be paid."""
    in_parts = receipt.total != receipt.amount
    return {
        "total_text": money_text(receipt.total, locale) if in_parts else None,
        "remaining_text": money_text(receipt.remaining, locale) if receipt.remaining else None,
    }
