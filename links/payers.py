"""Whose payment a page is about: the link's own, or on a multi-use link that of whoever has the page open.

The page of a multi-use link makes up a key for its browser tab and sends it along. Only a keyed hash of it is kept.
The same tab finds its payment again after a reload; two people never share one.
"""

import re
from dataclasses import dataclass
from typing import Final

from core.database import Session
from core.errors import PaythreadError
from links.links import Link
from links.tokens import Tokens
from payments.offers import taken_up_by
from payments.payments import Payment, get_payment

_KEY: Final = re.compile(r"[0-9A-Za-z_-]{22,64}")


class PayerUnknown(PaythreadError):
    """On a multi-use link the page must say which payer it is: a random key of 22 to 64 letters, digits, `_`, `-`."""

    code = "payer_key_missing"


@dataclass(frozen=True, slots=True)
class Payers:
    """Finds payments by who pays."""

    tokens: Tokens

    def hash_of(self, link: Link, key: str | None) -> str:
        """What the payer is known by. Raises `PayerUnknown`."""
        if key is None or _KEY.fullmatch(key) is None:
            raise PayerUnknown("The page did not say which payer it is. Reload it.")
        return self.tokens.hash_of_payer(link.id, key)

    async def payment_of(self, session: Session, link: Link, key: str | None) -> Payment | None:
        """The payment of this page; None for one that has not taken a multi-use link's offer up (yet).

        None too for a link whose place a newer one has taken, perhaps because it went to a stranger: the payment is the
        newer link's from then on, and who still has the older one learns nothing of it.
        """
        if link.superseded_by is not None:
            return None
        if not link.multi:
            return await get_payment(session, link.payment)
        if key is None:
            return None
        return await taken_up_by(session, link.id, self.hash_of(link, key))


def to_pay(asked: Payment, own: Payment | None) -> Payment:
    """Whose rest is due: the payer's own debt once something of it was taken, else what the link asks for."""
    return own if own is not None and own.captured else asked
