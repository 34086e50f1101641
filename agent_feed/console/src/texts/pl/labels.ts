/** Krótkie nazwy, czas i to, co się nie udało. */
import { plural } from './plural';
import type { Words } from '../catalogue';

export const labels: Words['labels'] = {
  you: 'Ty',
  channels: {
    sms: 'SMS',
    email: 'e-mail',
    whatsapp: 'WhatsApp',
    messenger: 'Messenger',
    instagram: 'Instagram',
    telegram: 'Telegram',
    webchat: 'czat na stronie',
    chatbot: 'chatbot',
    qr: 'kod QR',
  },
  devices: { mobile: 'telefon', tablet: 'tablet', desktop: 'komputer' },
  fields: {
    number: 'numer karty',
    expiry: 'data ważności',
    cvc: 'kod zabezpieczający',
    other: 'dane karty',
  },
  fieldTitles: {
    number: 'Numer karty',
    expiry: 'Data ważności',
    cvc: 'Kod zabezpieczający',
  },
  fieldStates: {
    todo: 'jeszcze nie',
    typing: 'wpisywanie',
    done: 'gotowe',
    invalid: 'nieprzyjęte',
  },
  steps: {
    created: 'Utworzono',
    sent: 'Wysłano',
    delivered: 'Dostarczono',
    opened: 'Otwarto',
    card_entry: 'Wpisywanie karty',
    submitted: 'Przesłano',
    fraud_check: 'Kontrola oszustw',
    challenge: 'Potwierdzenie banku',
    processing: 'W toku',
    paid: 'Zapłacono',
    declined: 'Odrzucono',
    expired: 'Wygasł',
    cancelled: 'Anulowano',
  },
  stages: {
    created: 'Utworzono',
    sent: 'Wysłano',
    delivered: 'Dostarczono',
    opened: 'Otwarto',
    card_entry: 'Wpisywanie karty',
    submitted: 'Przesłano',
    fraud_check: 'Kontrola oszustw',
    challenge: 'Potwierdzenie banku',
    outcome: 'Płatność',
  },
  statuses: {
    active: 'Aktywny',
    in_progress: 'W toku',
    partially_paid: 'Zapłacono część',
    paid: 'Zapłacono',
    expired: 'Wygasł',
    cancelled: 'Anulowano',
  },
  deliveries: {
    queued: 'czeka na wysłanie',
    sending: 'wysyłanie',
    sent: 'wysłano',
    delivered: 'dostarczono',
    read: 'przeczytano',
    failed: 'niedostarczono',
  },
  roles: {
    agent: 'Konsultant',
    supervisor: 'Przełożony',
    admin: 'Administrator',
    auditor: 'Audytor',
  },
};

export const times: Words['times'] = {
  now: 'teraz',
  secondsAgo: (n) => `${n} s temu`,
  minutesAgo: (n) => `${n} min temu`,
  hoursAgo: (n) => `${n} godz. temu`,
  soon: 'za mniej niż minutę',
  inMinutes: (n) => `za ${n} min`,
  inHours: (n) => `za ${n} godz.`,
  inDays: (n) => (n === 1 ? 'za 1 dzień' : `za ${n} dni`),
};

export const presence: Words['presence'] = {
  away: 'Poza stroną',
  there: {
    active: 'Na stronie',
    typing: 'Na stronie, pisze',
    idle: 'Na stronie, bezczynnie',
  },
  watchers: (names, more) => {
    const all = [...names];
    if (more > 0) {
      all.push(
        plural(more, {
          one: '1 inna osoba',
          few: `${more} inne osoby`,
          many: `${more} innych osób`,
        }),
      );
    }
    return `Na ten link patrzy też: ${all.join(', ')}.`;
  },
};

export const failures: Words['failures'] = {
  title: 'Nie udało się załadować',
  offline: 'Usługa jest nieosiągalna. Sprawdź połączenie.',
  timeout: 'Usługa nie odpowiedziała na czas.',
  busy: 'Zbyt wiele żądań. Spróbuj za chwilę.',
  service: 'Usługa ma problem. Spróbuj za chwilę.',
  sessionOver: 'Sesja się zakończyła.',
  other: 'Coś poszło nie tak.',
  unknownFate:
    'Nie nadeszła odpowiedź, więc mogło się udać lub nie. Spróbuj ponownie: nic nie stanie się dwa razy.',
};

export const settings: Words['settings'] = {
  title: 'Ustawienia',
  nav: 'Części ustawień',
  groups: { own: 'Ty', house: 'Twoja firma' },
  parts: {
    account: 'Moje konto',
    sessions: 'Sesje',
    'canned-replies': 'Gotowe odpowiedzi',
    guidance: 'Co powiedzieć',
    people: 'Osoby',
    teams: 'Zespoły',
    roles: 'Role',
    keys: 'Klucze API',
    accounts: 'Konta u dostawców',
    brand: 'Marka',
    templates: 'Teksty wiadomości',
    webhooks: 'Webhooki',
    'page-security': 'Bezpieczeństwo strony płatności',
    limits: 'Limity i zatwierdzenia',
    retention: 'Przechowywanie danych',
    journal: 'Dziennik',
  },
};
