"""STOP and START: the whole message is the word, in any dress; a sentence with it is not."""

import pytest

from channels.stop_words import choice_in, is_doubtful


@pytest.mark.parametrize(
    "text",
    [
        "STOP",
        "stop",
        " Stop. ",
        "stop!!!",
        "“Stop”",
        "ＳＴＯＰ",
        "s\u200btop",
        "STOP ALL",
        "stopall",
        "quit",
        "End",
        "revoke",
        "opt out",
        "Opt-Out",
        "optout",
        "cancel",
        "Unsubscribe\n",
        "STOP 🛑",
        "Stop\ufe0f",
        "Baja",
        "CANCELAR SUSCRIPCIÓN",
        "no mas mensajes",
        "Arrêt",
        "ARRET",
        "désabonner",
        "Stopp!",
        "Abmelden",
        "Aufhören",
        "Sair",
        "cancelar inscricao",
        "Wypisz mnie",
        "rezygnuję",
        "إيقاف",
        "الغاء الاشتراك",
        "أَوْقِف",
        "لغو",
        "لغو۱۱",
        "لغو اشتراک",
        "退订",
        "取消訂閱",
        "ＴＤ",
        "停止。",
        "ឈប់",
        "ឈ\u200bប់",
        "बंद करें",
        "रोको।",
    ],
)
def test_a_request_to_stop(text: str) -> None:
    assert choice_in(text) == "stop"


@pytest.mark.parametrize(
    "text",
    [
        "START",
        "start.",
        "unstop",
        "Opt in",
        "Iniciar",
        "Démarrer",
        "reprendre",
        "Anmelden",
        "Começar",
        "wznow",
        "ابدأ",
        "شروع",
        "开始",
        "ចាប់ផ្តើម",
        "शुरू करें",
    ],
)
def test_a_request_to_start(text: str) -> None:
    assert choice_in(text) == "start"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "don't stop by",
        "please stop",
        "stop it some more",
        "the end",
        "yes",
        "nonstop",
        "cancel my order",
        "🛑",
    ],
)
def test_a_message_like_any_other(text: str) -> None:
    assert choice_in(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "please stop texting me",
        "don't stop by",
        "Please don’t text me again",
        "Unsubscribe me from this!",
        "No me escriban más, por favor",
        "Arrêtez de m'écrire",
        "Bitte keine Nachrichten mehr schicken",
        "Parem de mandar mensagens",
        "Proszę, nie piszcie do mnie",
        "لا ترسلوا لي رسائل",
        "لطفا دیگر پیام نفرستید",
        "请不要再发短信给我",
        "សូមកុំផ្ញើសារមកខ្ញុំទៀត",
        "कृपया संदेश मत भेजें",
    ],
)
def test_a_sentence_that_may_be_meant_to_stop_us_is_doubtful_and_no_request(text: str) -> None:
    assert (choice_in(text), is_doubtful(text)) == (None, True)


@pytest.mark.parametrize(
    "text", ["", "the end", "yes", "nonstop", "cancel my order", "Which hotel is this?", "谢谢"]
)
def test_nothing_in_a_message_like_any_other_is_doubtful(text: str) -> None:
    assert is_doubtful(text) is False
