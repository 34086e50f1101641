"""What an amount is worth, roughly: limits are about value, and a thousand yen is no thousand pounds."""

from typing import Final

from core.money import Currency

# What one unit of a strong currency (USD, EUR, GBP) is worth in others, to the power of ten.
_MAGNITUDES: Final = {
    10_000: "IDR IRR LAK LBP VND UZS GNF SLE",
    1_000: "CLP COP IQD KHR KRW MGA MMK MNT PYG TZS UGX BIF CDF RWF",
    100: "AMD ALL AOA CRC DJF DZD HUF INR ISK JMD JPY KES KMF KZT LKR LRD NGN NPR PKR RSD RUB XAF XOF XPF YER",
}
_MAGNITUDE: Final = {code: size for size, codes in _MAGNITUDES.items() for code in codes.split()}


def strong_unit(currency: Currency) -> int:
    """The minor units of a currency that are worth about one unit of a strong one."""
    return int(10**currency.exponent) * _MAGNITUDE.get(currency.code, 1)
