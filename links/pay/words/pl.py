"""Polish."""

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, str]] = {
    "title": "Bezpieczna płatność",
    "pay.heading": "Płatność dla {merchant}",
    "pay.button": "Zapłać {amount}",
    "pay.paid": "Zapłacono dotąd: {amount}",
    "pay.open_amount": "Kwotę wybierasz samodzielnie",
    "amount.label": "Kwota do zapłaty ({currency})",
    "live.amount.hint": "Dowolna kwota od {least} do {most}.",
    "pay.for": "Za",
    "pay.reference": "Numer referencyjny",
    "pay.expires": "Ten link działa do {when}.",
    "pay.agent": "{agent} z {merchant} pomaga w płatności",
    "pay.agent_unnamed": "{merchant} pomaga w płatności",
    "pay.notice": "Osoba, która pomaga, widzi postęp płatności, ale nigdy danych karty.",
    "pay.card_heading": "Zapłać kartą",
    "pay.wallets": "Lub zapłać portfelem elektronicznym",
    "pay.redirect_heading": "Zapłać bezpiecznie",
    "pay.redirect": (
        "Dalsza część płatności odbywa się na bezpiecznej stronie operatora płatności. Potem nastąpi powrót "
        "tutaj."
    ),
    "pay.redirect_privacy": (
        "Dane płatności podaje się na stronie operatora płatności, nie tutaj. {merchant} nigdy ich nie widzi."
    ),
    "pay.review": "Sprawdź przed zapłaceniem",
    "pay.review_to": "Dla",
    "pay.review_amount": "Kwota",
    "pay.privacy": "Dane karty trafiają z tej strony prosto do operatora płatności. {merchant} nigdy ich nie widzi.",
    "pay.slow": "Formularz karty ładuje się dłużej niż zwykle.",
    "pay.reload": "Odśwież stronę",
    "pay.no_script_heading": "Ta strona wymaga JavaScriptu",
    "pay.no_script": (
        "Pola karty działają tylko z JavaScriptem. Włącz go dla tej strony i odśwież ją, otwórz link w innej "
        "przeglądarce albo zapytaj {merchant} o inny sposób zapłaty. Nic nie zostało pobrane."
    ),
    "pay.script_failed": (
        "Bezpieczny formularz karty nie został załadowany. Przyczyną może być połączenie albo coś w "
        "przeglądarce, co blokuje skrypty. Nic nie zostało pobrane."
    ),
    "pay.try_again": "Spróbuj ponownie",
    "pay.print": "Drukuj lub zapisz",
    "field.number": "Numer karty",
    "field.expiry": "Data ważności",
    "field.cvc": "Kod zabezpieczający",
    "phone.offer": "Zapłać telefonem",
    "phone.code": "Kod QR tej płatności",
    "phone.how": "Skieruj aparat telefonu na kod. To ta sama płatność i nigdy nie zostanie pobrana dwa razy.",
    "help.button": "Potrzebuję pomocy",
    "wait.heading": "Płatność jest w toku",
    "wait.body": "Sprawdzamy jej stan. Prosimy nie zamykać tej strony; wynik pojawi się sam.",
    "wait.continue_bank": "Przejdź do banku",
    "wait.other_card": "Użyj innej karty",
    "wait.continue_psp": "Przejdź do płatności",
    "wait.other_way": "Zapłać inaczej",
    "wait.check": "Sprawdź ponownie",
    "receipt.heading": "Płatność przyjęta",
    "receipt.body": "Dziękujemy. {merchant} ma już informację o zapłacie.",
    "receipt.amount": "Kwota",
    "receipt.to": "Odbiorca",
    "receipt.reference": "Numer referencyjny",
    "receipt.total": "Zapłacono łącznie",
    "receipt.remaining": "Pozostało do zapłaty",
    "receipt.card": "Karta",
    "receipt.paid_at": "Data",
    "receipt.payment": "Numer płatności",
    "receipt.keep": "To już wszystko. Można zamknąć tę stronę.",
    "paid.heading": "Już zapłacono",
    "paid.body": "Ta płatność dla {merchant} jest zakończona. To już wszystko.",
    "expired.heading": "Ten link wygasł",
    "expired.body": "{merchant} prosi o tę płatność linkiem, który działał przez ograniczony czas.",
    "expired.until": "Działał do {when}.",
    "expired.next": "Poproś {merchant} o nowy link. Przez ten nic nie zostało pobrane po wygaśnięciu.",
    "cancelled.heading": "Ta płatność została anulowana",
    "cancelled.body": "{merchant} anuluje ten link do płatności. Nie ma tu nic do zapłaty.",
    "cancelled.next": "Jeśli to niespodziewane, poproś {merchant} o nowy link.",
    "superseded.heading": "Jest nowszy link do tej płatności",
    "superseded.body": "Nowszy link od {merchant} zastępuje ten.",
    "superseded.next": (
        "Otwórz najnowszą wiadomość od {merchant}. Przez ten link nic nie zostało pobrane po jego zastąpieniu."
    ),
    "not_ready.heading": "Ta płatność nie jest jeszcze gotowa",
    "not_ready.body": "{merchant} jeszcze ją przygotowuje. Nic nie zostało pobrane.",
    "not_ready.next": "Otwórz link ponownie za kilka minut albo zapytaj {merchant}.",
    "unavailable.heading": "Tej płatności nie można teraz wykonać",
    "unavailable.body": (
        "{merchant} nie może w tej chwili przyjmować płatności na tej stronie. Nic nie zostało pobrane."
    ),
    "unavailable.next": "Zapytaj {merchant} o inny sposób zapłaty albo otwórz link później.",
    "not_found.heading": "Ten link nie działa",
    "not_found.body": "Pod tym adresem nie ma żadnej płatności.",
    "not_found.next": (
        "Sprawdź, czy skopiowano cały link, albo otwórz go ponownie z otrzymanej wiadomości. Jeśli nadal nie "
        "działa, poproś nadawcę o nowy."
    ),
    "too_many.heading": "Zbyt wiele odwiedzin w krótkim czasie",
    "too_many.body": "Prosimy chwilę poczekać i odświeżyć stronę. Nic nie zostało pobrane.",
    "language.choose": "Język",
    "error.heading": "Coś poszło nie tak po naszej stronie",
    "error.body": "Nie można teraz wyświetlić tej strony.",
    "error.next": (
        "Otwórz link ponownie za chwilę. Jeśli płatność już się odbyła, strona o tym powie; płatność nigdy nie "
        "jest pobierana dwa razy."
    ),
    "live.pay": "Zapłać {amount}",
    "live.pay_nothing": "Zapłać",
    "live.amount.empty": "Podaj kwotę, którą chcesz zapłacić.",
    "live.amount.invalid": "Podaj samą liczbę, bez separatora tysięcy, na przykład {example}.",
    "live.amount.decimals.one": "Ta waluta ma najwyżej {count} miejsce po przecinku. Podaj kwotę taką jak {example}.",
    "live.amount.decimals.few": "Ta waluta ma najwyżej {count} miejsca po przecinku. Podaj kwotę taką jak {example}.",
    "live.amount.decimals.many": "Ta waluta ma najwyżej {count} miejsc po przecinku. Podaj kwotę taką jak {example}.",
    "live.amount.decimals.other": (
        "Ta waluta ma najwyżej {count} miejsca po przecinku. Podaj kwotę taką jak {example}."
    ),
    "live.amount.whole": "Ta waluta nie ma miejsc po przecinku. Podaj pełną kwotę, na przykład {example}.",
    "live.amount.low": "Najmniejsza możliwa kwota to {least}.",
    "live.amount.high": "Największa możliwa kwota to {most}.",
    "live.amount.leftover": "Zapłać {most} albo zostaw co najmniej {leftover} na później.",
    "live.amount.range_changed": "Możliwa kwota się zmieniła. Nic nie zostało pobrane. Prosimy sprawdzić kwotę.",
    "live.more.rest": "Zapłać resztę",
    "live.more.another": "Zapłać jeszcze raz",
    "live.part.title": "Część płatności przyjęta",
    "live.part.body": "Dziękujemy. {merchant} ma już informację o zapłacie tej części.",
    "live.number.incomplete": "Podaj cały numer karty.",
    "live.number.invalid": "Ten numer karty jest nieprawidłowy. Sprawdź, czy nie ma pomyłki.",
    "live.expiry.incomplete": "Podaj miesiąc i rok ważności karty.",
    "live.expiry.past": "Ta karta straciła ważność. Użyj innej karty.",
    "live.expiry.invalid": "Ta data ważności jest nieprawidłowa.",
    "live.cvc.incomplete": "Podaj kod zabezpieczający: 3 cyfry na odwrocie karty albo 4 z przodu.",
    "live.cvc.invalid": "Ten kod zabezpieczający jest nieprawidłowy.",
    "live.check_amount": "Prosimy sprawdzić kwotę zaznaczoną poniżej.",
    "live.check_fields": "Prosimy sprawdzić dane karty zaznaczone poniżej.",
    "live.fields_loading": "Formularz karty jeszcze się ładuje. Chwileczkę.",
    "live.sending": "Wysyłamy płatność. Prosimy nie zamykać tej strony.",
    "live.card_refused": "Nie udało się odczytać karty. Nic nie zostało pobrane. Sprawdź dane albo użyj innej karty.",
    "live.offline": "Brak połączenia; nic nie zostało utracone. Strona wznowi pracę, gdy połączenie wróci.",
    "live.offline_pay": (
        "Brak połączenia; nic nie zostało utracone ani pobrane. Naciśnij przycisk ponownie, gdy połączenie wróci."
    ),
    "live.online": "Połączenie wróciło.",
    "live.declined": "Karta została odrzucona. Nic nie zostało pobrane. Prosimy spróbować z inną kartą.",
    "live.authentication_failed": (
        "Bank nie mógł potwierdzić tożsamości, więc nic nie zostało pobrane. Spróbuj ponownie albo użyj innej "
        "karty."
    ),
    "live.amount_changed": "Kwota zmieniła się na {amount}. Prosimy ją sprawdzić i ponownie nacisnąć przycisk.",
    "live.amount_changed_unknown": (
        "Kwota się zmieniła. Nic nie zostało pobrane. Odśwież stronę, aby zobaczyć nową kwotę."
    ),
    "live.too_many": "Zbyt wiele prób w krótkim czasie. Nic nie zostało pobrane. Prosimy chwilę poczekać.",
    "live.countdown.one": "Można spróbować ponownie za {count} sekundę.",
    "live.countdown.few": "Można spróbować ponownie za {count} sekundy.",
    "live.countdown.many": "Można spróbować ponownie za {count} sekund.",
    "live.countdown.other": "Można spróbować ponownie za {count} sekundy.",
    "live.try_now": "Można spróbować ponownie.",
    "live.unavailable": (
        "Operator płatności jest teraz nieosiągalny. Nic nie zostało pobrane. Prosimy spróbować za chwilę."
    ),
    "live.psp_changed": "Prosimy podać kartę jeszcze raz: płatność nie została pobrana.",
    "live.psp_changed_press": "Prosimy nacisnąć przycisk jeszcze raz: płatność nie została pobrana.",
    "live.refused": "Nie udało się rozpocząć płatności. Nic nie zostało pobrane. Odśwież stronę i spróbuj ponownie.",
    "live.not_arrived": "Płatność do nas nie dotarła i nic nie zostało pobrane. Można ponownie nacisnąć przycisk.",
    "live.free_again": "Druga płatność zakończyła się bez pobrania. Można teraz zapłacić tutaj.",
    "live.other_card": "Nic nie zostało pobrane. Można teraz użyć innej karty.",
    "live.other_way": "Nic nie zostało pobrane. Można zacząć od nowa i zapłacić inaczej.",
    "live.checking.title": "Sprawdzamy płatność",
    "live.checking.body": "Pytamy o jej stan. Prosimy nie płacić ponownie; to potrwa chwilę.",
    "live.unreachable.title": "Czekamy na połączenie",
    "live.unreachable.body": (
        "Brak połączenia; nic nie zostało utracone. Gdy tylko wróci, strona ustali stan płatności. Prosimy nie "
        "płacić ponownie."
    ),
    "live.waiting.title": "Bank jeszcze nie odpowiedział",
    "live.waiting.body": (
        "Pytamy dalej i pokażemy tu odpowiedź. Prosimy nie płacić ponownie: kwota nie może zostać pobrana dwa "
        "razy."
    ),
    "live.elsewhere.title": "Płatność już trwa na innym urządzeniu lub w innej karcie przeglądarki",
    "live.elsewhere.body": (
        "Dokończ ją tam albo zamknij. Ta strona pokaże wynik i pozwoli zapłacić tutaj, jeśli tamta skończy się "
        "bez pobrania."
    ),
    "live.processing.title": "Płatność została przyjęta",
    "live.processing.body": (
        "Bank jeszcze ją przetwarza i zostanie potwierdzona. Można zamknąć tę stronę; to już wszystko."
    ),
    "live.challenge.title": "Bank chce potwierdzić tożsamość",
    "live.challenge.body": "Wykonaj kroki banku w oknie lub aplikacji, która się otworzy, a potem wróć tutaj.",
    "live.bank.title": "Bank czeka",
    "live.bank.body": (
        "Weryfikacja w banku nie jest zakończona, więc nic jeszcze nie zostało pobrane. Dokończ ją albo użyj "
        "innej karty."
    ),
    "live.leaving.title": "Przechodzimy do operatora płatności",
    "live.leaving.body": "Zapłać na jego bezpiecznej stronie. Potem nastąpi powrót tutaj.",
    "live.unfinished.title": "Płatność nie jest zakończona",
    "live.unfinished.body": (
        "Nic jeszcze nie zostało pobrane. Dokończ na bezpiecznej stronie operatora płatności albo zapłać inaczej."
    ),
    "live.kept.title": "Ta płatność jest nadal otwarta",
    "live.kept.body": (
        "Operator płatności nie może jej teraz wycofać, więc blokuje ona inną: kwota nie może zostać pobrana dwa "
        "razy. Dokończ ją albo wróć później; gdy skończy się bez pobrania, będzie można zapłacić tu od nowa."
    ),
    "live.review.title": "Płatność jest sprawdzana",
    "live.review.body": "To już wszystko; {merchant} da znać.",
    "live.paused.title": "Nadal bez odpowiedzi",
    "live.paused.body": (
        "Prosimy nie płacić ponownie. Można zamknąć tę stronę i otworzyć link później: pokaże stan płatności."
    ),
    "live.done": "Płatność dla {merchant}",
    "live.paid.title": "Płatność przyjęta",
    "live.authorised.title": "Płatność autoryzowana",
    "live.authorised.body": "Dziękujemy. Bank zarezerwował kwotę dla {merchant}.",
    "live.help.telling": "Powiadamiamy…",
    "live.help.told": "Wiemy już, że potrzebna jest pomoc. Prosimy pozostać na tej stronie.",
    "live.help.failed": "Nie udało się nikogo powiadomić. Prosimy odpowiedzieć tam, skąd przyszedł link.",
    # Trust: is it genuine, what is shared, terms.
    "trust.code": "Kod kontrolny:",
    "trust.summary": "Czy ta strona jest prawdziwa?",
    "trust.domain": "Nazwa strony w pasku adresu przeglądarki to dokładnie {domain}.",
    "trust.ask": "Zapytaj osobę, która pomaga, o kod kontrolny. Musi być taki sam jak tutaj.",
    "trust.call": "Masz wątpliwości? Zadzwoń do {merchant} pod numer, który już znasz, a nie pod numer z wiadomości.",
    "trust.never": "Nigdy nie prosimy o numer karty ani kod zabezpieczający przez telefon, SMS lub e-mail.",
    "trust.legal": "Odbiorca płatności: {name}.",
    "trust.contact": "Kontakt z {merchant}:",
    "trust.terms": "Regulamin (nowa karta przeglądarki)",
    "trust.privacy": "Informacja o prywatności (nowa karta przeglądarki)",
    "sharing.switch": "Udostępniaj postęp płatności",
    "sharing.less": (
        "Osoba, która pomaga, widzi tylko otwarcie tej strony, wysłanie płatności i jej wynik, ale nigdy danych karty."
    ),
    # Receipts by email or text message.
    "mail.ask": "Wyślij mi potwierdzenie",
    "mail.title": "Dokąd wysłać potwierdzenie",
    "mail.email": "E-mail na {to}",
    "mail.sms": "SMS na {to}",
    "mail.elsewhere": "Na inny adres",
    "mail.address": "Adres e-mail lub numer komórkowy",
    "mail.address_email": "Adres e-mail",
    "mail.address_sms": "Numer komórkowy",
    "mail.send": "Wyślij potwierdzenie",
    "mail.sending": "Chwileczkę…",
    "mail.sent": "Potwierdzenie jest w drodze do {to}.",
    "mail.empty": "Podaj, dokąd wysłać potwierdzenie.",
    "mail.wrong": "Na ten adres nie można wysłać potwierdzenia. Prosimy go sprawdzić.",
    "mail.stopped": "Właściciel tego adresu nie chce otrzymywać wiadomości. Wybierz inny albo wydrukuj potwierdzenie.",
    "mail.enough": "Wysłano już wystarczająco dużo potwierdzeń tej płatności. Można wydrukować lub zapisać tę stronę.",
    "mail.later": "Potwierdzenie można wysłać, gdy płatność zostanie pobrana.",
    "mail.failed": (
        "Nie udało się teraz wysłać potwierdzenia. Nic nie zostało utracone: spróbuj ponownie albo wydrukuj tę stronę."
    ),
    # The question after the payment.
    "survey.ask": "Jak przebiegła ta płatność?",
    "survey.1": "Bardzo źle",
    "survey.2": "Źle",
    "survey.3": "W porządku",
    "survey.4": "Dobrze",
    "survey.5": "Bardzo dobrze",
    "survey.comment": "Coś do dodania? (opcjonalnie)",
    "survey.hint": "Nigdy nie wpisuj tutaj numeru karty.",
    "survey.send": "Wyślij odpowiedź",
    "survey.sending": "Wysyłanie…",
    "survey.thanks": "Dziękujemy za odpowiedź.",
    "survey.failed": "Odpowiedź nie została wysłana. Spróbuj ponownie.",
    # Help in the moment: news of the link, the chat, more time, a new link, browsers inside apps.
    "live.news.amount": "Kwota to teraz {amount}. Prosimy ją sprawdzić przed zapłaceniem.",
    "live.news.details": "Szczegóły tej płatności się zmieniły. Prosimy je sprawdzić przed zapłaceniem.",
    "later.chat.title": "Czat z {merchant}",
    "later.chat.close": "Zamknij czat",
    "later.chat.hint": "Nigdy nie wpisuj tu numeru karty. Czat widać tylko w tej karcie przeglądarki.",
    "later.chat.label": "Wiadomość",
    "later.chat.send": "Wyślij",
    "later.chat.sending": "Wysyłamy…",
    "later.chat.you": "Ty",
    "later.chat.failed": "Wiadomość nie została wysłana.",
    "later.chat.again": "Spróbuj ponownie",
    "later.chat.off": "Ten czat jest zamknięty. Prosimy odpowiedzieć tam, skąd przyszedł link.",
    "later.chat.masked": "Z wiadomości usunięto numer karty. Wpisuj go tylko w pola karty.",
    "later.chat.new": "Nowa wiadomość od {merchant}",
    "later.time.left.one": "Ten link przestanie działać za około {count} minutę.",
    "later.time.left.few": "Ten link przestanie działać za około {count} minuty.",
    "later.time.left.many": "Ten link przestanie działać za około {count} minut.",
    "later.time.left.other": "Ten link przestanie działać za około {count} minuty.",
    "later.time.more": "Potrzebuję więcej czasu",
    "later.time.given": "Jest więcej czasu: link działa teraz do {when}.",
    "later.time.failed": "Nie udało się przedłużyć czasu. Poproś {merchant} o pomoc.",
    "expired.ask": "Poproś o nowy link",
    "expired.asked": "{merchant} ma już informację o prośbie o nowy link. Przyjdzie on tą samą drogą co ten.",
    "expired.not_asked": "Prośba nie dotarła. Prosimy spróbować za chwilę.",
    "in_app.heading": "Otwórz tę stronę w przeglądarce",
    "in_app.body": (
        "Ta strona jest otwarta w aplikacji {app}. Można tu zapłacić kartą. Jeśli strona banku się nie otworzy "
        "albo chcesz zapłacić portfelem elektronicznym, użyj własnej przeglądarki."
    ),
    "in_app.body_unnamed": (
        "Ta strona jest otwarta w innej aplikacji. Można tu zapłacić kartą. Jeśli strona banku się nie otworzy "
        "albo chcesz zapłacić portfelem elektronicznym, użyj własnej przeglądarki."
    ),
    "in_app.open": "Otwórz w przeglądarce",
    "in_app.how": "Skopiuj adres, a potem wklej go w Safari lub innej przeglądarce.",
    "in_app.address": "Adres tej strony",
    "in_app.copy": "Skopiuj adres",
    "in_app.copied": "Skopiowano. Teraz wklej adres w przeglądarce.",
    # Why a payment was refused, by the code of `payment.declined`.
    "decline.general": "Bank nie zatwierdził tej płatności. Prosimy spróbować z inną kartą albo zapytać bank.",
    "decline.insufficient_funds": "Na tej karcie nie ma wystarczających środków. Prosimy spróbować z inną kartą.",
    "decline.hold_lapsed": (
        "Blokada kwoty na karcie została zwolniona. Nic nie zostało pobrane; można zapłacić ponownie."
    ),
    "decline.psp_unavailable": (
        "Nie udało się rozpocząć płatności. Nic nie zostało pobrane; prosimy spróbować ponownie."
    ),
    "decline.expired_card": "Ta karta straciła ważność. Prosimy sprawdzić datę ważności albo użyć innej karty.",
    "decline.incorrect_cvc": "Kod zabezpieczający jest nieprawidłowy. Prosimy go sprawdzić i spróbować ponownie.",
    "decline.incorrect_number": "Numer karty jest nieprawidłowy. Prosimy go sprawdzić i spróbować ponownie.",
    "decline.processing_error": "Coś poszło nie tak po stronie banku. Prosimy spróbować za chwilę.",
    "decline.limit_exceeded": "Limit tej karty został wyczerpany. Prosimy spróbować z inną kartą albo zapytać bank.",
    "decline.card_not_supported": "Tej karty nie można użyć do tej płatności. Prosimy spróbować z inną kartą.",
    "decline.amount_not_accepted": (
        "Tej kwoty nie można zapłacić kartą. Nic nie zostało pobrane. Prosimy o kontakt z osobą, która pomaga."
    ),
    "decline.authentication_failed": (
        "Bank nie mógł potwierdzić tożsamości. Prosimy spróbować ponownie albo użyć innej karty."
    ),
    "decline.authentication_required": "Bank musi potwierdzić tożsamość. Prosimy spróbować ponownie.",
    "decline.blocked": "Tej płatności nie można teraz przyjąć. Prosimy o kontakt z osobą, która pomaga.",
    "decline.review_rejected": (
        "Tej płatności nie można było przyjąć i nic nie zostało pobrane. Prosimy o kontakt z osobą, która pomaga."
    ),
    "decline.not_completed": "Płatność nie została dokończona i nic nie zostało pobrane. Można spróbować ponownie.",
}
