"""Whether a customer's message is a request to stop, or to start again, in any of the product's languages.

Exact words only: the whole message is one of them, whatever its case, accents, spaces and punctuation. A sentence
that merely holds such words ("please stop texting me", "don't stop by") is doubtful: a person reads it.
"""

import unicodedata
from typing import Final, Literal

# 47 CFR 64.1200(a)(10) names the first ones, beside any reasonable wording; carriers act on them themselves.
# All are as a customer answers, by language: en, es, fr, de, pt, pl, ar, fa, zh, km, hi.
_STOP: Final = (
    "stop, stop all, stopall, quit, end, revoke, opt out, optout, cancel, unsubscribe,"
    " unsubscribe me, opt me out, remove me, stop messages, stop texts, no more messages, no more texts",
    "alto, parar, baja, darme de baja, dar de baja, darse de baja, cancelar, cancelar suscripción, detener, basta,"
    " no más mensajes",
    "arrêt, arrêter, arrêtez, arrête, désabonner, désabonnement, me désabonner, se désabonner, désinscription,"
    " désinscrire, me désinscrire, plus de messages",
    "stopp, abmelden, abbestellen, austragen, aufhören, beenden, keine nachrichten mehr",
    "pare, sair, remover, descadastrar, cancelar inscrição, cancelar subscrição, chega de mensagens",
    "wypisz, wypisz mnie, rezygnuję, rezygnacja, zakończ, koniec, anuluj, przestań, przestańcie",
    "توقف, قف, إيقاف, أوقف, إلغاء, إلغاء الاشتراك, الغي الاشتراك",
    "لغو, لغو اشتراک, لغو11, لغو عضویت, پایان, ارسال نکنید, پیام نفرستید",
    "停止, 停, 退订, 退訂, 取消, 取消订阅, 取消訂閱, 退出, TD, 不要再发, 不要再發",
    "ឈប់, បញ្ឈប់, ឈប់ផ្ញើ, បោះបង់, សូមឈប់",
    "रोकें, रोको, रुकें, बंद, बंद करें, बंद करो, सदस्यता समाप्त, सदस्यता रद्द करें, band karo",
)
# Not "yes": a customer says that to all sorts of things.
_START: Final = (
    "start, unstop, opt in, optin, resume, subscribe",
    "iniciar, empezar, comenzar, reanudar, alta, darme de alta",
    "démarrer, commencer, reprendre, me réabonner",
    "starten, anmelden, fortsetzen",
    "começar, retomar, voltar a receber",
    "wznów, zacznij, zapisz mnie",
    "ابدأ, بدء, استئناف, اشتراك",
    "شروع, آغاز, عضویت",
    "开始, 開始, 恢复, 恢復, 订阅, 訂閱",
    "ចាប់ផ្តើម, ចាប់ផ្ដើម",
    "शुरू, शुरू करें, शुरू करो, प्रारंभ, चालू करें",
)
# What makes a sentence worth a person's look: whole words of it.
_DOUBTFUL: Final = (
    "stop, stopping, unsubscribe, unsubscribed, opt out, optout, opt me out, revoke, remove me, remove my number,"
    " leave me alone, no more messages, no more texts, don't text me, do not text me, don't message me,"
    " do not message me, don't contact me, do not contact me, don't write to me, take me off, delete my number",
    "no me escriban, no me escriba, no me escribas, dejen de, deje de, dejar de recibir, darme de baja,"
    " no quiero recibir, no más mensajes, no me manden",
    "arrêtez, arrête, désabonner, désinscrire, ne m'écrivez plus, ne plus recevoir, plus de messages,"
    " laissez moi tranquille",
    "stopp, abmelden, abbestellen, aufhören, hört auf, hören sie auf, keine nachrichten, keine sms,"
    " nicht mehr schreiben, nicht mehr anschreiben, lasst mich in ruhe",
    "pare de, parem de, parem, descadastrar, não quero receber, não me mande, não me mandem, não me envie",
    "wypisz, wypisać, wypiszcie, przestań, przestańcie, nie pisz, nie piszcie, nie chcę dostawać, nie wysyłaj,"
    " nie wysyłajcie",
    "توقف, توقفوا, أوقفوا, إلغاء الاشتراك, لا ترسل, لا ترسلوا, لا تراسلوني, لا أريد رسائل",
    "لغو, نفرستید, نفرست, ارسال نکنید, پیام ندهید, پیام نفرستید, دیگر پیام",
    "रोको, रोकें, बंद करो, बंद करें, बंद कर दो, मत भेजो, मत भेजें, मत भेजिए, संदेश न भेजें, mat bhejo, band karo",
)
# The same in scripts that set no spaces between words.
_DOUBTFUL_UNSPACED: Final = (
    "停止, 退订, 退訂, 取消订阅, 取消訂閱, 不要再发, 不要再發, 别再发, 別再發, 别发, 別發",
    "ឈប់ផ្ញើ, បញ្ឈប់, សូមឈប់, កុំផ្ញើ",
)


def _words(text: str) -> str:
    """Lower case, words apart by one space; without accents, vowel points, punctuation and what is not seen."""
    letters = []
    for character in unicodedata.normalize("NFKD", text):
        category = unicodedata.category(character)
        if category == "Cf" or _is_ornament(ord(character)):
            continue
        digit = unicodedata.decimal(character, None)
        if digit is not None:
            letters.append(str(digit))
        else:
            letters.append(character if category[0] in "LNM" else " ")
    return " ".join(unicodedata.normalize("NFKC", "".join(letters)).split()).casefold()


def _is_ornament(code: int) -> bool:
    """Latin accents, Arabic points and stretching, variation selectors: with or without, the word is the same."""
    return (
        0x0300 <= code <= 0x036F
        or 0x064B <= code <= 0x0655
        or code == 0x0640
        or 0xFE00 <= code <= 0xFE0F
    )


def _all(lists: tuple[str, ...]) -> frozenset[str]:
    return frozenset(_words(each) for text in lists for each in text.split(","))


_STOP_WORDS: Final = _all(_STOP)
_START_WORDS: Final = _all(_START)
_DOUBTFUL_WORDS: Final = _all(_DOUBTFUL)
_DOUBTFUL_PARTS: Final = _all(_DOUBTFUL_UNSPACED)


def choice_in(text: str) -> Literal["stop", "start"] | None:
    """What the message asks for, or None when it is a message like any other."""
    words = _words(text)
    if words in _STOP_WORDS:
        return "stop"
    if words in _START_WORDS:
        return "start"
    return None


def is_doubtful(text: str) -> bool:
    """Whether a message that is no exact request may still be meant to stop us."""
    words = f" {_words(text)} "
    return any(f" {each} " in words for each in _DOUBTFUL_WORDS) or any(
        each in words for each in _DOUBTFUL_PARTS
    )
