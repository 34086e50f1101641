/** Wer zahlt, wie er erreicht wird und was er liest. */
import type { Words } from '../catalogue';

export const finding: Words['finding'] = {
  find: 'Kunden suchen',
  findHint: 'Name, Telefon, E-Mail, Nummer',
  results: 'Gefundene Kunden',
  none: 'Niemand gefunden. Tragen Sie die Angaben unten ein.',
  failed: 'Die Suche hat nicht geantwortet. Tragen Sie die Angaben unten ein.',
  found: (count) => (count === 1 ? '1 Kunde gefunden' : `${count} Kunden gefunden`),
  unnamed: 'Name unbekannt',
  prefers: (channel) => `am liebsten ${channel}`,
  stoppedShort: (channels) => `${channels} abbestellt`,
  consent: {
    stopped: 'Der Kunde hat diese Nachrichten abbestellt: Der Versand wird verweigert.',
    granted: 'Der Kunde hat diesen Nachrichten zugestimmt.',
    failed: 'Die letzte kam nicht an.',
    preferred: 'Bevorzugt.',
  },
  language: 'Sprache',
  languageHint: 'der Nachricht und der Seite',
  automatic: 'Wie das Gerät des Kunden',
  preview: {
    open: 'Vorschau der Nachricht',
    close: 'Vorschau schließen',
    nothing: 'Wählen Sie Kanal und Betrag, um zu sehen, was gesendet wird.',
    failed: 'Die Vorschau konnte nicht erstellt werden.',
    subject: 'Betreff',
    segments: (count, units) =>
      count === 1 ? `1 SMS, ${units} Zeichen` : `${count} SMS-Teile, ${units} Zeichen`,
    unicode: 'mit Zeichen, die halbieren, was in eine passt',
  },
  templates: {
    label: 'Vorlagen',
    hint: (number) => `Alt + ${number}`,
    save: 'Als Vorlage speichern',
    name: 'Name der Vorlage',
    saveIt: 'Speichern',
    forget: (name) => `Vorlage ${name} vergessen`,
    empty: 'Tragen Sie zuerst eine Beschreibung ein, damit die Vorlage etwas zu merken hat.',
    full: 'Es sind schon acht. Vergessen Sie zuerst eine.',
    saved: 'In diesem Browser gespeichert.',
    used: (name) => `Ausgefüllt aus ${name}.`,
  },
};
