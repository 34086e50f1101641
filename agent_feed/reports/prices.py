"""What messages cost: as the provider told, or else by the merchant's own price list, which is an estimate.

Amounts are millionths of the currency's unit: a text message costs less than the smallest coin.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar, Final

from agent_feed.reports.table import Cell
from agent_feed.reports.window import Window
from compliance.journal.facts import Fact, facts_between
from compliance.merchant_settings import Setting, Unfit, read, ruled, whole
from core.database import Session
from core.money import Currency, UnknownCurrency

_MICROS_MAX: Final = 100_000_000
# Providers tell the price with a later report; one that comes after this is not waited for.
_TOLD_WITHIN: Final = timedelta(days=3)
_TELLING: Final = ("message.sent", "message.delivered", "message.read", "message.failed")
TOLD: Final = "cost_micros"
ESTIMATED: Final = "cost_estimated_micros"


@dataclass(frozen=True, slots=True)
class CurrencyCode:
    """An ISO 4217 code."""

    @property
    def shape(self) -> dict[str, Any]:
        return {"type": "string", "pattern": "^[A-Z]{3}$"}

    def taken(self, value: object) -> str:
        if not isinstance(value, str):
            raise Unfit("must be a currency's code, such as GBP")
        try:
            return Currency.of(value).code
        except UnknownCurrency:
            raise Unfit("must be a currency's code, such as GBP") from None


def _price() -> int | None:
    found: int | None = whole(None, least=0, most=_MICROS_MAX)
    return found


@dataclass(frozen=True, slots=True)
class MessagePrices(Setting):
    """What a message of each channel costs the merchant, in millionths of the currency's unit; a text message by the
    segment. Only for messages whose provider does not tell.
    """

    name: ClassVar[str] = "message_prices"
    currency: str = ruled("GBP", CurrencyCode())
    sms: int | None = _price()
    email: int | None = _price()
    whatsapp: int | None = _price()
    messenger: int | None = _price()
    instagram: int | None = _price()
    telegram: int | None = _price()

    def of(self, channel: str) -> int | None:
        """The price of one; None where there is none in the list."""
        found: int | None = getattr(self, channel) if channel in _LISTED else None
        return found


_LISTED: Final = frozenset({"sms", "email", "whatsapp", "messenger", "instagram", "telegram"})


@dataclass(frozen=True, slots=True)
class Cost:
    """What the messages sent in a stretch of time cost, by channel: segments, and sums by currency."""

    segments: Mapping[str, int]
    sums: Mapping[tuple[str, str, str], int]

    @property
    def columns(self) -> list[str]:
        """A column for each currency that the providers told, then one for the price list's."""
        return sorted({f"{kind}_{currency}" for _, kind, currency in self.sums}, key=_told_first)

    def cells(self, channels: Iterable[str]) -> dict[str, Cell]:
        """Of these channels together."""
        among = set(channels)
        found: dict[str, Cell] = dict.fromkeys(self.columns, 0)
        for (channel, kind, currency), micros in self.sums.items():
            if channel in among:
                head = f"{kind}_{currency}"
                found[head] = int(found[head] or 0) + micros
        return {"segments": sum(self.segments.get(name, 0) for name in among), **found}


async def cost_of(session: Session, merchant: str, window: Window, sent: Sequence[Fact]) -> Cost:
    """`sent` are the window's `message.sent`, each message once."""
    told = await _told(session, merchant, window, sent)
    prices = await read(session, merchant, MessagePrices)
    segments: Counter[str] = Counter()
    sums: Counter[tuple[str, str, str]] = Counter()
    for fact in sent:
        channel = fact.channel or ""
        pieces = fact.data.get("segments")
        segments[channel] += pieces if isinstance(pieces, int) else 0
        price = told.get(str(fact.data.get("message")))
        listed = prices.of(channel)
        if price is not None:
            sums[channel, TOLD, price[1]] += price[0]
        elif listed is not None:
            count = pieces if isinstance(pieces, int) else 1
            sums[channel, ESTIMATED, prices.currency] += listed * count
    return Cost(segments, sums)


async def _told(
    session: Session, merchant: str, window: Window, sent: Sequence[Fact]
) -> dict[str, tuple[int, str]]:
    """By message, what its provider told last, in the window or soon after."""
    messages = {fact.data.get("message") for fact in sent}
    if not messages:
        return {}
    until = window.until + _TOLD_WITHIN
    found = {}
    for fact in await facts_between(session, merchant, _TELLING, window.since, until):
        price = fact.data.get("price")
        if fact.data.get("message") in messages and isinstance(price, dict):
            found[str(fact.data["message"])] = (int(price["micros"]), str(price["currency"]))
    return found


def _told_first(head: str) -> tuple[bool, str]:
    return head.startswith(ESTIMATED), head
