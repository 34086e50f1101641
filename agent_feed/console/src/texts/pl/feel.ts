/** Preferencje, skróty, powiadomienia i oprowadzanie. */
import type { Words } from '../catalogue';

export const feel: Words['feel'] = {
  preferences: 'Preferencje',
  theme: 'Wygląd',
  themes: { system: 'Jak w systemie', light: 'Jasny', dark: 'Ciemny' },
  language: 'Język',
  browserLanguage: 'Jak w przeglądarce',
  notices: 'Gdy płatność się zmienia, a Ty patrzysz gdzie indziej',
  sound: 'Odtwórz dźwięk',
  desktop: 'Pokaż powiadomienie na pulpicie',
  desktopBlocked:
    'Ta przeglądarka blokuje powiadomienia stąd. Zezwól na nie obok adresu, a potem włącz to.',
  keys: 'Skróty jednoklawiszowe',
  keysHint: 'Wyłącz je, jeśli dyktujesz lub przypadkiem naciskasz klawisze.',
  help: 'Skróty klawiszowe',
  takeTour: 'Obejrzyj oprowadzanie',
  practise: 'Poćwicz na udawanym kliencie',
  ask: {
    title: 'Dać znać, gdy będzie zapłacone?',
    text: 'Krótki dźwięk i powiadomienie, tylko gdy patrzysz gdzie indziej.',
    yes: 'Tak, poproszę',
    no: 'Nie, dziękuję',
  },
  noticeTitle: (customer, what) => `${customer}: ${what}`,
  sheet: {
    title: 'Skróty klawiszowe',
    anywhere: 'Wszędzie',
    list: 'Na liście',
    form: 'W formularzu',
    then: 'a potem',
    off: 'Skróty jednoklawiszowe są wyłączone w preferencjach.',
    rows: {
      new: 'Nowy link',
      search: 'Szukaj linków',
      help: 'Ta pomoc',
      next: 'Następny link',
      previous: 'Poprzedni link',
      open: 'Otwórz link',
      send: 'Wyślij link',
      close: 'Zamknij to, co otwarte',
      links: 'Przejdź do linków',
      conversations: 'Przejdź do rozmów',
      floor: 'Przejdź do sali',
      reports: 'Przejdź do raportów',
      settings: 'Przejdź do ustawień',
    },
  },
  tour: {
    label: 'Oprowadzanie',
    offer: 'Pierwszy raz tutaj? Zobacz w minutę, jak działa link do płatności.',
    start: 'Zacznij',
    later: 'Nie teraz',
    skip: 'Pomiń',
    back: 'Wstecz',
    next: 'Dalej',
    done: 'Gotowe',
    count: (step, of) => `Krok ${step} z ${of}`,
    steps: [
      {
        title: 'Utwórz link w trakcie rozmowy',
        text: 'Naciśnij N, wpisz kwotę i telefon lub e-mail klienta, wyślij. Dziesięć sekund, bez myszy.',
      },
      {
        title: 'Patrz, jak to się dzieje',
        text: 'Lista porusza się sama: wysłano, dostarczono, otwarto, dane karty, zapłacono. Zielona kropka oznacza, że klient jest na stronie.',
      },
      {
        title: 'Kto Cię potrzebuje, jest pierwszy',
        text: 'Odrzucona karta, wiadomość, która nie dotarła, klient, który utknął: te linki idą na górę, ze słowami, które można powiedzieć.',
      },
      {
        title: 'Spokojnie patrz gdzie indziej',
        text: 'Włącz dźwięk lub powiadomienie w preferencjach, a damy znać, gdy płatność się zmieni.',
      },
      {
        title: 'Nigdy nie proś o numer karty',
        text: 'Klient wpisuje go na własnej stronie. Jeśli mimo to Ci go napisze, zobaczysz go ukrytego.',
      },
    ],
  },
};
