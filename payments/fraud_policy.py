"""The limits of our fraud rules: what a merchant's admins may tune, under the name `fraud`."""

from dataclasses import dataclass
from typing import Any, ClassVar, Final

from babel import Locale

from compliance.merchant_settings import Setting, choices, whole

# CLDR's territories, without those that are none: unions, test codes and the unknown one.
_COUNTRIES: Final = frozenset(
    code for code in map(str, Locale("en").territories) if len(code) == 2 and code.isalpha()
) - frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})

# Far above the largest amount that we take at all: a limit there is no limit.
_UNITS_MAX: Final = 10_000_000_000


def _units(default: int) -> Any:
    return whole(default, least=1, most=_UNITS_MAX)


def _times(default: int) -> Any:
    return whole(default, least=2, most=1_000_000)


def _count(default: int) -> Any:
    return whole(default, least=1, most=100_000)


def _countries() -> Any:
    return choices(among=_COUNTRIES, what="ISO 3166 country codes")


@dataclass(frozen=True, slots=True)
class FraudPolicy(Setting):
    """The limits; at a limit, its rule fires. Windows and units are said in the names.

    Amounts are in whole units of a strong currency (USD, EUR, GBP) and hold for what is worth about as much in others.
    The counts of a link, an address, a device and a bank's cards matter only where more tries were refused than paid:
    an honest queue of customers behind one address pays.
    """

    name: ClassVar[str] = "fraud"

    # The amount by itself
    challenge_amount_units: int = _units(2_500)
    review_amount_units: int = _units(100_000)
    block_amount_units: int = _units(250_000)

    # Velocity
    link_declines_hour_challenge: int = _count(5)
    link_declines_hour_block: int = _count(10)
    link_cards_hour_challenge: int = _count(5)
    link_cards_hour_block: int = _count(8)
    address_declines_hour_challenge: int = _count(20)
    address_declines_hour_block: int = _count(50)
    address_links_hour_challenge: int = _count(10)
    address_links_hour_block: int = _count(30)
    device_declines_hour_challenge: int = _count(15)
    device_declines_hour_block: int = _count(40)
    device_cards_hour_challenge: int = _count(8)
    device_cards_hour_block: int = _count(20)
    card_declines_day_challenge: int = _count(6)
    card_declines_day_block: int = _count(20)
    card_links_hour_challenge: int = _count(120)
    # Different cards of one bank's number range, refused: somebody walks through the range.
    bin_cards_hour_challenge: int = _count(10)
    bin_cards_hour_block: int = _count(40)

    # Card testing by small amounts
    small_amount_units: int = _units(5)
    address_small_declines_hour_block: int = _count(25)
    merchant_small_declines_hour_challenge: int = _count(30)

    # Declines of the whole merchant. Never a block: an attacker could else close the shop.
    merchant_tries_hour_least: int = _count(100)
    merchant_declines_percent_challenge: int = whole(60, least=1, most=100)

    # The amount against what is usual
    usual_payments_least: int = _count(20)
    usual_times_challenge: int = _times(10)
    customer_payments_least: int = _count(3)
    customer_times_challenge: int = _times(10)
    unusual_amount_units_least: int = _units(100)

    # Countries
    countries_expected: tuple[str, ...] = _countries()  # none: all are
    countries_blocked: tuple[str, ...] = _countries()
    country_amount_units_challenge: int = _units(1_000)

    # An agent who pays their own link; 0 days looks at no sign-in.
    own_link_days_review: int = whole(7, least=0, most=90)

    # A hold lapses after some days (at the schemes' shortest, four and a half), so a review may not last longer.
    review_hours: int = whole(24, least=1, most=96)
