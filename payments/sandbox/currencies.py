"""Which amounts does the sandbox take in which currency?

Stripe's own conventions (docs.stripe.com/currencies): amounts in the smallest unit, with a list of
zero-decimal currencies that differs from ISO 4217, special cases, and minimum charge amounts.
"""

from decimal import Decimal

from babel.numbers import format_currency

from payments.sandbox.errors import BadRequest

AMOUNT_MAX = 99_999_999


def _codes(text: str) -> frozenset[str]:
    return frozenset(text.split())


ZERO_DECIMAL = _codes("bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf")
THREE_DECIMAL = _codes("bhd jod kwd omr tnd")
# No decimals in use, yet sent with two, which must be 00.
TWO_DECIMAL_IN_NAME = frozenset(("isk", "ugx"))
_TWO_DECIMAL = _codes(
    """aed afn all amd ang aoa ars aud awg azn bam bbd bdt bgn bmd bnd bob brl bsd bwp byn bzd cad
    cdf chf cny cop crc cve czk dkk dop dzd egp etb eur fjd fkp gbp gel gip gmd gtq gyd hkd hnl htg
    huf idr ils inr isk jmd kes kgs khr kyd kzt lak lbp lkr lrd lsl mad mdl mkd mmk mnt mop mur mvr
    mwk mxn myr mzn nad ngn nio nok npr nzd pab pen pgk php pkr pln qar ron rsd rub sar sbd scr sek
    sgd shp sle sos srd std szl thb tjs top try ttd twd tzs uah ugx usd uyu uzs wst xcd yer zar
    zmw"""
)
SUPPORTED = ZERO_DECIMAL | THREE_DECIMAL | _TWO_DECIMAL

_MINIMUM = {
    "usd": 50, "aed": 200, "aud": 50, "bgn": 100, "brl": 50, "cad": 50, "chf": 50, "czk": 1500,
    "dkk": 250, "eur": 50, "gbp": 30, "hkd": 400, "huf": 17500, "inr": 50, "jpy": 50, "mxn": 1000,
    "myr": 200, "nok": 300, "nzd": 50, "pln": 200, "ron": 200, "sek": 300, "sgd": 50, "thb": 1000,
}  # fmt: skip


def decimals(currency: str) -> int:
    if currency in ZERO_DECIMAL:
        return 0
    return 3 if currency in THREE_DECIMAL else 2


def check_currency(currency: str) -> str:
    if currency != currency.lower() and currency.lower() in SUPPORTED:
        return currency.lower()
    if currency not in SUPPORTED:
        raise BadRequest("Invalid currency. It is not one that is supported.", param="currency")
    return currency


def check_amount(amount: int, currency: str) -> None:
    least = _MINIMUM.get(currency, 1)
    if amount < least:
        raise BadRequest(
            f"Amount must be at least {shown(least, currency)}.",
            code="amount_too_small",
            param="amount",
        )
    if amount > AMOUNT_MAX:
        raise BadRequest(
            f"Amount must be no more than {shown(AMOUNT_MAX, currency)}.",
            code="amount_too_large",
            param="amount",
        )
    step = 10 if currency in THREE_DECIMAL else 100 if currency in TWO_DECIMAL_IN_NAME else 1
    if amount % step:
        raise BadRequest(
            f"Invalid amount: in {currency.upper()} it must be a multiple of {step}.",
            code="parameter_invalid_integer",
            param="amount",
        )


def shown(amount: int, currency: str, locale: str = "en") -> str:
    """The amount as people write it: £49.99."""
    value = Decimal(amount).scaleb(-decimals(currency))
    return str(format_currency(value, currency.upper(), locale=locale.replace("-", "_")))
