/** Limity i zatwierdzenia: każde ustawienie z tym, co robi. */
import type { Words } from '../catalogue';

export const limits: Words['limits'] = {
  title: 'Limity i zatwierdzenia',
  lead: 'Co wymaga drugiej osoby, kiedy wkraczają reguły antyfraudowe, do kogo docierają alarmy. Każda zmiana jest w dzienniku wraz z jej autorem.',
  save: 'Zapisz',
  saved: 'Zapisano.',
  whoMay: 'Zmieniają je administratorzy.',
  unsaved: 'Jeszcze nie zapisano',
  usual: (value) => `Zwykle ${value}`,
  notSet: 'nieustawione',
  on: 'tak',
  off: 'nie',
  back: 'Wróć do zwykłego',
  backName: (label) => `Wróć do zwykłego: ${label}`,
  bad: (least, most) =>
    least === undefined || most === undefined
      ? 'Tego nie da się ustawić.'
      : `Liczba od ${least} do ${most}.`,
  badList: 'Znane kody, oddzielone przecinkami.',
  badNumber: 'Liczba, na przykład 0.04.',
  cards: {
    approvals: 'Druga osoba',
    signIn: 'Logowanie',
    fraud: 'Reguły antyfraudowe',
    alerts: 'Alarmy dla kierowników',
    page: 'Strona płatności',
    sms: 'SMS-y',
    prices: 'Ile kosztują wiadomości',
    retention: 'Zasady',
  },
  leads: {
    fraud:
      'Osiągnięty limit wymaga potwierdzenia w banku, wstrzymuje środki do czasu sprawdzenia przez człowieka albo blokuje próbę. Kwoty to całe funty, euro lub dolary i ich równowartość w innych walutach. Liczby obowiązują tylko tam, gdzie odrzucono więcej prób, niż zapłacono.',
    alerts: 'Co musi się zdarzyć w oknie czasu, zanim dowiedzą się kierownicy.',
    retention:
      'W dniach, od utworzenia lub ostatniego użycia. Po terminie raz dziennie następuje trwałe usunięcie; kwoty i dziennik zostają.',
    prices: 'Dla wiadomości, których ceny dostawca nie podaje: szacunek w raportach.',
  },
  words: {
    progress: { full: 'Każdy krok', coarse: 'Otwarcie, wysłanie i wynik' },
  },
  fields: {
    'approvals.link_amount_units': {
      label: 'Linki powyżej tej kwoty',
      hint: 'Pełne jednostki; puste: nigdy',
    },
    'approvals.refund_amount_units': {
      label: 'Zwroty powyżej tej kwoty',
      hint: 'Pełne jednostki; puste: nigdy',
    },
    'mfa.required_for': { label: 'Drugiego składnika wymaga się od' },
    'single_sign_on.accept_second_factor': {
      label: 'Wystarczy drugi składnik z logowania organizacji',
    },
    'single_sign_on.refuse_passwords': {
      label: 'Kto przyszedł przez organizację, nie może użyć hasła',
      hint: 'Administratorzy zachowują swoje, na dzień, gdy ono nie działa',
    },
    'retention.sessions_days': { label: 'Zakończone sesje' },
    'retention.visitors_days': { label: 'Przeglądarki, które pisały na czacie' },
    'retention.page_reports_days': { label: 'Co przeglądarki zatrzymały na stronie płatności' },
    'retention.message_bodies_days': {
      label: 'Treści i adresy wiadomości',
      hint: 'Puste: do usunięcia',
    },
    'retention.contact_words_days': {
      label: 'Treści notatek, komentarzy z ankiet i kontaktów',
      hint: 'Puste: do usunięcia',
    },
    'retention.customers_days': { label: 'Klienci bez kontaktu', hint: 'Puste: do usunięcia' },
    'fraud.challenge_amount_units': { label: 'Potwierdzenie w banku od tej kwoty' },
    'fraud.review_amount_units': { label: 'Sprawdzenie przez człowieka od tej kwoty' },
    'fraud.block_amount_units': { label: 'Blokada od tej kwoty' },
    'fraud.link_declines_hour_challenge': {
      label: 'Odrzucenia na jednym linku w godzinę: potwierdzenie',
    },
    'fraud.link_declines_hour_block': { label: 'Odrzucenia na jednym linku w godzinę: blokada' },
    'fraud.link_cards_hour_challenge': {
      label: 'Karty na jednym linku w godzinę: potwierdzenie',
    },
    'fraud.link_cards_hour_block': { label: 'Karty na jednym linku w godzinę: blokada' },
    'fraud.address_declines_hour_challenge': {
      label: 'Odrzucenia z jednego adresu sieciowego w godzinę: potwierdzenie',
    },
    'fraud.address_declines_hour_block': {
      label: 'Odrzucenia z jednego adresu sieciowego w godzinę: blokada',
    },
    'fraud.address_links_hour_challenge': {
      label: 'Linki próbowane z jednego adresu sieciowego w godzinę: potwierdzenie',
    },
    'fraud.address_links_hour_block': {
      label: 'Linki próbowane z jednego adresu sieciowego w godzinę: blokada',
    },
    'fraud.device_declines_hour_challenge': {
      label: 'Odrzucenia na jednym urządzeniu w godzinę: potwierdzenie',
    },
    'fraud.device_declines_hour_block': {
      label: 'Odrzucenia na jednym urządzeniu w godzinę: blokada',
    },
    'fraud.device_cards_hour_challenge': {
      label: 'Karty na jednym urządzeniu w godzinę: potwierdzenie',
    },
    'fraud.device_cards_hour_block': {
      label: 'Karty na jednym urządzeniu w godzinę: blokada',
    },
    'fraud.card_declines_day_challenge': {
      label: 'Odrzucenia jednej karty w dzień: potwierdzenie',
    },
    'fraud.card_declines_day_block': { label: 'Odrzucenia jednej karty w dzień: blokada' },
    'fraud.card_links_hour_challenge': {
      label: 'Linki opłacane jedną kartą w godzinę: potwierdzenie',
    },
    'fraud.bin_cards_hour_challenge': {
      label: 'Odrzucone karty z zakresu jednego banku w godzinę: potwierdzenie',
    },
    'fraud.bin_cards_hour_block': {
      label: 'Odrzucone karty z zakresu jednego banku w godzinę: blokada',
    },
    'fraud.small_amount_units': {
      label: 'Mała kwota to do',
      hint: 'Kradzione karty sprawdza się małymi kwotami',
    },
    'fraud.address_small_declines_hour_block': {
      label: 'Małe odrzucenia z jednego adresu sieciowego w godzinę: blokada',
    },
    'fraud.merchant_small_declines_hour_challenge': {
      label: 'Małe odrzucenia w całej firmie w godzinę: potwierdzenie',
    },
    'fraud.merchant_tries_hour_least': {
      label: 'Udział odrzuceń w firmie liczy się od tylu prób w godzinę',
    },
    'fraud.merchant_declines_percent_challenge': {
      label: 'Odrzucenia w całej firmie, procent: potwierdzenie',
    },
    'fraud.usual_payments_least': { label: 'To, co zwykłe, jest znane od tylu płatności' },
    'fraud.usual_times_challenge': { label: 'Tyle razy zwykła kwota: potwierdzenie' },
    'fraud.customer_payments_least': {
      label: 'To, co zwykłe dla klienta, jest znane od tylu płatności',
    },
    'fraud.customer_times_challenge': {
      label: 'Tyle razy zwykła kwota klienta: potwierdzenie',
    },
    'fraud.unusual_amount_units_least': { label: 'Niższe kwoty nigdy nie są nietypowe' },
    'fraud.countries_expected': {
      label: 'Oczekiwane karty z',
      hint: 'Kody krajów; puste: skądkolwiek',
    },
    'fraud.countries_blocked': { label: 'Odrzucane karty z', hint: 'Kody krajów' },
    'fraud.country_amount_units_challenge': {
      label: 'Z innego kraju: potwierdzenie od tej kwoty',
    },
    'fraud.own_link_days_review': {
      label: 'Ile dni wstecz szukać agenta, który płaci własny link',
      hint: '0: bez szukania',
    },
    'fraud.review_hours': { label: 'Godziny do wygaśnięcia weryfikacji' },
    'alerts.window_minutes': { label: 'Okno czasu, w minutach' },
    'alerts.tries_least': { label: 'Udział odrzuceń: od tylu prób' },
    'alerts.declined_percent': { label: 'Odrzucone, procent' },
    'alerts.messages_least': { label: 'Udział nieudanych wiadomości: od tylu wiadomości' },
    'alerts.messages_failed_percent': { label: 'Nieudane wiadomości, procent' },
    'alerts.unanswered_least': { label: 'Próby, na które operator płatności nie odpowiedział' },
    'alerts.blocked_least': { label: 'Próby zatrzymane przez reguły antyfraudowe' },
    'page.progress': { label: 'Agenci widzą z kroków klienta' },
    'pay_page_time.extension_minutes': { label: 'Klienci mogą odsunąć koniec o, w minutach' },
    'pay_page_time.extensions_max': { label: 'Ile razy', hint: '0: nigdy' },
    'survey.enabled': { label: 'Pytać klientów po zapłacie, jak było' },
    'receipts.automatic_email': { label: 'Wysyłać potwierdzenie e-mailem po każdej płatności' },
    'sms.countries': {
      label: 'Kraje, do których wysyłać oprócz własnego',
      hint: 'Kody krajów; puste: wszędzie',
    },
    'sms.daily_max': { label: 'Najwięcej wiadomości w 24 godziny', hint: 'Puste: bez limitu' },
    'stop.confirm_at': { label: 'Potwierdzamy STOP u tych dostawców' },
    'message_prices.currency': { label: 'Waluta', hint: 'Na przykład PLN' },
    'message_prices.sms': { label: 'SMS, za część' },
    'message_prices.email': { label: 'E-mail' },
  },
};
