"""The page behind a mail's "unsubscribe": one question, one button, and what came of it. No script, nothing foreign."""

from dataclasses import dataclass
from html import escape
from typing import Final

from channels.template_words import CATALOGUE, language_of

_PAGE: Final = """\
<!DOCTYPE html>
<html lang="{language}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style nonce="{nonce}">
body {{ font: 1.125rem/1.5 system-ui, sans-serif; max-width: 32rem; margin: 15vh auto 0; padding: 0 1.25rem; }}
button {{ font: inherit; padding: 0.75rem 1.5rem; min-height: 3rem; }}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
{rest}
</main>
</body>
</html>
"""
_FORM: Final = """\
<form method="post">
<input type="hidden" name="List-Unsubscribe" value="One-Click">
<button>{button}</button>
</form>"""


@dataclass(frozen=True, slots=True)
class _Words:
    question: str
    button: str
    done: str


_WORDS: Final[dict[str, _Words]] = {
    "en": _Words(
        "Stop emails from {merchant}?", "Stop emails", "{merchant} will not email you any more."
    ),
    "es": _Words(
        "¿Dejar de recibir correos de {merchant}?",
        "No recibir más correos",
        "{merchant} no le enviará más correos.",
    ),
    "fr": _Words(
        "Ne plus recevoir d’e-mails de {merchant} ?",
        "Ne plus recevoir d’e-mails",
        "{merchant} ne vous enverra plus d’e-mails.",
    ),
    "de": _Words(
        "Keine E-Mails mehr von {merchant}?",
        "Keine E-Mails mehr",
        "{merchant} schreibt Ihnen keine E-Mails mehr.",
    ),
    "pt": _Words(
        "Deixar de receber e-mails de {merchant}?",
        "Não receber mais e-mails",
        "{merchant} não lhe enviará mais e-mails.",
    ),
    "pl": _Words(
        "Nie otrzymywać więcej e-maili od {merchant}?",
        "Nie wysyłajcie e-maili",
        "{merchant} nie wyśle już do Ciebie e-maili.",
    ),
    "ar": _Words(
        "هل تريد إيقاف رسائل البريد من {merchant}؟",
        "إيقاف الرسائل",
        "لن ترسل إليك {merchant} رسائل بريد بعد الآن.",
    ),
    "fa": _Words(
        "دیگر ایمیلی از {merchant} دریافت نکنید؟",
        "توقف ایمیل‌ها",
        "{merchant} دیگر به شما ایمیل نمی‌فرستد.",
    ),
    "zh": _Words("不再接收 {merchant} 的邮件?", "停止接收", "{merchant} 不会再向您发送邮件。"),
    "zh-Hant": _Words("不再接收 {merchant} 的郵件?", "停止接收", "{merchant} 不會再向您傳送郵件。"),
    "km": _Words(
        "ឈប់ទទួលអ៊ីមែលពី {merchant}?",
        "ឈប់ទទួលអ៊ីមែល",
        "{merchant} នឹងមិនផ្ញើអ៊ីមែលទៅអ្នកទៀតទេ។",
    ),
    "hi": _Words("{merchant} के ईमेल बंद करें?", "ईमेल बंद करें", "{merchant} अब आपको ईमेल नहीं भेजेगा।"),
}
assert _WORDS.keys() == CATALOGUE.keys(), "a language is there for messages and not here"


def question_page(merchant: str, locale: str, *, nonce: str) -> str:
    """Asks; the button posts to the page's own address."""
    words = _WORDS[language_of(locale)]
    return _page(words.question, merchant, locale, _FORM.format(button=words.button), nonce=nonce)


def done_page(merchant: str, locale: str, *, nonce: str) -> str:
    """Says that it is done."""
    return _page(_WORDS[language_of(locale)].done, merchant, locale, "", nonce=nonce)


def _page(title: str, merchant: str, locale: str, rest: str, *, nonce: str) -> str:
    language = language_of(locale)
    return _PAGE.format(
        language=language,
        direction=CATALOGUE[language].direction,
        title=escape(title.replace("{merchant}", merchant)),
        rest=rest,
        nonce=nonce,
    )
