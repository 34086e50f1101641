"""Who writes in the web chat: a browser that holds a secret of its own, and the thread that it may read.

VisitorUnknown      a token that belongs to no visitor of this chat
"""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import sqlalchemy as sa

from channels.accounts import ChannelAccount
from compliance.vault import Vault
from core.database import Session, UtcDateTime, metadata, upsert
from core.errors import Kind, PaythreadError
from core.ids import new_id

_TOKEN_BYTES: Final = 32
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{43}")
# The subject of the key that a merchant's visitors' tokens are hashed with.
_HASH_SUBJECT: Final = "visitors"

visitors = sa.Table(
    "visitors",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("merchant", sa.String(40), nullable=False),
    sa.Column("account", sa.String(40), nullable=False),
    sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
    # What the visitor has seen: the newest message shown there.
    sa.Column("read_to", sa.String(40), nullable=True),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("seen_at", UtcDateTime, nullable=False),
)


class VisitorUnknown(PaythreadError):
    """The token is nobody's, or another chat's: the two look alike."""

    code = "visitor_unknown"
    kind = Kind.UNAUTHENTICATED

    def __init__(self) -> None:
        super().__init__("Send the visitor's token as `Authorization: Bearer …`.")


@dataclass(frozen=True, slots=True)
class Visitor:
    """A visitor of one chat. The id is their address on the channel."""

    id: str
    merchant: str
    account: str


async def new_visitor(
    session: Session, vault: Vault, account: ChannelAccount, *, now: datetime
) -> tuple[Visitor, str]:
    """A new visitor, and the token (256 random bits) that is known to nobody but their browser from here on."""
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    visitor = Visitor(new_id("vis", now), account.merchant, account.id)
    await session.execute(
        sa.insert(visitors).values(
            id=visitor.id,
            merchant=visitor.merchant,
            account=visitor.account,
            token_hash=await _token_hash(session, vault, account, token, now=now),
            created_at=now,
            seen_at=now,
        )
    )
    return visitor, token


async def visitor_with(
    session: Session, vault: Vault, account: ChannelAccount, token: str, *, now: datetime
) -> Visitor:
    """The visitor with this token, new if need be: where the browser makes the token up, not we.

    Raises `VisitorUnknown` for what is no token.
    """
    if _TOKEN.fullmatch(token) is None:
        raise VisitorUnknown
    hashed = await _token_hash(session, vault, account, token, now=now)
    await session.execute(
        upsert(session, visitors)
        .values(
            id=new_id("vis", now),
            merchant=account.merchant,
            account=account.id,
            token_hash=hashed,
            created_at=now,
            seen_at=now,
        )
        .on_conflict_do_nothing(index_elements=["token_hash"])
    )
    return await visitor_of(session, vault, account, token, now=now)


async def visitor_of(
    session: Session, vault: Vault, account: ChannelAccount, token: str | None, *, now: datetime
) -> Visitor:
    """Whose token this is. Raises `VisitorUnknown`.

    Found by its keyed hash: how long that takes tells nothing of the tokens there are.
    """
    if token is None or _TOKEN.fullmatch(token) is None:
        raise VisitorUnknown
    hashed = await _token_hash(session, vault, account, token, now=now)
    row = await session.one_or_none(
        sa.select(visitors).where(
            visitors.c.token_hash == hashed,
            visitors.c.merchant == account.merchant,
            visitors.c.account == account.id,
        )
    )
    if row is None:
        raise VisitorUnknown
    return Visitor(row["id"], row["merchant"], row["account"])


async def keep_seen(
    session: Session, visitor: Visitor, *, read_to: str | None = None, now: datetime
) -> None:
    """That the visitor was here, and how far they have read; never back."""
    await session.execute(
        sa.update(visitors).where(visitors.c.id == visitor.id).values(seen_at=now)
    )
    if read_to is not None:
        await session.execute(
            sa.update(visitors)
            .where(
                visitors.c.id == visitor.id,
                visitors.c.read_to.is_(None) | (visitors.c.read_to < read_to),
            )
            .values(read_to=read_to)
        )


async def _token_hash(
    session: Session, vault: Vault, account: ChannelAccount, token: str, *, now: datetime
) -> str:
    key = await vault.key(session, account.merchant, _HASH_SUBJECT, now=now)
    return key.mac("visitor.token", token)
