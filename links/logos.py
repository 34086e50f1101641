"""Merchants' logos: one each, made anew by us (`links.logo_image`), and kept in the database."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from compliance.journal import Event, record
from core.database import Session, upsert
from links.logo_image import MEDIA_TYPE, Picture
from links.tables import merchant_logos


@dataclass(frozen=True, slots=True)
class LogoFacts:
    """What a page needs to know before the picture is there. `digest` changes with the picture."""

    digest: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Logo:
    """The picture as it is served."""

    image: bytes
    media_type: str
    digest: str


async def logo_facts(session: Session, *, merchant: str) -> LogoFacts | None:
    """The merchant's logo without its bytes; None for none."""
    table = merchant_logos.c
    row = await session.one_or_none(
        sa.select(table.digest, table.width, table.height).where(table.merchant == merchant)
    )
    return None if row is None else LogoFacts(row["digest"], row["width"], row["height"])


async def get_logo(session: Session, *, merchant: str) -> Logo | None:
    """The merchant's logo; None for none."""
    table = merchant_logos.c
    row = await session.one_or_none(
        sa.select(table.image, table.media_type, table.digest).where(table.merchant == merchant)
    )
    return None if row is None else Logo(row["image"], row["media_type"], row["digest"])


async def save_logo(
    session: Session, *, merchant: str, picture: Picture, actor: str, origin: str, now: datetime
) -> LogoFacts:
    """Puts this picture in the place of what was there, and journals it."""
    digest = hashlib.sha256(picture.image).hexdigest()
    fresh = {
        "media_type": MEDIA_TYPE,
        "image": picture.image,
        "digest": digest,
        "width": picture.width,
        "height": picture.height,
        "updated_at": now,
        "updated_by": actor,
    }
    await session.lock(f"settings:{merchant}")
    await session.execute(
        upsert(session, merchant_logos)
        .values(merchant=merchant, **fresh)
        .on_conflict_do_update(index_elements=["merchant"], set_=fresh)
    )
    told = {"change": "saved", "digest": digest}
    _record(session, merchant, told, actor=actor, origin=origin, now=now)
    return LogoFacts(digest, picture.width, picture.height)


async def drop_logo(
    session: Session, *, merchant: str, actor: str, origin: str, now: datetime
) -> bool:
    """From now on none; False if there was none."""
    await session.lock(f"settings:{merchant}")
    gone = await session.execute(
        sa.delete(merchant_logos).where(merchant_logos.c.merchant == merchant)
    )
    if not gone.rowcount:
        return False
    _record(session, merchant, {"change": "dropped"}, actor=actor, origin=origin, now=now)
    return True


def _record(
    session: Session,
    merchant: str,
    told: dict[str, Any],
    *,
    actor: str,
    origin: str,
    now: datetime,
) -> None:
    record(
        session,
        Event(
            type="settings.changed",
            merchant=merchant,
            occurred_at=now,
            actor=actor,
            origin=origin,
            data={"settings": "brand", "logo": told},
        ),
    )
