/** Was Mitarbeiter Wort für Wort sagen können. */
import type { Words } from '../catalogue';

export const scripts: Words['scripts'] = {
  titles: {
    declined_funds: 'Abgelehnt: nicht genug Guthaben',
    declined: 'Aus einem anderen Grund abgelehnt',
    bank_app: 'Die Bank fragt, und nichts geschieht',
    wrong_code: 'Falsche Prüfziffer',
    stuck_field: 'Hängt an einem Feld',
    not_arrived: 'Die Nachricht kam nicht an',
    stalled: 'Der Kunde kommt nicht weiter',
    help: 'Der Kunde bittet um Hilfe',
    expired: 'Der Link ist abgelaufen',
  },
  builtIn: {
    declined_funds:
      '„Die Bank meldet, dass auf dieser Karte gerade nicht genug ist. Möchten Sie eine andere Karte versuchen, oder soll ich den Betrag aufteilen?“',
    declined:
      '„Die Bank hat diese Karte nicht durchgelassen. Das kommt oft vor, und es wurde nichts abgebucht. Haben Sie eine andere Karte zur Hand?“',
    bank_app:
      '„Ihre Bank möchte sichergehen, dass Sie es sind. Öffnen Sie bitte die App Ihrer Bank, oder sehen Sie nach einer SMS mit einem Code. Ich warte.“',
    wrong_code:
      '„Die Prüfziffer stimmte nicht. Es sind die drei Ziffern auf der Rückseite der Karte, bei American Express die vier auf der Vorderseite. Bitte lesen Sie sie mir nicht vor.“',
    stuck_field:
      '„Bei einem der Felder ist sich die Seite nicht sicher. Vergleichen Sie es bitte noch einmal mit Ihrer Karte, ohne es mir vorzulesen.“',
    not_arrived:
      '„Die Nachricht ist nicht bei Ihnen angekommen. Prüfen wir gemeinsam die Adresse, oder ich sende sie auf einem anderen Weg.“',
    stalled: '„Ich sehe, dass die Seite offen ist. Nehmen Sie sich Zeit. Kann ich etwas erklären?“',
    help: '„Ich bin da und sehe, bei welchem Schritt Sie sind. Was zeigt Ihnen die Seite?“',
    expired:
      '„Der Link ist abgelaufen, und es wurde nichts abgebucht. Ich sende Ihnen gleich einen neuen.“',
  },
  form: {
    title: 'Was Mitarbeiter sagen',
    intro:
      'Ist ein Kunde in einer dieser Lagen, sehen Mitarbeiter diese Worte neben dem Link. Schreiben Sie eigene, oder lassen Sie unsere stehen.',
    own: 'Ihre eigenen Worte',
    ours: 'Unsere Worte',
    label: (title) => `Worte für: ${title}`,
    save: 'Speichern',
    reset: 'Wieder unsere verwenden',
    saved: 'Mitarbeiter sehen es ab jetzt.',
    removed: 'Es gelten wieder unsere Worte.',
    empty: 'Schreiben Sie, was gesagt werden soll, oder verwenden Sie wieder unsere Worte.',
    count: (count, most) => `${count} von ${most}`,
    whoMay: 'Teamleitung und Administration ändern das.',
  },
};
