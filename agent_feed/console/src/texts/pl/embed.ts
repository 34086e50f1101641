/** Wbudowany panel. */
import type { Words } from '../catalogue';

export const embed: Words['embed'] = {
  title: 'Linki do płatności',
  newLink: 'Nowy link do płatności',
  console: 'Otwórz konsolę',
  back: 'Klient',
  customer: 'Klient',
  links: 'Otwarte linki',
  looking: 'Szukanie klienta…',
  unknownTitle: 'Tego klienta jeszcze nie znamy',
  unknownText:
    'Z pierwszym linkiem osoba, która dzwoni, staje się klientem; dalsza historia zostaje przy niej.',
  noneTitle: 'Nie ma otwartych linków',
  noneText: 'Utwórz link w trakcie rozmowy. Tutaj na żywo widać, kiedy jest otwierany i płacony.',
  waitingTitle: 'Czekamy na klienta',
  waitingText:
    'Ten panel otwiera się sam, gdy Twoje stanowisko odbierze połączenie; możesz też od razu utworzyć link.',
  notHostedTitle: 'Ten panel działa wewnątrz innej strony',
  notHostedText: 'Otwiera się tylko na stronach, na które zezwolił administrator. Konsola jest tu:',
  signingInTitle: 'Trwa logowanie…',
  signingInText:
    'Loguje Cię Twoje stanowisko. Jeśli nic się nie dzieje, zapytaj osobę, która je obsługuje.',
  refusedTitle: 'Twoje stanowisko nie mogło Cię zalogować',
  refusedText: 'Przesłany dostęp był zbyt stary albo już użyty.',
  endedTitle: 'Sesja się zakończyła',
  endedText: 'To, co wpisano, nadal tu jest.',
  again: 'Zaloguj ponownie',
  phone: 'Telefon',
  email: 'E-mail',
  externalId: 'Wasz identyfikator',
};
