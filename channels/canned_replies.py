"""Answers that a merchant's people keep ready: one text a language, with fixed placeholders.

There are three placeholders and no expressions. A text with any other brace is refused when it is written, and what
is filled in is not looked at again, so a customer called `{agent_name}` stays called that.

    CannedReplyExists     another one has this title
    CannedRepliesFull     a merchant keeps no more of them
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from channels.conversations import Conversation
from channels.customers import get_customer
from compliance.journal import Event, record
from compliance.merchants import get_merchant
from compliance.principal import Principal
from compliance.vault import Vault
from core.clock import rfc3339
from core.database import Session, UtcDateTime, metadata
from core.database.schema import canonical_json
from core.errors import InvalidField, Kind, NotFound, PaythreadError
from core.ids import is_id, new_id

PLACEHOLDERS: Final = ("customer_name", "agent_name", "merchant_name")
REPLIES_MAX: Final = 1000
LANGUAGES_MAX: Final = 50
_PLACEHOLDER: Final = re.compile(rf"\{{({'|'.join(PLACEHOLDERS)})\}}")
# A placeholder with the space before it: where a name is not known, both are left out.
_WITH_SPACE: Final = re.compile(rf"( ?)\{{({'|'.join(PLACEHOLDERS)})\}}")
_LOCALE: Final = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,2}")
_LAST_RESORT: Final = "en"

canned_replies = sa.Table(
    "canned_replies",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("merchant", sa.String(40), nullable=False),
    sa.Column("title", sa.String(80), nullable=False),
    # {"en": "…", "es": "…"}
    sa.Column("texts", sa.Text, nullable=False),
    sa.Column("updated_by", sa.String(80), nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("updated_at", UtcDateTime, nullable=False),
    sa.UniqueConstraint("merchant", "title"),
)


class CannedReplyExists(PaythreadError):
    """Titles tell a merchant's replies apart."""

    code = "canned_reply_exists"
    kind = Kind.CONFLICT

    def __init__(self) -> None:
        super().__init__("Another canned reply has this title.")


class CannedRepliesFull(PaythreadError):
    """There are as many as there may be."""

    code = "canned_replies_full"
    kind = Kind.CONFLICT

    def __init__(self) -> None:
        super().__init__(f"A merchant keeps at most {REPLIES_MAX} canned replies.")


@dataclass(frozen=True, slots=True)
class CannedReply:
    """One answer in its languages."""

    id: str
    title: str
    texts: Mapping[str, str]
    updated_by: str
    created_at: datetime
    updated_at: datetime

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "title": self.title,
            "texts": dict(self.texts),
            "updated_by": self.updated_by,
            "created_at": rfc3339(self.created_at),
            "updated_at": rfc3339(self.updated_at),
        }


async def list_replies(
    session: Session, *, merchant: str, limit: int, cursor: str | None
) -> tuple[list[CannedReply], str | None]:
    """One page, oldest first, and the cursor of the next. Raises `InvalidField`."""
    if cursor is not None and not is_id(cursor, "can"):
        raise InvalidField("/cursor", "This is no cursor that a list answered with.")
    statement = (
        sa.select(canned_replies)
        .where(canned_replies.c.merchant == merchant)
        .order_by(canned_replies.c.id)
        .limit(limit + 1)
    )
    if cursor is not None:
        statement = statement.where(canned_replies.c.id > cursor)
    found = [_reply(row) for row in await session.all(statement)]
    return found[:limit], found[limit - 1].id if len(found) > limit else None


async def get_reply(session: Session, *, merchant: str, reply: str) -> CannedReply:
    """Raises `NotFound`."""
    row = await session.one_or_none(
        sa.select(canned_replies).where(
            canned_replies.c.merchant == merchant, canned_replies.c.id == reply
        )
    )
    if row is None:
        raise NotFound("canned reply")
    return _reply(row)


async def create_reply(
    session: Session, *, caller: Principal, title: str, texts: Mapping[str, str], now: datetime
) -> CannedReply:
    """Raises `InvalidField`, `CannedReplyExists`, `CannedRepliesFull`."""
    kept = _checked(texts)
    await _lock(session, caller.merchant)
    count = await session.scalar(
        sa.select(sa.func.count())
        .select_from(canned_replies)
        .where(canned_replies.c.merchant == caller.merchant)
    )
    if count >= REPLIES_MAX:
        raise CannedRepliesFull
    await _check_title(session, caller.merchant, title, itself=None)
    reply = new_id("can", now)
    await session.execute(
        sa.insert(canned_replies).values(
            id=reply,
            merchant=caller.merchant,
            title=title,
            texts=canonical_json(kept),
            updated_by=caller.actor,
            created_at=now,
            updated_at=now,
        )
    )
    _record(session, caller, reply, "created", now=now)
    return await get_reply(session, merchant=caller.merchant, reply=reply)


async def change_reply(
    session: Session,
    *,
    caller: Principal,
    reply: str,
    title: str | None,
    texts: Mapping[str, str] | None,
    now: datetime,
) -> CannedReply:
    """Sets what is given; `texts` replaces all of them. Raises `NotFound` and as `create_reply`."""
    await _lock(session, caller.merchant)
    before = await get_reply(session, merchant=caller.merchant, reply=reply)
    new_title = before.title if title is None else title
    new_texts = dict(before.texts) if texts is None else _checked(texts)
    if (new_title, new_texts) == (before.title, dict(before.texts)):
        return before
    await _check_title(session, caller.merchant, new_title, itself=reply)
    await session.execute(
        sa.update(canned_replies)
        .where(canned_replies.c.id == reply, canned_replies.c.merchant == caller.merchant)
        .values(
            title=new_title,
            texts=canonical_json(new_texts),
            updated_by=caller.actor,
            updated_at=now,
        )
    )
    _record(session, caller, reply, "updated", now=now)
    return await get_reply(session, merchant=caller.merchant, reply=reply)


async def delete_reply(session: Session, *, caller: Principal, reply: str, now: datetime) -> None:
    """Raises `NotFound`."""
    await _lock(session, caller.merchant)
    await get_reply(session, merchant=caller.merchant, reply=reply)
    await session.execute(
        sa.delete(canned_replies).where(
            canned_replies.c.id == reply, canned_replies.c.merchant == caller.merchant
        )
    )
    _record(session, caller, reply, "deleted", now=now)


async def fill_reply(
    session: Session, vault: Vault, thread: Conversation, reply: str, *, caller: Principal
) -> str:
    """What the reply says to the thread's customer, in their language, from this caller.

    Raises `InvalidField` for a reply that there is none of.
    """
    try:
        found = await get_reply(session, merchant=thread.merchant, reply=reply)
    except NotFound:
        raise InvalidField("/canned_reply", "There is no such canned reply.") from None
    merchant = await get_merchant(session, thread.merchant)
    name = locale = None
    if thread.customer is not None:
        customer = await get_customer(
            session, vault, merchant=merchant.id, customer_id=thread.customer
        )
        name, locale = customer.name, customer.locale
    values = {
        "customer_name": name or "",
        # In front of customers the first name alone; software speaks for the merchant.
        "agent_name": caller.name.split(" ", 1)[0] if caller.agent is not None else merchant.name,
        "merchant_name": merchant.name,
    }
    return fill(text_in(found.texts, locale, merchant.locale), values)


def text_in(texts: Mapping[str, str], *locales: str | None) -> str:
    """The text in the first of these languages that there is one in, else in English, else in any."""
    for locale in (*locales, _LAST_RESORT):
        tag = (locale or "").replace("_", "-")
        for wanted in (tag, tag.partition("-")[0].lower()):
            if wanted in texts:
                return texts[wanted]
    return next(iter(texts.values()))


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with each placeholder filled in once, in one pass."""

    def value(found: re.Match[str]) -> str:
        filled = " ".join(values[found[2]].split())
        return f"{found[1]}{filled}" if filled else ""

    return _WITH_SPACE.sub(value, text)


def _checked(texts: Mapping[str, str]) -> dict[str, str]:
    if not 0 < len(texts) <= LANGUAGES_MAX:
        raise InvalidField("/texts", f"Give a text in 1 to {LANGUAGES_MAX} languages.")
    for locale, text in texts.items():
        if _LOCALE.fullmatch(locale) is None:
            raise InvalidField("/texts", "A language is written like en or en-GB.")
        rest = _PLACEHOLDER.sub("", text)
        if "{" in rest or "}" in rest:
            known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
            raise InvalidField(f"/texts/{locale}", f"The only placeholders are {known}.")
        if not text.strip():
            raise InvalidField(f"/texts/{locale}", "The text says nothing.")
    return dict(texts)


async def _lock(session: Session, merchant: str) -> None:
    await session.lock(f"canned_replies:{merchant}")


async def _check_title(session: Session, merchant: str, title: str, *, itself: str | None) -> None:
    holder = await session.scalar(
        sa.select(canned_replies.c.id).where(
            canned_replies.c.merchant == merchant, canned_replies.c.title == title
        )
    )
    if holder not in (None, itself):
        raise CannedReplyExists


def _record(session: Session, caller: Principal, reply: str, change: str, *, now: datetime) -> None:
    record(
        session,
        Event(
            type="settings.changed",
            merchant=caller.merchant,
            occurred_at=now,
            actor=caller.actor,
            data={"canned_reply": reply, "change": change},
        ),
    )


def _reply(row: sa.RowMapping) -> CannedReply:
    return CannedReply(
        id=row["id"],
        title=row["title"],
        texts=json.loads(row["texts"]),
        updated_by=row["updated_by"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
    )
