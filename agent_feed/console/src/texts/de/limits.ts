/** Grenzen und Freigaben: jede Einstellung mit dem, was sie tut. */
import type { Words } from '../catalogue';

export const limits: Words['limits'] = {
  title: 'Grenzen und Freigaben',
  lead: 'Was eine zweite Person braucht, wann die Betrugsregeln eingreifen, wen Alarme erreichen. Jede Änderung steht im Journal, mit dem Namen dessen, der sie gemacht hat.',
  save: 'Speichern',
  saved: 'Gespeichert.',
  whoMay: 'Die Administration ändert sie.',
  unsaved: 'Noch nicht gespeichert',
  usual: (value) => `Üblich: ${value}`,
  notSet: 'nicht gesetzt',
  on: 'an',
  off: 'aus',
  back: 'Zurück zum Üblichen',
  backName: (label) => `Zurück zum Üblichen: ${label}`,
  bad: (least, most) =>
    least === undefined || most === undefined
      ? 'Das lässt sich nicht einstellen.'
      : `Eine Zahl von ${least} bis ${most}.`,
  badList: 'Bekannte Codes, mit Kommas dazwischen.',
  badNumber: 'Eine Zahl, zum Beispiel 0.04.',
  cards: {
    approvals: 'Eine zweite Person',
    signIn: 'Anmelden',
    fraud: 'Betrugsregeln',
    alerts: 'Alarme für die Teamleitung',
    page: 'Die Zahlseite',
    sms: 'SMS',
    prices: 'Was Nachrichten kosten',
    retention: 'Die Regeln',
  },
  leads: {
    fraud:
      'Eine erreichte Grenze verlangt eine Bestätigung der Bank, merkt das Geld vor, bis eine Person nachgesehen hat, oder blockiert den Versuch. Beträge sind ganze Pfund, Euro oder Dollar, und was anderswo so viel wert ist. Anzahlen gelten nur, wo mehr Versuche abgelehnt als bezahlt wurden.',
    alerts: 'Was in diesem Zeitfenster geschehen sein muss, bevor die Teamleitung es erfährt.',
    retention:
      'In Tagen, gezählt ab dem Erstellen oder der letzten Benutzung. Ist die Frist überschritten, wird endgültig gelöscht, einmal am Tag; Geldbeträge und das Journal bleiben.',
    prices:
      'Für Nachrichten, deren Preis der Anbieter nicht nennt: eine Schätzung in den Berichten.',
  },
  words: {
    progress: { full: 'Jeden Schritt', coarse: 'Geöffnet, abgeschickt und wie es endete' },
  },
  fields: {
    'approvals.link_amount_units': {
      label: 'Links über diesem Betrag',
      hint: 'Ganze Einheiten; leer: nie',
    },
    'approvals.refund_amount_units': {
      label: 'Erstattungen über diesem Betrag',
      hint: 'Ganze Einheiten; leer: nie',
    },
    'mfa.required_for': { label: 'Einen zweiten Faktor brauchen' },
    'single_sign_on.accept_second_factor': {
      label: 'Ein zweiter Faktor, den die Anmeldung Ihrer Organisation geprüft hat, genügt',
    },
    'single_sign_on.refuse_passwords': {
      label:
        'Wer sich mit dem Konto der Organisation angemeldet hat, kann kein Passwort mehr benutzen',
      hint: 'Die Administration behält ihres, für den Tag, an dem deren Anmeldung ausfällt',
    },
    'retention.sessions_days': { label: 'Beendete Sitzungen' },
    'retention.visitors_days': { label: 'Browser, die im Webchat schrieben' },
    'retention.page_reports_days': { label: 'Was Browser auf der Zahlseite gestoppt haben' },
    'retention.message_bodies_days': {
      label: 'Texte und Adressen von Nachrichten',
      hint: 'Leer: bis gelöscht',
    },
    'retention.contact_words_days': {
      label: 'Texte von Notizen, Umfragekommentaren und Kontakten',
      hint: 'Leer: bis gelöscht',
    },
    'retention.customers_days': { label: 'Kunden ohne Kontakt', hint: 'Leer: bis gelöscht' },
    'fraud.challenge_amount_units': { label: 'Bestätigung der Bank ab diesem Betrag' },
    'fraud.review_amount_units': { label: 'Prüfung durch eine Person ab diesem Betrag' },
    'fraud.block_amount_units': { label: 'Blockieren ab diesem Betrag' },
    'fraud.link_declines_hour_challenge': {
      label: 'Ablehnungen bei einem Link in einer Stunde: Bestätigung',
    },
    'fraud.link_declines_hour_block': {
      label: 'Ablehnungen bei einem Link in einer Stunde: blockieren',
    },
    'fraud.link_cards_hour_challenge': {
      label: 'Karten bei einem Link in einer Stunde: Bestätigung',
    },
    'fraud.link_cards_hour_block': { label: 'Karten bei einem Link in einer Stunde: blockieren' },
    'fraud.address_declines_hour_challenge': {
      label: 'Ablehnungen von einer Netzadresse in einer Stunde: Bestätigung',
    },
    'fraud.address_declines_hour_block': {
      label: 'Ablehnungen von einer Netzadresse in einer Stunde: blockieren',
    },
    'fraud.address_links_hour_challenge': {
      label: 'Versuchte Links von einer Netzadresse in einer Stunde: Bestätigung',
    },
    'fraud.address_links_hour_block': {
      label: 'Versuchte Links von einer Netzadresse in einer Stunde: blockieren',
    },
    'fraud.device_declines_hour_challenge': {
      label: 'Ablehnungen auf einem Gerät in einer Stunde: Bestätigung',
    },
    'fraud.device_declines_hour_block': {
      label: 'Ablehnungen auf einem Gerät in einer Stunde: blockieren',
    },
    'fraud.device_cards_hour_challenge': {
      label: 'Karten auf einem Gerät in einer Stunde: Bestätigung',
    },
    'fraud.device_cards_hour_block': {
      label: 'Karten auf einem Gerät in einer Stunde: blockieren',
    },
    'fraud.card_declines_day_challenge': {
      label: 'Ablehnungen einer Karte an einem Tag: Bestätigung',
    },
    'fraud.card_declines_day_block': {
      label: 'Ablehnungen einer Karte an einem Tag: blockieren',
    },
    'fraud.card_links_hour_challenge': {
      label: 'Links, die eine Karte in einer Stunde bezahlt: Bestätigung',
    },
    'fraud.bin_cards_hour_challenge': {
      label: 'Abgelehnte Karten aus dem Bereich einer Bank in einer Stunde: Bestätigung',
    },
    'fraud.bin_cards_hour_block': {
      label: 'Abgelehnte Karten aus dem Bereich einer Bank in einer Stunde: blockieren',
    },
    'fraud.small_amount_units': {
      label: 'Ein kleiner Betrag geht bis',
      hint: 'Gestohlene Karten werden mit kleinen ausprobiert',
    },
    'fraud.address_small_declines_hour_block': {
      label: 'Kleine Ablehnungen von einer Netzadresse in einer Stunde: blockieren',
    },
    'fraud.merchant_small_declines_hour_challenge': {
      label: 'Kleine Ablehnungen im ganzen Unternehmen in einer Stunde: Bestätigung',
    },
    'fraud.merchant_tries_hour_least': {
      label:
        'Der Anteil der Ablehnungen im Unternehmen zählt ab so vielen Versuchen in einer Stunde',
    },
    'fraud.merchant_declines_percent_challenge': {
      label: 'Ablehnungen im ganzen Unternehmen, Prozent: Bestätigung',
    },
    'fraud.usual_payments_least': {
      label: 'Was üblich ist, ist ab so vielen Zahlungen bekannt',
    },
    'fraud.usual_times_challenge': { label: 'Das Wievielfache des üblichen Betrags: Bestätigung' },
    'fraud.customer_payments_least': {
      label: 'Was bei einem Kunden üblich ist, ist ab so vielen Zahlungen bekannt',
    },
    'fraud.customer_times_challenge': {
      label: 'Das Wievielfache des üblichen Betrags des Kunden: Bestätigung',
    },
    'fraud.unusual_amount_units_least': { label: 'Beträge darunter sind nie ungewöhnlich' },
    'fraud.countries_expected': {
      label: 'Karten werden erwartet aus',
      hint: 'Ländercodes; leer: von überall',
    },
    'fraud.countries_blocked': { label: 'Karten werden abgewiesen aus', hint: 'Ländercodes' },
    'fraud.country_amount_units_challenge': {
      label: 'Aus einem anderen Land: Bestätigung ab diesem Betrag',
    },
    'fraud.own_link_days_review': {
      label: 'Tage, die zurückgeschaut wird, ob ein Mitarbeiter den eigenen Link bezahlt',
      hint: '0: es wird nicht danach gesucht',
    },
    'fraud.review_hours': { label: 'Stunden, bis eine Prüfung verfällt' },
    'alerts.window_minutes': { label: 'Zeitfenster, in Minuten' },
    'alerts.tries_least': { label: 'Anteil der Ablehnungen: ab so vielen Versuchen' },
    'alerts.declined_percent': { label: 'Abgelehnt, Prozent' },
    'alerts.messages_least': {
      label: 'Anteil gescheiterter Nachrichten: ab so vielen Nachrichten',
    },
    'alerts.messages_failed_percent': { label: 'Gescheiterte Nachrichten, Prozent' },
    'alerts.unanswered_least': {
      label: 'Versuche, auf die ein Zahlungsanbieter nicht antwortete',
    },
    'alerts.blocked_least': { label: 'Versuche, die die Betrugsregeln gestoppt haben' },
    'page.progress': { label: 'Mitarbeiter sehen von den Schritten des Kunden' },
    'pay_page_time.extension_minutes': {
      label: 'Um wie viele Minuten Kunden das Ende hinausschieben dürfen',
    },
    'pay_page_time.extensions_max': { label: 'Wie oft sie es dürfen', hint: '0: nie' },
    'survey.enabled': { label: 'Kunden nach dem Bezahlen fragen, wie es war' },
    'receipts.automatic_email': { label: 'Nach jeder Zahlung einen Beleg per E-Mail senden' },
    'sms.countries': {
      label: 'Länder, in die außer dem eigenen gesendet wird',
      hint: 'Ländercodes; leer: überallhin',
    },
    'sms.daily_max': { label: 'Nachrichten in 24 Stunden höchstens', hint: 'Leer: ohne Grenze' },
    'stop.confirm_at': { label: 'Wir bestätigen ein STOP bei diesen Anbietern' },
    'message_prices.currency': { label: 'Währung', hint: 'Zum Beispiel GBP' },
    'message_prices.sms': { label: 'SMS, je Teil' },
    'message_prices.email': { label: 'E-Mail' },
  },
};
