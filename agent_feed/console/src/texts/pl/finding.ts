/** Kto płaci, jak do niego dotrzeć i co przeczyta. */
import { plural } from './plural';
import type { Words } from '../catalogue';

export const finding: Words['finding'] = {
  find: 'Znajdź klienta',
  findHint: 'nazwisko, telefon, e-mail, numer',
  results: 'Znalezieni klienci',
  none: 'Nikogo nie znaleziono. Wpisz dane poniżej.',
  failed: 'Wyszukiwanie nie odpowiedziało. Wpisz dane poniżej.',
  found: (count) =>
    plural(count, {
      one: 'Znaleziono 1 klienta',
      few: `Znaleziono ${count} klientów`,
      many: `Znaleziono ${count} klientów`,
    }),
  unnamed: 'Nazwisko nieznane',
  prefers: (channel) => `woli: ${channel}`,
  stoppedShort: (channels) => `nie chce: ${channels}`,
  consent: {
    stopped: 'Klient nie chce tych wiadomości: wysłanie zostanie odrzucone.',
    granted: 'Klient zgodził się na te wiadomości.',
    failed: 'Ostatnia nie dotarła.',
    preferred: 'Preferowany.',
  },
  language: 'Język',
  languageHint: 'wiadomości i strony',
  automatic: 'Jak na urządzeniu klienta',
  preview: {
    open: 'Podgląd wiadomości',
    close: 'Ukryj wiadomość',
    nothing: 'Wybierz kanał i kwotę, aby zobaczyć, co zostanie wysłane.',
    failed: 'Nie udało się przygotować podglądu.',
    subject: 'Temat',
    segments: (count, units) => `Części SMS: ${count}, znaki: ${units}`,
    unicode: 'ze znakami, przez które mieści się o połowę mniej',
  },
  templates: {
    label: 'Szablony',
    hint: (number) => `Alt + ${number}`,
    save: 'Zapisz jako szablon',
    name: 'Nazwa szablonu',
    saveIt: 'Zapisz',
    forget: (name) => `Usuń szablon ${name}`,
    empty: 'Wpisz najpierw opis, aby szablon miał co zachować.',
    full: 'Jest już osiem. Usuń najpierw jeden.',
    saved: 'Zapisano w tej przeglądarce.',
    used: (name) => `Wypełniono z szablonu: ${name}.`,
  },
};
