"""The second person for a big link: approves it, and it goes out; or rejects it, and it is called off."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import sqlalchemy as sa

from channels.messages import release_waiting
from compliance.journal import Query, Reader, record
from compliance.principal import Principal
from core.database import Session
from core.errors import Kind, PaythreadError
from links.lifecycle import Lifecycle
from links.link_events import link_event
from links.links import APPROVED, REJECTED, WAITING, Link, link_by_id
from links.states import LinkNotOpen, LinkState
from links.tables import links
from payments.approvals import (
    check_never_theirs,
    check_not_by_their_key,
    check_second_person,
)

# Approvals are asked for when a link is made or amended, and it cannot be amended while it waits but for its end.
_ASKED_BY: Final = frozenset({"link.created", "link.updated"})
_LOOKED_BACK_MAX: Final = 500


class NothingToDecide(PaythreadError):
    """Nobody was asked about this link, or it was decided the other way."""

    code = "nothing_to_decide"
    kind = Kind.CONFLICT


@dataclass(frozen=True, slots=True)
class Approving:
    """Decides about links. Deciding the same way again changes nothing."""

    reader: Reader
    lifecycle: Lifecycle

    async def approve(
        self, session: Session, principal: Principal, link: Link, *, now: datetime
    ) -> Link:
        """Lets the link go: its messages are sent, its page can be paid.

        Raises `NotAllowed`, `SameHands`, `NothingToDecide`, `LinkNotOpen`.
        """
        link, decided = await self._hold(session, principal, link, APPROVED)
        if decided:
            return link
        if not link.open_at(now):
            raise LinkNotOpen(f"The link is {link.state.value}; there is nothing to approve.")
        await self._write(session, principal, link, APPROVED, now=now)
        await release_waiting(session, merchant=link.merchant, link=link.id, now=now)
        return await link_by_id(session, link.id)

    async def reject(
        self,
        session: Session,
        principal: Principal,
        link: Link,
        *,
        note: str | None = None,
        now: datetime,
    ) -> Link:
        """Calls the link off; `note` says why. Raises `NotAllowed`, `SameHands`, `NothingToDecide`, `LinkNotOpen`."""
        link, decided = await self._hold(session, principal, link, REJECTED)
        if decided:
            return link
        await self._write(session, principal, link, REJECTED, note=note, now=now)
        return await self.lifecycle.end(
            session, link.id, LinkState.CANCELLED, actor=principal.actor, now=now
        )

    async def _hold(
        self, session: Session, principal: Principal, link: Link, wanted: str
    ) -> tuple[Link, bool]:
        """The link, locked, and whether it was decided so already."""
        await session.lock(link.id)
        link = await link_by_id(session, link.id)
        maker = await self._maker(session, link)
        check_second_person(principal, maker=maker or "", agent=link.agent)
        await check_never_theirs(session, principal, link.id)
        await check_not_by_their_key(session, principal, maker=maker or "")
        if link.approval == wanted:
            return link, True
        if link.approval != WAITING or maker is None:
            raise NothingToDecide("This link does not wait for a decision.")
        return link, False

    async def _maker(self, session: Session, link: Link) -> str | None:
        """Whoever made the link what it is: the last who did something that had to be asked about."""
        asked = Query(
            merchant=link.merchant,
            link=link.id,
            types=_ASKED_BY,
            newest_first=True,
            limit=_LOOKED_BACK_MAX,
        )
        entries = await self.reader.read(session, asked)
        return next((e.actor for e in entries if e.data.get("approval") == WAITING), None)

    async def _write(
        self,
        session: Session,
        principal: Principal,
        link: Link,
        decision: str,
        *,
        note: str | None = None,
        now: datetime,
    ) -> None:
        await session.execute(
            sa.update(links).where(links.c.id == link.id).values(approval=decision, updated_at=now)
        )
        told = link_event(
            "link.updated",
            link,
            actor=principal.actor,
            now=now,
            data={"approval": decision},
            # What people write may name the customer.
            private=None if note is None else {"note": note},
        )
        record(session, told)
