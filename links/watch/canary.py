"""The page that the monitor looks at: a pay page like any other, of no link, that nobody can pay on.

It has an address like any other, so that whoever tampers with pages on the way cannot tell it from a customer's; the
address is derived from the account, and its hash is stored while the account is watched. It has no row among the
links: what a browser posts to it is answered as for an unknown link, and nothing counts as opened.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import sqlalchemy as sa

from compliance.merchants import get_merchant
from core.database import Database, Row, Session
from core.database.prepared import Prepared
from core.errors import NotFound
from core.ids import new_id
from core.money import Currency, Money
from links.amounts import Range
from links.pages.desk import ChosenPsp, PayDesk
from links.pages.standing import Standing
from links.pay.languages import LOCALE_DEFAULT
from links.pay.rendering import PageView
from links.watch.tables import page_checks

_AMOUNT: Final = Money(100, Currency.of("GBP"))
_BY_TOKEN: Final = Prepared(
    sa.select(page_checks.c.account, page_checks.c.merchant).where(
        page_checks.c.token_hash == sa.bindparam("hash")
    )
)


@dataclass(frozen=True, slots=True)
class WatchedPage:
    """One account's page."""

    account: str
    merchant: str
    merchant_name: str
    token: str
    psp: ChosenPsp
    desk: PayDesk

    def view(self, nonce: str, now: datetime) -> PageView:
        """What it shows. The same each time but for what is new for each view of a page."""
        page = new_id("pg", now)
        allowed = Range(_AMOUNT, _AMOUNT, _AMOUNT)
        nothing = Money(0, _AMOUNT.currency)
        standing = Standing(1, False, allowed, nothing, "£1.00", LOCALE_DEFAULT)
        config = {
            "base": f"/p/{self.token}",
            "nonce": self.desk.tokens.page_nonce(self.account, page, now=now),
            "page": page,
            "locale": LOCALE_DEFAULT,
            "currency": _AMOUNT.currency.code,
            "merchant": self.merchant_name,
            "multi": False,
            "state": "payable",
            "psp": self.psp.as_json(),
            "attempt": None,
            **standing.as_json(),
            "format": standing.form().as_json(),
        }
        return PageView(
            state="payable",
            nonce=nonce,
            merchant_name=self.merchant_name,
            amount_text=standing.amount_text,
            psp_script_url=self.psp.page.script_url,
            config=config,
        )


async def page_of_account(database: Database, desk: PayDesk, account_id: str) -> WatchedPage:
    """The page of an account. Raises `NotFound`."""
    account, gateway = await desk.checkout.gateways.by_id(account_id)
    async with database.snapshot() as session:
        merchant = await get_merchant(session, account.merchant)
    return WatchedPage(
        account=account.id,
        merchant=account.merchant,
        merchant_name=merchant.name,
        token=desk.tokens.canary(account.id),
        psp=ChosenPsp(account.id, gateway.page),
        desk=desk,
    )


async def watched_page(database: Database, desk: PayDesk, token: str) -> WatchedPage | None:
    """The watched page with this token, or None: then it is the token of nothing."""
    digest = desk.tokens.lookup_hash(token)
    if digest is None:
        return None
    found = await database.ask(_BY_TOKEN, hash=digest)
    if not found:
        return None
    try:
        return await page_of_account(database, desk, found[0]["account"])
    except NotFound:
        return None


async def watched_by_hash(session: Session, digest: str) -> Row | None:
    """The account and merchant of the watched page whose token has this hash."""
    return await session.ask_one(_BY_TOKEN, hash=digest)
