/** Das eingebettete Feld. */
import type { Words } from '../catalogue';

export const embed: Words['embed'] = {
  title: 'Zahlungslinks',
  newLink: 'Neuer Zahlungslink',
  console: 'Konsole öffnen',
  back: 'Kunde',
  customer: 'Kunde',
  links: 'Offene Links',
  looking: 'Der Kunde wird gesucht …',
  unknownTitle: 'Noch nicht bekannt',
  unknownText:
    'Mit dem ersten Zahlungslink wird dieser Anrufer ein Kunde; was folgt, bleibt bei ihm.',
  noneTitle: 'Keine offenen Links',
  noneText:
    'Erstellen Sie einen, während Sie sprechen. Hier sehen Sie live, wann er geöffnet und bezahlt wird.',
  waitingTitle: 'Wartet auf einen Kunden',
  waitingText:
    'Dieses Feld öffnet sich von selbst, wenn Ihr Arbeitsplatz einen Anruf annimmt; oder erstellen Sie jetzt einen Link für irgendjemanden.',
  notHostedTitle: 'Dieses Feld gehört in eine andere Seite',
  notHostedText:
    'Es öffnet sich nur in den Seiten, die Ihre Administration erlaubt hat. Die Konsole selbst ist hier:',
  signingInTitle: 'Sie werden angemeldet …',
  signingInText:
    'Ihr Arbeitsplatz meldet Sie hier an. Geschieht nichts, fragen Sie, wer ihn betreut.',
  refusedTitle: 'Ihr Arbeitsplatz konnte Sie nicht anmelden',
  refusedText: 'Die gesendete Anmeldung war zu alt oder wurde schon benutzt.',
  endedTitle: 'Ihre Sitzung ist beendet',
  endedText: 'Was Sie geschrieben haben, ist noch da.',
  again: 'Wieder anmelden',
  phone: 'Telefon',
  email: 'E-Mail',
  externalId: 'Ihre Kennung',
};
