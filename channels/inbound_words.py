"""What is kept of the words of an inbound message: no card number, not even one that came in pieces.

Subject, text and each file's name are masked by themselves, and subject and text together with what the
customer wrote just before (`split_numbers`). A message that turns out to have been a piece is sealed anew
without it, and what the journal says of it is taken back. The caller holds the address's lock.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from channels.conversations import Conversation
from channels.message_events import private_words
from channels.message_store import messages, open_parts, seal_parts
from channels.port import Content, Inbound
from channels.split_numbers import PIECES_MAX, WINDOW, mask_across, may_be_part, without_digits
from compliance import masking
from compliance.journal import Recallable
from compliance.vault import Vault
from core.database import Session

TEXT_LENGTH_MAX: Final = 20_000
_SUBJECT_LENGTH_MAX: Final = 998  # RFC 5322, 2.1.1
FILE_NAMES_MAX: Final = 20
_FILE_NAME_LENGTH_MAX: Final = 200


@dataclass(frozen=True, slots=True)
class Words:
    """What may be kept. `masked` says that something was left out; `earlier` are the messages that lost a piece."""

    content: Content
    attachments: tuple[str, ...]
    masked: bool
    earlier: tuple[str, ...]
    recallable: Recallable | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Earlier:
    """A message of the customer's just before, and what it says."""

    row: sa.RowMapping
    parts: Mapping[str, Any]


async def keep_words(
    session: Session,
    vault: Vault,
    thread: Conversation,
    inbound: Inbound,
    *,
    message: str,
    now: datetime,
) -> Words:
    """The words of this new message. Masks the earlier ones that it completes a card number with."""
    subject = inbound.subject
    given = _pieces(
        None if subject is None else subject[:_SUBJECT_LENGTH_MAX], inbound.text[:TEXT_LENGTH_MAX]
    )
    names = [name[:_FILE_NAME_LENGTH_MAX] for name in inbound.attachments[:FILE_NAMES_MAX]]
    before = await _just_before(session, vault, thread, now=now)
    told = [piece for one in before for piece in _pieces(one.parts.get("subject"), _text(one))]
    kept = mask_across([*told, *given], new=len(told))
    masked_names = tuple(masking.mask(name) for name in names)
    earlier = await _rewrite(session, vault, before, kept[: len(told)], now=now)
    new = kept[len(told) :]
    content = Content(new[-1], new[0] if subject is not None else None)
    return Words(
        content=content,
        attachments=masked_names,
        masked=new != given or list(masked_names) != names,
        earlier=earlier,
        recallable=_recallable(inbound, content, masked_names, told, new, message=message),
    )


def journal_words(
    sender: str, content: Content, attachments: tuple[str, ...], *, bare: bool = False
) -> dict[str, Any]:
    """What the journal says of the message; `bare`, without any digits in its words."""
    words: dict[str, Any] = dict(private_words(content))
    if bare:
        words = {name: without_digits(text) for name, text in words.items()}
    if attachments:
        words["attachments"] = list(attachments)
    return {"from": sender, **words}


def _recallable(
    inbound: Inbound,
    content: Content,
    attachments: tuple[str, ...],
    told: list[str],
    new: list[str],
    *,
    message: str,
) -> Recallable | None:
    if not any(may_be_part([*told, *new[:at]], piece) for at, piece in enumerate(new)):
        return None
    return Recallable(message, journal_words(inbound.sender, content, attachments, bare=True))


async def _just_before(
    session: Session, vault: Vault, thread: Conversation, *, now: datetime
) -> list[_Earlier]:
    """The customer's latest messages in the thread, oldest first, as far back as each came soon after the other."""
    rows = await session.all(
        sa.select(messages)
        .where(messages.c.conversation == thread.id, messages.c.direction == "in")
        .order_by(messages.c.id.desc())
        .limit(PIECES_MAX)
    )
    found: list[_Earlier] = []
    after = now
    for row in sorted(rows, key=lambda one: (one["created_at"], one["id"]), reverse=True):
        parts = await open_parts(session, vault, row)
        if after - row["created_at"] > WINDOW or not parts:
            break
        after = row["created_at"]
        found.insert(0, _Earlier(row, parts))
    return found


async def _rewrite(
    session: Session, vault: Vault, before: list[_Earlier], kept: list[str], *, now: datetime
) -> tuple[str, ...]:
    """Seals anew what lost a piece, and takes its words back from the journal; answers which messages."""
    rewritten = []
    rest = list(kept)
    for one in before:
        count = len(_pieces(one.parts.get("subject"), _text(one)))
        pieces, rest = rest[:count], rest[count:]
        if pieces == _pieces(one.parts.get("subject"), _text(one)):
            continue
        parts = {**one.parts, "text": pieces[-1], "masked": True}
        if count > 1:
            parts["subject"] = pieces[0]
        row = one.row
        sealed = await seal_parts(
            session,
            vault,
            merchant=row["merchant"],
            subject=row["customer"] or row["conversation"],
            parts=parts,
            now=now,
        )
        await session.execute(
            sa.update(messages).where(messages.c.id == row["id"]).values(sealed=sealed)
        )
        await vault.destroy(session, row["merchant"], row["id"], now=now)
        rewritten.append(str(row["id"]))
    return tuple(rewritten)


def _pieces(subject: str | None, text: str) -> list[str]:
    return [text] if subject is None else [subject, text]


def _text(one: _Earlier) -> str:
    return str(one.parts.get("text", ""))
