"""The words that a merchant has put in the place of ours, by name, channel and language.

`payment_link` is what a link goes out with when nothing else is asked for; a merchant may add names of its own, such
as a reminder. Placeholders are fixed (`PLACEHOLDERS`), filled with plain text and never read again.

    TemplateUnknown     a link is to be sent with a template that the merchant does not have for this channel
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from channels.catalogue import channel_of
from channels.template_words import language_of
from compliance import masking
from compliance.journal import Event, record
from core.clock import rfc3339
from core.database import Session, UtcDateTime, metadata, upsert
from core.errors import FieldError, InvalidField, NotFound, PaythreadError

PAYMENT_LINK: Final = "payment_link"
PLACEHOLDERS: Final = ("merchant", "amount", "description", "agent", "url")
TEMPLATES_MAX: Final = 500
TEXT_LENGTH_MAX: Final = 4000
SUBJECT_LENGTH_MAX: Final = 120
_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,23}")
_LOCALE: Final = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-[A-Z]{2})?")
_PLACEHOLDER: Final = re.compile(r"\{([a-z_]*)\}")

message_templates = sa.Table(
    "message_templates",
    metadata,
    sa.Column("merchant", sa.String(40), primary_key=True),
    sa.Column("purpose", sa.String(24), primary_key=True),
    sa.Column("channel", sa.String(24), primary_key=True),
    sa.Column("locale", sa.String(16), primary_key=True),
    sa.Column("subject", sa.Text, nullable=True),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("updated_by", sa.String(80), nullable=False),
    sa.Column("updated_at", UtcDateTime, nullable=False),
)


class TemplateUnknown(PaythreadError):
    """The merchant has no template of this name for this channel."""

    code = "template_unknown"

    def __init__(self, pointer: str) -> None:
        detail = "There is no such template for this channel."
        super().__init__(detail, fields=(FieldError(pointer, detail),))


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageTemplate:
    """One text. `subject` is for emails."""

    name: str
    channel: str
    locale: str
    subject: str | None
    text: str
    updated_by: str
    updated_at: datetime

    def as_json(self) -> dict[str, Any]:
        """As the API shows it."""
        return {
            "name": self.name,
            "channel": self.channel,
            "locale": self.locale,
            "subject": self.subject,
            "text": self.text,
            "updated_by": self.updated_by,
            "updated_at": rfc3339(self.updated_at),
        }


async def save_template(
    session: Session,
    *,
    merchant: str,
    name: str,
    channel: str,
    locale: str,
    subject: str | None,
    text: str,
    actor: str,
    now: datetime,
) -> MessageTemplate:
    """Puts these words in the place of what was there. Raises `InvalidField`."""
    _check_key(name, channel, locale)
    _check_words(channel, subject, text)
    await session.lock(f"message_templates:{merchant}")
    if len(await templates_of(session, merchant=merchant)) >= TEMPLATES_MAX:
        raise InvalidField("/name", f"A merchant has at most {TEMPLATES_MAX} templates.")
    said = {"subject": subject, "text": text, "updated_by": actor, "updated_at": now}
    statement = upsert(session, message_templates).values(
        merchant=merchant, purpose=name, channel=channel, locale=locale, **said
    )
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=["merchant", "purpose", "channel", "locale"], set_=said
        )
    )
    _record(session, merchant, name, channel, locale, change="saved", actor=actor, now=now)
    return MessageTemplate(name=name, channel=channel, locale=locale, **said)  # type: ignore[arg-type]


async def drop_template(
    session: Session,
    *,
    merchant: str,
    name: str,
    channel: str,
    locale: str,
    actor: str,
    now: datetime,
) -> None:
    """From now on our own words again. Raises `NotFound`."""
    gone = await session.execute(
        sa.delete(message_templates).where(
            message_templates.c.merchant == merchant,
            message_templates.c.purpose == name,
            message_templates.c.channel == channel,
            message_templates.c.locale == locale,
        )
    )
    if gone.rowcount == 0:
        raise NotFound("message template")
    _record(session, merchant, name, channel, locale, change="dropped", actor=actor, now=now)


async def templates_of(session: Session, *, merchant: str) -> Sequence[MessageTemplate]:
    """All of the merchant's, by name, channel and language."""
    table = message_templates.c
    rows = await session.all(
        sa.select(message_templates)
        .where(table.merchant == merchant)
        .order_by(table.purpose, table.channel, table.locale)
        .limit(TEMPLATES_MAX)
    )
    return [_template(row) for row in rows]


async def find_template(
    session: Session,
    *,
    merchant: str,
    name: str | None,
    channel: str,
    locale: str,
    fallback: str,
    pointer: str,
) -> MessageTemplate | None:
    """The merchant's words in the customer's language; None where ours are to be used.

    Our own words in the customer's language go before the merchant's in another one; but a `name` of the merchant's own
    has no other words than those, so it falls back to the language `fallback` and then to any. Raises
    `TemplateUnknown` at the pointer.
    """
    table = message_templates.c
    rows = await session.all(
        sa.select(message_templates)
        .where(
            table.merchant == merchant,
            table.purpose == (name or PAYMENT_LINK),
            table.channel == channel,
        )
        .order_by(table.locale)
        .limit(TEMPLATES_MAX)
    )
    found = {row["locale"]: _template(row) for row in rows}
    wanted = [locale, language_of(locale)]
    if name not in {None, PAYMENT_LINK}:
        if not found:
            raise TemplateUnknown(pointer)
        wanted += [fallback, language_of(fallback), *found]
    return next((found[each] for each in wanted if each in found), None)


def _check_key(name: str, channel: str, locale: str) -> None:
    if _NAME.fullmatch(name) is None:
        raise InvalidField("/name", "A name has up to 24 small letters, digits and underscores.")
    channel_of(channel, pointer="/channel")
    if _LOCALE.fullmatch(locale) is None:
        raise InvalidField("/locale", "A language is written like en, pt-BR or zh-Hant.")


def _check_words(channel: str, subject: str | None, text: str) -> None:
    if not text.strip() or len(text) > TEXT_LENGTH_MAX:
        raise InvalidField("/text", f"A text has 1 to {TEXT_LENGTH_MAX} characters.")
    if "{url}" not in text:
        raise InvalidField("/text", "The text must hold {url}, where the payment link stands.")
    if channel == "email" and not (subject or "").strip():
        raise InvalidField("/subject", "An email needs a subject.")
    if channel != "email" and subject is not None:
        raise InvalidField("/subject", "Only emails have a subject.")
    if subject is not None and (
        len(subject) > SUBJECT_LENGTH_MAX or "{url}" in subject or not subject.isprintable()
    ):
        raise InvalidField(
            "/subject", f"One line of at most {SUBJECT_LENGTH_MAX} characters, without {{url}}."
        )
    for pointer, words in (("/subject", subject or ""), ("/text", text)):
        unknown = [each for each in _PLACEHOLDER.findall(words) if each not in PLACEHOLDERS]
        if unknown or set("{}") & set(_PLACEHOLDER.sub("", words)):
            known = ", ".join(f"{{{each}}}" for each in PLACEHOLDERS)
            raise InvalidField(pointer, f"Braces hold a placeholder, one of: {known}.")
        if masking.holds_card_number(words):
            raise InvalidField(pointer, "A card number is never sent in a message.")


def _record(
    session: Session,
    merchant: str,
    name: str,
    channel: str,
    locale: str,
    *,
    change: str,
    actor: str,
    now: datetime,
) -> None:
    about = {"name": name, "channel": channel, "locale": locale, "change": change}
    record(
        session,
        Event(
            type="settings.changed",
            merchant=merchant,
            occurred_at=now,
            actor=actor,
            data={"message_template": about},
        ),
    )


def _template(row: sa.RowMapping) -> MessageTemplate:
    return MessageTemplate(
        name=row["purpose"],
        channel=row["channel"],
        locale=row["locale"],
        subject=row["subject"],
        text=row["text"],
        updated_by=row["updated_by"],
        updated_at=row["updated_at"],
    )
