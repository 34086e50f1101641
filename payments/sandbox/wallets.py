"""Which wallets does the sandbox bring, and which test cards are in them?

They stand for Apple Pay and Google Pay as Stripe's Express Checkout Element shows them, and work in any browser.
https://docs.stripe.com/elements/express-checkout-element
"""

from dataclasses import dataclass

from payments.sandbox import cards
from payments.sandbox.errors import BadRequest, Json

NAMES = {"google_pay": "Google Pay", "apple_pay": "Apple Pay"}
OFFERED_DEFAULT = "google_pay"
# One card for each way that a payment can go, and which of the texts says so.
_CARDS = (
    ("tok_visa", "paid"),
    ("tok_visa_chargeDeclined", "declined"),
    ("tok_authenticationRequired", "asked"),
)

_KEYS = ("title", "paid", "declined", "asked", "cancel")
_TEXTS = {
    "en": ("Choose a card", "Is paid", "Is declined", "The bank asks first", "Cancel"),
    "es": ("Elija una tarjeta", "Se paga", "Se rechaza", "El banco pregunta antes", "Cancelar"),
    "fr": ("Choisissez une carte", "Payée", "Refusée", "La banque demande d’abord", "Annuler"),
    "de": ("Karte wählen", "Wird bezahlt", "Wird abgelehnt", "Die Bank fragt zuerst", "Abbrechen"),
    "it": ("Scegli una carta", "Va a buon fine", "Viene rifiutata", "La banca chiede", "Annulla"),
    "pt": ("Escolha um cartão", "É pago", "É recusado", "O banco pergunta antes", "Cancelar"),
    "pl": ("Wybierz kartę", "Zapłacona", "Odrzucona", "Bank najpierw pyta", "Anuluj"),
    "ar": ("اختر بطاقة", "تُدفع", "تُرفض", "يسأل المصرف أولاً", "إلغاء"),
    "fa": ("یک کارت انتخاب کنید", "پرداخت می‌شود", "رد می‌شود", "بانک نخست می‌پرسد", "انصراف"),
    "zh": ("请选择一张卡", "付款成功", "被拒绝", "银行先询问", "取消"),
    "km": ("ជ្រើសរើសកាត", "បង់បាន", "ត្រូវបានបដិសេធ", "ធនាគារសួរជាមុន", "បោះបង់"),
    "hi": ("एक कार्ड चुनें", "भुगतान होता है", "अस्वीकार होता है", "बैंक पहले पूछता है", "रद्द करें"),
}


@dataclass(frozen=True, slots=True)
class Held:
    """A card in the wallet. `outcome` is the name of a text."""

    token: str
    brand: str
    last4: str
    outcome: str


def read_offered(text: str) -> tuple[str, ...]:
    """`google_pay,apple_pay`, or nothing for none. Raises ValueError."""
    asked = tuple(name.strip() for name in text.split(",") if name.strip())
    unknown = [name for name in asked if name not in NAMES]
    if unknown:
        raise ValueError(f"there is no wallet {unknown[0]!r}; there are {', '.join(NAMES)}")
    return tuple(dict.fromkeys(asked))


def held() -> list[Held]:
    """The cards that the wallet's sheet shows."""
    found = []
    for token, outcome in _CARDS:
        card = cards.by_token(token)
        assert card is not None
        found.append(Held(token, card.brand.title(), card.last4, outcome))
    return found


def texts_for(locale: str) -> dict[str, str]:
    """The sheet's own texts; English where the language is not known."""
    return dict(zip(_KEYS, _TEXTS.get(locale, _TEXTS["en"]), strict=True))


def shape(wallet: str, last4: str) -> Json:
    """`card.wallet` of a PaymentMethod. Raises `BadRequest`."""
    if wallet not in NAMES:
        raise BadRequest("There is no such wallet.", param="card[wallet]")
    return {"type": wallet, "dynamic_last4": last4, wallet: {}}
