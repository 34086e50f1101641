"""Merchants: the tenants. Every other table's rows belong to exactly one."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import sqlalchemy as sa

from compliance.journal import open_journal
from core.database import Prepared, Row, Session, UtcDateTime, metadata
from core.errors import NotFound, PaythreadError
from core.ids import new_id
from core.money import Currency

NAME_LENGTH_MAX: Final = 80

merchants = sa.Table(
    "merchants",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("name", sa.String(NAME_LENGTH_MAX), nullable=False),
    sa.Column("currency", sa.String(3), nullable=False),
    sa.Column("locale", sa.String(16), nullable=False),
    sa.Column("country", sa.String(2), nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
)

_BY_ID: Final = Prepared(sa.select(merchants).where(merchants.c.id == sa.bindparam("id")))


class UnsafeName(PaythreadError):
    """A name that could pass for another, or turn the text around it: customers are shown this name."""

    code = "unsafe_name"


@dataclass(frozen=True, slots=True)
class Merchant:
    """The tenant as customers see it. `country` (ISO 3166-1 alpha-2) reads phone numbers without a prefix."""

    id: str
    name: str
    currency: Currency
    locale: str
    country: str


def check_display_name(name: str) -> str:
    """The name in NFC, trimmed. Raises `UnsafeName` for controls, bidi marks, zero-width and mixed scripts."""
    return check_shown_text(name, what="name", length_max=NAME_LENGTH_MAX)


def check_shown_text(text: str, *, what: str, length_max: int) -> str:
    """As `check_display_name`, for any line about the merchant that customers are shown."""
    text = unicodedata.normalize("NFC", text).strip()
    if not 0 < len(text) <= length_max:
        raise UnsafeName(f"The {what} must have 1 to {length_max} characters.")
    if any(unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} for c in text):
        raise UnsafeName(f"The {what} holds invisible or control characters.")
    scripts = {_script(c) for c in text if c.isalpha()}
    if "LATIN" in scripts and scripts & {"CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"}:
        raise UnsafeName(f"The {what} mixes alphabets whose letters look alike.")
    return text


def _script(character: str) -> str:
    return unicodedata.name(character, "UNKNOWN").partition(" ")[0]


async def create_merchant(
    session: Session, *, name: str, currency: str, locale: str, country: str, now: datetime
) -> Merchant:
    """A new tenant with an empty journal. Raises `UnsafeName`, `UnknownCurrency`."""
    merchant = Merchant(
        id=new_id("mer", now),
        name=check_display_name(name),
        currency=Currency.of(currency),
        locale=locale,
        country=country,
    )
    await session.execute(
        sa.insert(merchants).values(
            id=merchant.id,
            name=merchant.name,
            currency=merchant.currency.code,
            locale=locale,
            country=country,
            created_at=now,
        )
    )
    await open_journal(session, merchant.id)
    return merchant


async def get_merchant(session: Session, merchant_id: str) -> Merchant:
    """Raises `NotFound`."""
    row = await session.ask_one(_BY_ID, id=merchant_id)
    if row is None:
        raise NotFound("merchant")
    return _merchant(row)


async def list_merchants(session: Session) -> Sequence[Merchant]:
    """Every tenant of this installation, oldest first."""
    return [
        _merchant(row) for row in await session.all(sa.select(merchants).order_by(merchants.c.id))
    ]


def _merchant(row: Row) -> Merchant:
    return Merchant(
        id=row["id"],
        name=row["name"],
        currency=Currency.of(row["currency"]),
        locale=row["locale"],
        country=row["country"],
    )
