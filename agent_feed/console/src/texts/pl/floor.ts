/** Sala, i jak wkroczyć. */
import { plural } from './plural';
import type { Words } from '../catalogue';

const links = (n: number) => plural(n, { one: '1 link', few: `${n} linki`, many: `${n} linków` });

export const floor: Words['floor'] = {
  title: 'Sala',
  today: (zone) => `Dzisiaj, według czasu: ${zone}`,
  updated: 'Na żywo; mediana liczona jest co minutę od nowa.',
  stale: 'Brak połączenia na żywo. Widać to, co było, gdy zostało przerwane.',
  more: 'Otwartych linków jest ponad 5000; liczonych jest 5000 najnowszych.',
  filters: 'Pokaż',
  team: 'Zespół',
  allTeams: 'Wszystkie zespoły',
  noTeam: 'Bez zespołu',
  agent: 'Konsultant',
  allAgents: 'Wszyscy konsultanci',
  nobody: 'Nikt',
  channel: 'Kanał',
  allChannels: 'Wszystkie kanały',
  noChannel: 'Żaden lub kilka',
  clear: 'Pokaż wszystko',
  large: 'Duży ekran',
  largeHint: 'Naciśnij F lub Esc, aby wyjść',
  pipeline: 'Linki na każdym kroku teraz',
  steps: {
    created: 'Utworzone',
    sent: 'Wysłane',
    delivered: 'Dostarczone',
    opened: 'Otwarte',
    card_entry: 'Dane karty',
    checking: 'W toku',
    challenge: 'W banku',
    declined: 'Odrzucone',
    paid: 'Zapłacone dziś',
  },
  links,
  figures: 'Dzisiaj do teraz',
  paid: 'Zapłacono dziś',
  payments: (n) => plural(n, { one: '1 płatność', few: `${n} płatności`, many: `${n} płatności` }),
  nothingPaid: 'Jeszcze nic',
  conversion: 'Konwersja',
  ofMade: (paid, made) =>
    made === 0 ? 'dziś nie utworzono linków' : `dziś: ${paid} z ${links(made)}`,
  median: 'Od wysłania do zapłaty',
  medianHint: 'połowa szybciej',
  open: 'Otwarte linki',
  present: (n) => `teraz na stronie: ${n}`,
  declines: 'Odrzucenia',
  declinesHint: 'próby dzisiaj',
  unknown: '–',
  needs: 'Potrzebują kogoś teraz',
  needsCount: (n) => `Linki, które kogoś potrzebują: ${n}`,
  needLabels: {
    help: 'Prosi o pomoc',
    stalled: 'Zatrzymał się',
    declined: 'Znów odrzucono',
    undelivered: 'Niedostarczono',
  },
  needsNone: 'Nikt nie utknął.',
  needsNoneText:
    'Kto prosi o pomoc, zatrzymuje się, ma dwa odrzucenia albo nie dostaje wiadomości, pojawia się tutaj.',
  needsMore: (n) => `i jeszcze ${n}`,
  noReference: 'Bez numeru',
  people: 'Konsultanci',
  peopleHint: 'Wybierz kogoś, aby zobaczyć linki na żywo.',
  peopleNone: 'Nikt nie ma otwartego linku ani nie utworzył dziś żadnego.',
  teams: 'Zespoły',
  channels: 'Kanały',
  columns: {
    open: 'Otwarte',
    present: 'Na stronie',
    needs: 'Proszą',
    made: 'Utworzone',
    paid: 'Zapłacone',
    conversion: 'Konwersja',
    money: 'Pieniądze',
  },
  online: 'na stanowisku',
  offline: 'dawno bez znaku',
  watch: (name) => `Obserwuj: ${name}`,
  work: (name) => `${name}: otwarte linki`,
  workNone: 'Teraz nie ma otwartych linków.',
  workMore: (n) => `Niepokazane: ${n}.`,
  stopWatching: 'Przestań obserwować',
  openLink: 'Otwórz',
  stepIn: 'Interweniuj',
  alerts: 'Alerty',
  alertSince: (when) => `od: ${when}`,
  alertLook: 'Co zrobić',
  incidents: {
    decline_spike: {
      title: 'Wiele płatności jest odrzucanych',
      todo: 'Proście klientów o inną kartę. Jeśli w raportach wyróżnia się jeden bank lub operator, powiadomcie operatora.',
    },
    psp_down: {
      title: 'Operator płatności nie odpowiada',
      todo: 'Proście klientów, aby poczekali i nie próbowali w kółko. Sprawdźcie stronę stanu operatora; jeśli to możliwe, skierujcie płatności inaczej.',
    },
    message_failures: {
      title: 'Wiele wiadomości nie dociera',
      todo: 'Wysyłajcie linki innym kanałem albo pokazujcie kod QR. Sprawdźcie konto kanału w ustawieniach.',
    },
    card_testing: {
      title: 'Być może ktoś sprawdza kradzione karty',
      todo: 'Anulujcie dotknięte linki. Nie podnoście teraz limitów; jeśli to trwa, powiadomcie operatora.',
    },
    mailbox_failing: {
      title: 'Nie da się odczytać skrzynki',
      todo: 'Odpowiedzi e-mailem nie przychodzą. Sprawdźcie serwer i hasło w ustawieniach.',
    },
  },
  otherIncident: { title: 'Trzeba na coś spojrzeć', todo: 'W dzienniku jest, co się wydarzyło.' },
  evidence: (data) => {
    const n = (name: string) => (typeof data[name] === 'number' ? String(data[name]) : null);
    const minutes = n('minutes');
    const within = minutes === null ? '' : ` w ${minutes} min`;
    if (n('declined') !== null) return `próby odrzucone: ${n('declined')} z ${n('tries')}${within}`;
    if (n('failed') !== null) return `wiadomości: ${n('failed')} z ${n('messages')}${within}`;
    if (n('blocked') !== null) return `próby zatrzymane: ${n('blocked')}${within}`;
    if (n('unanswered') !== null) return `próby bez odpowiedzi: ${n('unanswered')}`;
    return '';
  },
  steer: {
    title: 'Interweniuj',
    whisper: 'Szepnij konsultantowi',
    whisperHint: 'Widzi to tylko konsultant; klient nigdy',
    whisperSend: 'Szepnij',
    whispered: 'Konsultant już to widzi.',
    whisperEmpty: 'Napisz, co konsultant powinien wiedzieć.',
    takeOver: 'Przejmij',
    takenOver: 'Link jest teraz Twój.',
    giveTo: 'Przekaż',
    choose: 'Wybierz konsultanta',
    give: 'Przekaż',
    given: (name) => `Link ma teraz: ${name}.`,
    isMine: 'Ten link jest Twój.',
  },
  whispers: {
    title: 'Szepnięto Tobie',
    sent: 'Szepnięto konsultantowi',
    by: (name) => `${name}, tylko dla Ciebie`,
    somebody: 'Przełożony',
    told: (customer, text) => `Szept (${customer ?? 'link'}): „${text}”`,
  },
};
