"""Money: an integer of minor units and its ISO 4217 currency. No float comes near it.

The exponents are ISO 4217's own (list one, active codes). A PSP that counts otherwise says so in its
gateway, not here.
"""

from dataclasses import dataclass
from typing import Final, Self

from core.errors import PaythreadError

_ZERO: Final = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_TWO: Final = """
AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP
CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS
INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN
MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE
SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD XCG YER ZAR ZMW
ZWG VED
"""
_THREE: Final = "BHD IQD JOD KWD LYD OMR TND"

# The largest amount we take: enough for any debt, small enough to sum without overflow in 64 bits.
AMOUNT_MINOR_MAX: Final = 99_999_999_999


class UnknownCurrency(PaythreadError):
    """Not an active ISO 4217 code in upper case."""

    code = "unknown_currency"


class CurrencyMismatch(AssertionError):
    """Amounts of two currencies met in one sum: a programmer's error."""


@dataclass(frozen=True, slots=True)
class Currency:
    """An ISO 4217 code and how many decimals its minor unit stands for (0, 2 or 3)."""

    code: str
    exponent: int

    @classmethod
    def of(cls, code: str) -> "Currency":
        """The currency of an upper-case code. Raises `UnknownCurrency`."""
        try:
            return CURRENCIES[code]
        except KeyError:
            raise UnknownCurrency("The currency is not an active ISO 4217 code.") from None


def _table() -> dict[str, Currency]:
    table = {}
    for exponent, codes in ((0, _ZERO), (2, _TWO), (3, _THREE)):
        table.update({code: Currency(code, exponent) for code in codes.split()})
    return table


CURRENCIES: Final = _table()


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """An exact amount. `Money.of(4999, "GBP")` is £49.99; negative amounts do not exist."""

    minor: int
    currency: Currency

    def __post_init__(self) -> None:
        assert type(self.minor) is int, "money is counted in whole minor units"
        assert self.minor >= 0, "an amount of money is never negative"

    @classmethod
    def of(cls, minor: int, code: str) -> Self:
        """Shape: minor units and an ISO 4217 code. Raises `UnknownCurrency`."""
        return cls(minor, Currency.of(code))

    def __add__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.minor + other.minor, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.minor - other.minor, self.currency)

    def __lt__(self, other: "Money") -> bool:
        self._same(other)
        return self.minor < other.minor

    def __le__(self, other: "Money") -> bool:
        self._same(other)
        return self.minor <= other.minor

    def __bool__(self) -> bool:
        return self.minor != 0

    def decimal_text(self) -> str:
        """`49.99`, `1200` or `1.250`: the plain number with the currency's decimals, for APIs and logs."""
        exponent = self.currency.exponent
        if exponent == 0:
            return str(self.minor)
        digits = str(self.minor).rjust(exponent + 1, "0")
        return f"{digits[:-exponent]}.{digits[-exponent:]}"

    def _same(self, other: "Money") -> None:
        if self.currency != other.currency:
            raise CurrencyMismatch(f"{self.currency.code} met {other.currency.code}")
