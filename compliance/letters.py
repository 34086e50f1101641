"""Letters to people who sign in: an invitation, a new password; and how they are handed on.

The ticket in a letter is stored sealed until it is sent, and nowhere in the clear: in the address it stands behind
the `#`, which no browser sends to a server and no log sees.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from compliance import access_tickets
from compliance.merchants import get_merchant
from compliance.users import User
from compliance.vault import Vault
from core import work
from core.database import Session

# The kind of work that sends one.
SEND: Final = "access.letter"
_PURPOSE: Final = "access.letter"
_PAGES: Final = {access_tickets.INVITATION: "welcome", access_tickets.RESET: "reset"}


class CanSend(Protocol):
    """Whether there is a mail account that a merchant's people can be written to through."""

    def __call__(self, session: Session, merchant: str) -> Awaitable[bool]: ...


@dataclass(frozen=True, slots=True)
class Letter:
    """Ready to be sent."""

    merchant: str
    sender_name: str
    to: str
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Letters:
    """`base_url` is the console's. `draw` makes a QR code of a text, as SVG."""

    base_url: str
    can_send: CanSend
    draw: Callable[[str], bytes]

    def address(self, purpose: str, ticket: str) -> str:
        """Where the ticket is taken."""
        return f"{self.base_url}/#/{_PAGES[purpose]}/{ticket}"

    async def post(
        self,
        session: Session,
        vault: Vault,
        user: User,
        *,
        purpose: str,
        ticket: str,
        now: datetime,
    ) -> bool:
        """Has the letter sent, if there is a way; False where there is none."""
        if not await self.can_send(session, user.merchant):
            return False
        sealed = await vault.seal(
            session,
            user.merchant,
            user.id,
            self.address(purpose, ticket),
            purpose=_PURPOSE,
            now=now,
        )
        await work.schedule(
            session,
            SEND,
            f"{purpose}:{user.id}",
            due_at=now,
            payload={
                "user": user.id,
                "purpose": purpose,
                "sealed": sealed,
                "until": int((now + access_tickets.LIVES[purpose]).timestamp()),
            },
        )
        return True


async def write_letter(
    session: Session, vault: Vault, user: User, *, purpose: str, sealed: str
) -> Letter:
    """The letter that a piece of work stands for."""
    address = await vault.open(session, sealed, purpose=_PURPOSE)
    assert address is not None, "a user's key is never destroyed"
    merchant = await get_merchant(session, user.merchant)
    if purpose == access_tickets.INVITATION:
        subject = f"Your access to {merchant.name}'s payments"
        text = (
            f"Hello {user.name},\n\n{merchant.name} has made you an account. Choose your password here, within three"
            f" days:\n\n{address}\n\nThe link works once and is yours alone: please pass it on to nobody.\n"
        )
    else:
        subject = "Choose a new password"
        text = (
            f"Hello {user.name},\n\na new password was asked for, for your account at {merchant.name}."
            f" Choose it here, within an hour:\n\n{address}\n\nIf you did not ask for it, you need not do"
            " anything: your password stays as it is.\n"
        )
    return Letter(user.merchant, merchant.name, user.email, subject, text)
