/** Co dzieje się teraz i co powiedzieć. */
import type { Words } from '../catalogue';

const on = (device: string | null) => (device === null ? '' : ` (${device})`);

export const guidance: Words['guidance'] = {
  stuckAt: (field) =>
    `Klient utknął na polu: ${field}. Poproś o sprawdzenie; nigdy nie proś o odczytanie na głos.`,
  undelivered: (channel, next) =>
    `Wiadomość (${channel}) nie dotarła. ${
      next === null
        ? 'Sprawdź adres albo poproś klienta o inny.'
        : `Wyślij inną drogą (${next}) albo sprawdź adres.`
    }`,
  now: {
    ready: 'Gotowe. Pokaż klientowi kod QR albo skopiuj link.',
    leaving: 'Link jest w drodze do klienta.',
    sent: 'Wiadomość wyszła. Czekamy, aż dotrze.',
    delivered: 'Wiadomość dotarła. Czekamy, aż klient otworzy link.',
    opened: (device) => `Klient ma otwartą stronę${on(device)}.`,
    openedGone: 'Klient otworzył link, a potem opuścił stronę.',
    typing: (device) => `Klient wpisuje dane karty${on(device)}.`,
    typingGone: 'Klient zaczął wpisywać dane karty, a potem opuścił stronę.',
    checking: 'Klient nacisnął Zapłać. Płatność jest sprawdzana.',
    challenge: 'Bank prosi klienta o potwierdzenie, w aplikacji albo kodem.',
    challengeGone: 'Bank prosi o potwierdzenie, ale klient opuścił stronę.',
    processing: 'Bank przetwarza płatność. Na razie nie trzeba nic robić.',
    paid: 'Zapłacono. Klient widzi potwierdzenie.',
    held: 'Pieniądze są zablokowane. Pobierz je, gdy będą należne.',
    someMoney: 'Pieniądze wpłynęły.',
    declined: 'Klient nadal jest na stronie i może tam spróbować ponownie.',
    declinedGone: 'Klient opuścił stronę. Ten sam link nadal działa.',
    expired: 'Link wygasł i nie przyjmuje już płatności.',
    cancelled: 'Link anulowano i nie przyjmuje już płatności.',
  },
  titles: {
    help: 'Klient poprosił o pomoc',
    renewal: 'Klient prosi o nowy link',
    stalled: 'Klient się zatrzymał',
    undelivered: 'Wiadomość nie dotarła',
    declined: 'Odrzucono',
    someUndelivered: 'Jedna z wiadomości nie dotarła',
    stuck: 'Klient być może utknął',
    problem: 'Jest problem',
  },
  hints: {
    help: 'Odezwij się teraz: „Widzę, że strona płatności jest otwarta. Na czym się zatrzymało?”',
    declined: 'Zapytaj o inną kartę, albo czy klient woli najpierw zadzwonić do banku.',
    stalledAtBank: 'Poproś o poszukanie wiadomości z banku: w aplikacji albo kodu w SMS-ie.',
    stalledTyping: 'Zapytaj, czy karta jest pod ręką i która część sprawia kłopot.',
    stalled: 'Zapytaj, czy strona pokazuje właściwą kwotę i czy klient chce kontynuować.',
    undelivered: (why, to, channel) =>
      `${why === '' ? '' : `${why}. `}Sprawdź z klientem: ${to}, albo wyślij inną drogą niż ${channel}.`,
  },
  attention: {
    help: 'Prosi o pomoc',
    renewal: 'Chce nowego linku',
    stalled: 'Zatrzymał się',
    declined: 'Odrzucono',
    undelivered: 'Niedostarczono',
  },
};
