/** Kurze Namen, Zeiten und was schiefging. */
import type { Words } from '../catalogue';

export const labels: Words['labels'] = {
  you: 'Sie',
  channels: {
    sms: 'SMS',
    email: 'E-Mail',
    whatsapp: 'WhatsApp',
    messenger: 'Messenger',
    instagram: 'Instagram',
    telegram: 'Telegram',
    webchat: 'Webchat',
    chatbot: 'Chatbot',
    qr: 'QR-Code',
  },
  devices: { mobile: 'einem Telefon', tablet: 'einem Tablet', desktop: 'einem Computer' },
  fields: {
    number: 'die Kartennummer',
    expiry: 'das Ablaufdatum',
    cvc: 'die Prüfziffer',
    other: 'die Kartendaten',
  },
  fieldTitles: { number: 'Kartennummer', expiry: 'Ablaufdatum', cvc: 'Prüfziffer' },
  fieldStates: {
    todo: 'noch nicht',
    typing: 'wird eingegeben',
    done: 'vollständig',
    invalid: 'nicht angenommen',
  },
  steps: {
    created: 'Erstellt',
    sent: 'Gesendet',
    delivered: 'Zugestellt',
    opened: 'Geöffnet',
    card_entry: 'Karteneingabe',
    submitted: 'Abgeschickt',
    fraud_check: 'Betrugsprüfung',
    challenge: 'Bankfreigabe',
    processing: 'In Bearbeitung',
    paid: 'Bezahlt',
    declined: 'Abgelehnt',
    expired: 'Abgelaufen',
    cancelled: 'Storniert',
  },
  stages: {
    created: 'Erstellt',
    sent: 'Gesendet',
    delivered: 'Zugestellt',
    opened: 'Geöffnet',
    card_entry: 'Karteneingabe',
    submitted: 'Abgeschickt',
    fraud_check: 'Betrugsprüfung',
    challenge: 'Bankfreigabe',
    outcome: 'Zahlung',
  },
  statuses: {
    active: 'Aktiv',
    in_progress: 'Läuft',
    partially_paid: 'Teilweise bezahlt',
    paid: 'Bezahlt',
    expired: 'Abgelaufen',
    cancelled: 'Storniert',
  },
  deliveries: {
    queued: 'wartet auf den Versand',
    sending: 'wird gesendet',
    sent: 'gesendet',
    delivered: 'zugestellt',
    read: 'gelesen',
    failed: 'nicht zugestellt',
  },
  roles: {
    agent: 'Mitarbeiter',
    supervisor: 'Teamleitung',
    admin: 'Administration',
    auditor: 'Revision',
  },
};

export const times: Words['times'] = {
  now: 'jetzt',
  secondsAgo: (n) => `vor ${n} s`,
  minutesAgo: (n) => `vor ${n} min`,
  hoursAgo: (n) => `vor ${n} Std.`,
  soon: 'in weniger als einer Minute',
  inMinutes: (n) => `in ${n} min`,
  inHours: (n) => `in ${n} Std.`,
  inDays: (n) => `in ${n} Tagen`,
};

export const presence: Words['presence'] = {
  away: 'Nicht auf der Seite',
  there: {
    active: 'Auf der Seite',
    typing: 'Auf der Seite, tippt',
    idle: 'Auf der Seite, untätig',
  },
  watchers: (names, more) => {
    const all = [...names];
    if (more > 0) all.push(more === 1 ? '1 weitere Person' : `${more} weitere Personen`);
    const last = all.pop() ?? '';
    if (all.length === 0) return `${last} sieht sich diesen Link auch an.`;
    return `${all.join(', ')} und ${last} sehen sich diesen Link auch an.`;
  },
};

export const failures: Words['failures'] = {
  title: 'Das konnte nicht geladen werden',
  offline: 'Der Dienst ist nicht erreichbar. Prüfen Sie Ihre Verbindung.',
  timeout: 'Der Dienst hat nicht rechtzeitig geantwortet.',
  busy: 'Gerade zu viele Anfragen. Versuchen Sie es gleich noch einmal.',
  service: 'Der Dienst hat eine Störung. Versuchen Sie es gleich noch einmal.',
  sessionOver: 'Ihre Sitzung ist beendet.',
  other: 'Etwas ist schiefgegangen.',
  unknownFate:
    'Es kam keine Antwort, daher ist unklar, ob es geschehen ist. Versuchen Sie es noch einmal: Es kann nicht zweimal geschehen.',
};

export const settings: Words['settings'] = {
  title: 'Einstellungen',
  nav: 'Teile der Einstellungen',
  groups: { own: 'Sie', house: 'Ihr Unternehmen' },
  parts: {
    account: 'Mein Konto',
    sessions: 'Sitzungen',
    'canned-replies': 'Fertige Antworten',
    guidance: 'Gesprächshilfen',
    people: 'Personen',
    teams: 'Teams',
    roles: 'Rollen',
    keys: 'API-Schlüssel',
    accounts: 'Anbieterkonten',
    brand: 'Erscheinungsbild',
    templates: 'Nachrichtentexte',
    webhooks: 'Webhooks',
    'page-security': 'Sicherheit der Zahlseite',
    limits: 'Grenzen und Freigaben',
    retention: 'Aufbewahrung',
    journal: 'Journal',
  },
};
