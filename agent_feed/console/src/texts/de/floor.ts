/** Die Übersicht der Teamleitung, und das Eingreifen. */
import type { Words } from '../catalogue';

const links = (n: number) => (n === 1 ? '1 Link' : `${n} Links`);

export const floor: Words['floor'] = {
  title: 'Übersicht',
  today: (zone) => `Heute, nach der Uhr von ${zone}`,
  updated: 'Live; der Median wird jede Minute neu gezählt.',
  stale: 'Nicht live. Gezeigt wird der Stand, als die Verbindung abbrach.',
  more: 'Es gibt mehr als 5.000 offene Links; gezählt werden die neuesten 5.000.',
  filters: 'Zeigen',
  team: 'Team',
  allTeams: 'Alle Teams',
  noTeam: 'Kein Team',
  agent: 'Mitarbeiter',
  allAgents: 'Alle Mitarbeiter',
  nobody: 'Niemand',
  channel: 'Kanal',
  allChannels: 'Alle Kanäle',
  noChannel: 'Keiner oder mehrere',
  clear: 'Alles zeigen',
  large: 'Großbild',
  largeHint: 'F oder Esc verlässt es',
  pipeline: 'Links in jedem Schritt, jetzt',
  steps: {
    created: 'Erstellt',
    sent: 'Gesendet',
    delivered: 'Zugestellt',
    opened: 'Geöffnet',
    card_entry: 'Karteneingabe',
    checking: 'In Bearbeitung',
    challenge: 'Bei der Bank',
    declined: 'Abgelehnt',
    paid: 'Heute bezahlt',
  },
  links,
  figures: 'Heute bisher',
  paid: 'Heute bezahlt',
  payments: (n) => (n === 1 ? '1 Zahlung' : `${n} Zahlungen`),
  nothingPaid: 'Noch nichts',
  conversion: 'Erfolgsquote',
  ofMade: (paid, made) =>
    made === 0 ? 'heute keine Links erstellt' : `${paid} von ${links(made)} von heute`,
  median: 'Vom Senden bis zum Bezahlen',
  medianHint: 'die Hälfte ist schneller',
  open: 'Offene Links',
  present: (n) => `${n} gerade auf der Seite`,
  declines: 'Ablehnungen',
  declinesHint: 'Versuche heute',
  unknown: '–',
  needs: 'Braucht jetzt jemanden',
  needsCount: (n) => (n === 1 ? '1 Link braucht jemanden' : `${n} Links brauchen jemanden`),
  needLabels: {
    help: 'Bittet um Hilfe',
    stalled: 'Kommt nicht weiter',
    declined: 'Wieder abgelehnt',
    undelivered: 'Nicht zugestellt',
  },
  needsNone: 'Niemand hängt fest.',
  needsNoneText:
    'Wer um Hilfe bittet, nicht weiterkommt, zweimal abgelehnt wird oder keine Nachricht bekommt, erscheint hier.',
  needsMore: (n) => `und ${n} weitere`,
  noReference: 'Keine Referenz',
  people: 'Mitarbeiter',
  peopleHint: 'Wählen Sie jemanden, um seine Links live zu sehen.',
  peopleNone: 'Niemand hat einen offenen Link oder hat heute einen erstellt.',
  teams: 'Teams',
  channels: 'Kanäle',
  columns: {
    open: 'Offen',
    present: 'Auf Seite',
    needs: 'Hilfe nötig',
    made: 'Erstellt',
    paid: 'Bezahlt',
    conversion: 'Erfolgsquote',
    money: 'Geld',
  },
  online: 'am Platz',
  offline: 'länger nicht gesehen',
  watch: (name) => `${name} zusehen`,
  work: (name) => `${name}: offene Links`,
  workNone: 'Gerade keine offenen Links.',
  workMore: (n) => `${n} weitere werden nicht gezeigt.`,
  stopWatching: 'Nicht mehr zusehen',
  openLink: 'Öffnen',
  stepIn: 'Eingreifen',
  alerts: 'Alarme',
  alertSince: (when) => `seit ${when}`,
  alertLook: 'Was zu tun ist',
  incidents: {
    decline_spike: {
      title: 'Viele Zahlungen werden abgelehnt',
      todo: 'Bitten Sie Kunden um eine andere Karte. Fällt in den Berichten eine Bank oder ein Anbieter auf, sagen Sie es dem Anbieter.',
    },
    psp_down: {
      title: 'Der Zahlungsanbieter antwortet nicht',
      todo: 'Bitten Sie Kunden zu warten und es nicht immer wieder zu versuchen. Sehen Sie auf die Statusseite des Anbieters; leiten Sie Zahlungen um, wenn Sie können.',
    },
    message_failures: {
      title: 'Viele Nachrichten kommen nicht an',
      todo: 'Senden Sie Links über einen anderen Kanal, oder zeigen Sie den QR-Code. Prüfen Sie das Konto des Kanals in den Einstellungen.',
    },
    card_testing: {
      title: 'Vielleicht probiert jemand gestohlene Karten aus',
      todo: 'Stornieren Sie die betroffenen Links. Erhöhen Sie die Betrugsgrenzen jetzt nicht; sagen Sie es dem Anbieter, wenn es weitergeht.',
    },
    mailbox_failing: {
      title: 'Das Postfach kann nicht gelesen werden',
      todo: 'Antworten per E-Mail kommen nicht herein. Prüfen Sie Server und Passwort in den Einstellungen.',
    },
  },
  otherIncident: { title: 'Etwas ist anzusehen', todo: 'Im Journal steht, was geschah.' },
  evidence: (data) => {
    const n = (name: string) => (typeof data[name] === 'number' ? String(data[name]) : null);
    const minutes = n('minutes');
    const within = minutes === null ? '' : ` in ${minutes} min`;
    if (n('declined') !== null) return `${n('declined')} von ${n('tries')} Versuchen${within}`;
    if (n('failed') !== null) return `${n('failed')} von ${n('messages')} Nachrichten${within}`;
    if (n('blocked') !== null) return `${n('blocked')} Versuche gestoppt${within}`;
    if (n('unanswered') !== null) return `${n('unanswered')} Versuche ohne Antwort`;
    return '';
  },
  steer: {
    title: 'Eingreifen',
    whisper: 'Dem Mitarbeiter zuflüstern',
    whisperHint: 'Nur er sieht es, der Kunde nie',
    whisperSend: 'Zuflüstern',
    whispered: 'Der Mitarbeiter sieht es jetzt.',
    whisperEmpty: 'Schreiben Sie, was der Mitarbeiter wissen soll.',
    takeOver: 'Übernehmen',
    takenOver: 'Der Link gehört jetzt Ihnen.',
    giveTo: 'Geben an',
    choose: 'Mitarbeiter wählen',
    give: 'Geben',
    given: (name) => `${name} hat jetzt den Link.`,
    isMine: 'Dieser Link gehört Ihnen.',
  },
  whispers: {
    title: 'Ihnen zugeflüstert',
    sent: 'Dem Mitarbeiter zugeflüstert',
    by: (name) => `${name}, nur für Sie`,
    somebody: 'Die Teamleitung',
    told: (customer, text) => `Ihnen zugeflüstert zu ${customer ?? 'einem Link'}: „${text}“`,
  },
};
