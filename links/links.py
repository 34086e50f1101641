"""Links as they are stored: found by id or by token, always within one merchant."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import sqlalchemy as sa

from compliance.principal import Principal
from core.database import Prepared, Row, Session
from core.errors import NotFound
from links.progress import Progress
from links.states import OPEN, LinkState
from links.tables import links

# What `approval` may be; None where no second person was needed.
WAITING: Final = "waiting"
APPROVED: Final = "approved"
REJECTED: Final = "rejected"

_BY_ID: Final = Prepared(sa.select(links).where(links.c.id == sa.bindparam("id")))
_BY_TOKEN: Final = Prepared(
    sa.select(links).where(links.c.token_hash == sa.bindparam("token_hash"))
)


@dataclass(frozen=True, slots=True)
class Link:
    """One invitation to pay. Token, description and metadata are sealed; `showing` opens them."""

    id: str
    merchant: str
    sealed_token: str
    state: LinkState
    payment: str
    customer: str | None
    agent: str | None
    usage: str
    locale: str | None
    sealed_description: str
    reference: str | None
    sealed_details: str
    superseded_by: str | None
    approval: str | None
    account: str | None
    revision: int
    expires_at: datetime
    progress: Progress
    created_at: datetime
    extensions: int = 0
    renewal_asked_at: datetime | None = None

    @property
    def multi(self) -> bool:
        """Whether each customer who pays has a payment of their own."""
        return self.usage == "multi"

    @property
    def waits(self) -> bool:
        """Whether a second person has to agree first; until then it is neither sent nor paid."""
        return self.approval == WAITING

    def open_at(self, now: datetime) -> bool:
        """Whether it has not ended: it is not past its time, or an attempt is live."""
        return self.state in OPEN and (now < self.expires_at or self.state is LinkState.IN_PROGRESS)

    def payable_at(self, now: datetime) -> bool:
        """Whether the customer may pay with it."""
        return self.open_at(now) and not self.waits


async def get_link(session: Session, principal: Principal, link_id: str) -> Link:
    """The link, if this caller may see it. Raises `NotFound` alike for no link and another's."""
    row = await session.one_or_none(
        sa.select(links).where(links.c.id == link_id, links.c.merchant == principal.merchant)
    )
    if row is None or not principal.sees_work_of(row["agent"]):
        raise NotFound("link")
    return read_link(row)


async def link_by_id(session: Session, link_id: str) -> Link:
    """The link, whoever's: for the work of the system itself. Raises `NotFound`."""
    row = await session.ask_one(_BY_ID, id=link_id)
    if row is None:
        raise NotFound("link")
    return read_link(row)


async def link_by_token(session: Session, token_hash: str | None) -> Link:
    """The link of a customer's token. Raises `NotFound`."""
    if token_hash is None:
        raise NotFound("link")
    row = await session.ask_one(_BY_TOKEN, token_hash=token_hash)
    if row is None:
        raise NotFound("link")
    return read_link(row)


def read_link(row: Row) -> Link:
    """The link of a row."""
    return Link(
        id=row["id"],
        merchant=row["merchant"],
        sealed_token=row["token"],
        state=LinkState(row["state"]),
        payment=row["payment"],
        customer=row["customer"],
        agent=row["agent"],
        usage=row["usage"],
        locale=row["locale"],
        sealed_description=row["description"],
        reference=row["reference"],
        sealed_details=row["details"],
        superseded_by=row["superseded_by"],
        approval=row["approval"],
        account=row["account"],
        revision=row["revision"],
        expires_at=row["expires_at"],
        progress=Progress.from_stored(row["progress"]),
        created_at=row["created_at"],
        extensions=row["extensions"],
        renewal_asked_at=row["renewal_asked_at"],
    )
