/** Vorlieben, Tastenkürzel, Hinweise und die Tour. */
import type { Words } from '../catalogue';

export const feel: Words['feel'] = {
  preferences: 'Vorlieben',
  theme: 'Darstellung',
  themes: { system: 'Wie das System', light: 'Hell', dark: 'Dunkel' },
  language: 'Sprache',
  browserLanguage: 'Wie der Browser',
  notices: 'Wenn sich eine Zahlung ändert, während Sie woanders hinsehen',
  sound: 'Ton abspielen',
  desktop: 'Hinweis auf dem Bildschirm zeigen',
  desktopBlocked:
    'Dieser Browser blockiert Hinweise von hier. Erlauben Sie sie neben der Adresse und schalten Sie dies dann ein.',
  keys: 'Kürzel mit einer Taste',
  keysHint: 'Schalten Sie sie aus, wenn Sie diktieren oder versehentlich Tasten drücken.',
  help: 'Tastenkürzel',
  takeTour: 'Tour machen',
  practise: 'Mit einem erfundenen Kunden üben',
  ask: {
    title: 'Sollen wir Bescheid geben, wenn bezahlt ist?',
    text: 'Ein kurzer Ton und ein Hinweis, nur während Sie woanders hinsehen.',
    yes: 'Ja, bitte',
    no: 'Nein, danke',
  },
  noticeTitle: (customer, what) => `${customer}: ${what}`,
  sheet: {
    title: 'Tastenkürzel',
    anywhere: 'Überall',
    list: 'In der Liste',
    form: 'In einem Formular',
    then: 'dann',
    off: 'Kürzel mit einer Taste sind in den Vorlieben ausgeschaltet.',
    rows: {
      new: 'Neuer Link',
      search: 'Links suchen',
      help: 'Diese Hilfe',
      next: 'Nächster Link',
      previous: 'Voriger Link',
      open: 'Link öffnen',
      send: 'Link senden',
      close: 'Schließen, was offen ist',
      links: 'Zu den Links',
      conversations: 'Zu den Gesprächen',
      floor: 'Zur Übersicht',
      reports: 'Zu den Berichten',
      settings: 'Zu den Einstellungen',
    },
  },
  tour: {
    label: 'Tour',
    offer: 'Neu hier? Sehen Sie in einer Minute, wie ein Zahlungslink geht.',
    start: 'Tour beginnen',
    later: 'Nicht jetzt',
    skip: 'Tour überspringen',
    back: 'Zurück',
    next: 'Weiter',
    done: 'Fertig',
    count: (step, of) => `Schritt ${step} von ${of}`,
    steps: [
      {
        title: 'Einen Link erstellen, während Sie sprechen',
        text: 'Drücken Sie N, tippen Sie Betrag und Telefon oder E-Mail des Kunden, und senden Sie. Zehn Sekunden, ohne Maus.',
      },
      {
        title: 'Zusehen, wie es geschieht',
        text: 'Die Liste bewegt sich von selbst: gesendet, zugestellt, geöffnet, Karteneingabe, bezahlt. Ein grüner Punkt heißt, dass der Kunde gerade auf der Seite ist.',
      },
      {
        title: 'Wer Sie braucht, steht vorn',
        text: 'Eine abgelehnte Karte, eine Nachricht, die nicht ankam, ein Kunde, der festhängt: Solche Links steigen nach oben, mit Worten, die Sie sagen können.',
      },
      {
        title: 'In Ruhe woanders hinsehen',
        text: 'Schalten Sie in den Vorlieben einen Ton oder einen Hinweis ein; wir geben Bescheid, wenn sich eine Zahlung ändert.',
      },
      {
        title: 'Nie nach einer Kartennummer fragen',
        text: 'Der Kunde gibt sie auf seiner eigenen Seite ein. Schreibt er sie Ihnen trotzdem, sehen Sie sie verdeckt.',
      },
    ],
  },
};
