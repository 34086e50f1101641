/** Każde zdarzenie w zdaniu, które można przeczytać na głos. Bezosobowo: nazwiska się nie odmieniają. */
import { spoken } from '../../lib/words';
import type { Words } from '../catalogue';
import type { Parts } from '../sentence_parts';

function who({ who }: Parts): string {
  switch (who.kind) {
    case 'you':
      return 'Ty';
    case 'person':
      return who.name;
    case 'colleague':
      return 'ktoś z zespołu';
    case 'software':
      return 'Wasze oprogramowanie';
    case 'system':
      return 'system';
  }
}

const did = (c: Parts, what: string) => `${what} (${who(c)}).`;
const by = ({ channel }: Parts) => (channel === null ? '' : ` (${channel})`);
const on = ({ device }: Parts) => (device === null ? '' : ` (${device})`);
const money = ({ amount }: Parts) => (amount === null ? '' : `: ${amount}`);
const reason = ({ reason }: Parts) => (reason === '' ? '.' : `: ${reason}.`);
const what = (c: Parts) => `${c.isReceipt ? 'Potwierdzenie' : 'Wiadomość'}${by(c)}`;

function card({ card }: Parts): string {
  if (card === null) return '';
  const wallet = card.wallet === null ? '' : `, ${card.wallet}`;
  return `, ${card.brand} •••• ${card.last4}${wallet}`;
}

function toAgent(c: Parts): string {
  if (!c.isSomebodys) return '';
  return `: ${who(c)}`;
}

export const events: Words['events'] = {
  'link.created': (c) => did(c, `Utworzono link${money(c)}`),
  'link.updated': (c) => {
    const to = c.text('agent');
    if (to !== null) {
      return to === c.event.agent
        ? `Linkiem zajmuje się teraz: ${who(c)}.`
        : `Linkiem nie zajmuje się już: ${who(c)}.`;
    }
    switch (c.text('approval')) {
      case 'waiting':
        return did(c, 'Zmieniono link; czeka na drugą osobę');
      case 'approved':
        return 'Druga osoba zatwierdziła link.';
      case 'rejected':
        return 'Druga osoba odrzuciła link.';
      default:
        return did(c, 'Zmieniono link');
    }
  },
  'link.sent': (c) => `Link wysłano${by(c)}.`,
  'link.fetched': (c) =>
    c.text('by') === 'bot'
      ? 'Na stronę spojrzał podgląd lub skaner. Nikt jej nie otworzył.'
      : 'Stronę załadowano. Nikt jej jeszcze nie dotknął.',
  'link.opened': (c) => `Klient otworzył link${on(c)}${by(c)}.`,
  'link.expired': 'Link wygasł.',
  'link.cancelled': (c) => did(c, 'Anulowano link'),
  'link.superseded': 'Nowszy link zajął miejsce tego.',
  'link.renewal_requested': 'Klient poprosił o nowy link.',
  'checkout.joined': (c) =>
    `Klient jest na stronie${on(c)}${c.language === null ? '' : `, język: ${c.language}`}.`,
  'checkout.left': 'Klient opuścił stronę.',
  'checkout.method_selected': (c) => `Klient wybrał sposób zapłaty: ${c.method}.`,
  'checkout.card_entry_started': (c) => `Klient zaczął wpisywać: ${c.field}.`,
  'checkout.field_completed': (c) => `Gotowe: ${c.field}.`,
  'checkout.field_invalid': (c) => `Nieprzyjęte: ${c.field}.`,
  'checkout.submitted': 'Klient nacisnął Zapłać.',
  'checkout.stalled': 'Klient zatrzymał się w połowie.',
  'checkout.help_requested': 'Klient poprosił o pomoc.',
  'checkout.sharing_changed': (c) =>
    c.text('sharing') === 'full'
      ? 'Klient znów udostępnia każdy krok.'
      : c.text('by') === 'merchant'
        ? 'Wasze strony udostępniają tylko ogólny postęp: otwarcie, przesłanie i wynik.'
        : 'Klient udostępnia tylko ogólny postęp: otwarcie, przesłanie i wynik.',
  'payment.fraud_check_started': 'Zaczęła się kontrola oszustw.',
  'payment.fraud_check_completed': (c) => {
    switch (c.text('verdict')) {
      case 'allow':
        return 'Kontrola oszustw przepuściła płatność.';
      case 'challenge':
        return 'Kontrola oszustw prosi o potwierdzenie banku.';
      case 'review':
        return 'Kontrola oszustw prosi, aby spojrzał człowiek.';
      case 'block':
        return 'Kontrola oszustw zablokowała płatność.';
      default:
        return 'Kontrola oszustw się zakończyła.';
    }
  },
  'payment.challenge_started': (c) =>
    c.text('place') === 'psp_page'
      ? 'Klient jest na stronie operatora płatności.'
      : 'Bank prosi klienta o potwierdzenie płatności.',
  'payment.challenge_completed': (c) =>
    c.text('result') === 'failed'
      ? 'Potwierdzenie banku się nie udało.'
      : 'Klient potwierdził płatność w banku.',
  'payment.processing': 'Bank przetwarza płatność.',
  'payment.authorised': (c) => `Autoryzowano${money(c)}${card(c)}.`,
  'payment.declined': (c) => {
    const said = c.text('customer_message');
    return said === null ? 'Odrzucono.' : `Odrzucono. Klient widzi: „${said}”`;
  },
  'payment.paid': (c) => `Zapłacono${money(c)}${card(c)}.`,
  'payment.partially_paid': (c) => `Zapłacono część${money(c)}${card(c)}.`,
  'payment.paid_late': (c) => `Zapłacono po zamknięciu linku${money(c)}. Proszę sprawdzić.`,
  'payment.cancelled': (c) =>
    c.text('reason') === 'released' ? 'Zablokowaną kwotę zwolniono.' : 'Płatność anulowano.',
  'payment.review_opened': (c) =>
    c.text('by') === 'psp'
      ? 'Operator płatności chce, aby na tę płatność spojrzał człowiek.'
      : 'Pieniądze są wstrzymane, aż spojrzy przełożony.',
  'payment.review_decided': (c) =>
    c.text('by') === 'psp'
      ? `Operator płatności zakończył sprawdzanie${reason(c)}`
      : c.text('decision') === 'approved'
        ? did(c, 'Płatność zatwierdzono po sprawdzeniu')
        : 'Płatności nie zatwierdzono po sprawdzeniu. Nic nie pobrano.',
  'payment.flag_cleared': (c) => did(c, 'Oznaczone sprawdzono i załatwiono'),
  'refund.created': (c) => did(c, `Rozpoczęto zwrot${money(c)}`),
  'refund.decided': (c) =>
    c.text('decision') === 'approved'
      ? did(c, `Zatwierdzono zwrot${money(c)}`)
      : `${did(c, `Odmówiono zwrotu${money(c)}`)} Nic nie wraca.`,
  'refund.succeeded': (c) => `Zwrot wykonano${money(c)}.`,
  'refund.failed': (c) => `Zwrot się nie udał${money(c)}${reason(c)}`,
  'dispute.opened': (c) => `Bank klienta otworzył spór${money(c)}.`,
  'dispute.closed': (c) => {
    const result = c.text('outcome') ?? c.text('status');
    if (result === 'won') return 'Spór zakończono: wygrany.';
    return result === 'lost' ? 'Spór zakończono: przegrany.' : 'Spór zakończono.';
  },
  'message.queued': (c) => `${what(c)}: czeka na wysłanie.`,
  'message.sent': (c) => `${what(c)}: wysłano.`,
  'message.delivered': (c) => `${what(c)}: dotarło.`,
  'message.read': (c) => `${what(c)}: przeczytano.`,
  'message.failed': (c) => `${what(c)}: nie udało się dostarczyć${reason(c)}`,
  'message.received': (c) =>
    c.event.data.card_number_masked === true
      ? `Klient napisał${by(c)}; ukryto numer karty.`
      : `Klient napisał${by(c)}.`,
  'customer.created': 'Dodano klienta.',
  'customer.updated': (c) => did(c, 'Zmieniono dane klienta'),
  'customer.merged': (c) => did(c, 'Połączono z tym klientem inny wpis'),
  'customer.unmerged': (c) => did(c, 'Rozdzielono połączone wpisy'),
  'customer.erased': (c) => did(c, 'Usunięto dane osobowe klienta'),
  'consent.changed': (c) => {
    const state = c.text('state') ?? c.text('status');
    const now = state === 'granted' ? ': tak' : state === 'stopped' ? ': nie' : '';
    return `Zmieniła się zgoda na wiadomości${by(c)}${now}.`;
  },
  'consent.doubtful': (c) =>
    `Klient napisał coś${by(c)}, co może oznaczać rezygnację z wiadomości. Przeczytaj i zdecyduj.`,
  'interaction.recorded': (c) => {
    const kind = spoken(c.text('kind') ?? '');
    const named = kind === '' ? '' : ` (${kind})`;
    const direction = c.text('direction');
    if (direction === 'inbound') return `Klient się skontaktował${named}.`;
    return direction === 'outbound' ? `Skontaktowaliśmy się${named}.` : `Był kontakt${named}.`;
  },
  'note.added': (c) => did(c, 'Dodano notatkę'),
  'note.whispered': (c) => `Przełożony szepnął. Do kogo: ${who(c)}.`,
  'survey.answered': (c) => {
    const score = c.number('score');
    if (score === null) return 'Klient odpowiedział na ankietę.';
    const comment = c.text('comment');
    return `Klient ocenił płatność na ${score} w skali 1–5${comment === null ? '.' : `: „${comment}”`}`;
  },
  'conversation.opened': (c) => `Otwarto rozmowę${by(c)}.`,
  'conversation.assigned': (c) => `Przydzielono rozmowę${by(c)}${toAgent(c)}.`,
  'conversation.transferred': (c) => `Przekazano rozmowę${by(c)}${toAgent(c)}.`,
  'conversation.taken': (c) => `Ktoś wziął rozmowę${by(c)}.`,
  'conversation.offered': (c) => `Rozmowa${by(c)} czeka, aż ktoś ją weźmie.`,
  'conversation.closed': (c) => `Zamknięto rozmowę${by(c)}.`,
  'agent.presence_changed': (c) => `Zmieniła się obecność: ${who(c)}.`,
  'session.started': (c) =>
    c.text('way') === 'single_sign_on'
      ? did(c, 'Zalogowano kontem organizacji')
      : did(c, 'Zalogowano'),
  'session.failed': 'Logowanie się nie udało.',
  'session.ended': (c) => `Sesja się zakończyła: ${who(c)}.`,
  'user.changed': (c) => did(c, 'Zmieniono użytkownika'),
  'key.created': (c) => did(c, 'Utworzono klucz API'),
  'key.revoked': (c) => did(c, 'Unieważniono klucz API'),
  'export.created': (c) =>
    c.text('of') === 'journal' ? did(c, 'Zajrzano do dziennika') : did(c, 'Wyeksportowano dane'),
  'settings.changed': (c) => {
    const why = c.text('reason');
    if (c.text('change') !== 'switched_off' || why === null || why === 'by_hand') {
      return did(c, 'Zmieniono ustawienia');
    }
    const cause =
      why === 'gone' ? 'odpowiada, że już nie istnieje' : 'od trzech dni nic nie doszło';
    return `Wyłączono webhooki do ${c.text('host') ?? 'Waszego oprogramowania'}: ${cause}. Powinien spojrzeć administrator.`;
  },
  'incident.card_number_masked': (c) => `Numer karty ukryto przed zapisaniem${by(c)}.`,
  'incident.approval_refused': (c) =>
    did(c, 'Próbowano zatwierdzić coś, co należy do kogoś innego'),
  'incident.mailbox_failing': 'Nie da się odczytać skrzynki. Sprawdź serwer i hasło.',
  'incident.mailbox_recovered': 'Skrzynka jest znów odczytywana.',
  'incident.mail_skipped':
    'Jednego e-maila nie dało się zapisać i został w skrzynce. Ktoś powinien go tam przeczytać.',
  'incident.decline_spike': 'Odrzucanych jest o wiele więcej płatności niż zwykle. Spójrz na salę.',
  'incident.decline_spike_over': 'Fala odrzuceń minęła.',
  'incident.psp_down': 'Operator płatności nie odpowiada. Teraz żadna płatność nie przechodzi.',
  'incident.psp_down_over': 'Operator płatności znów odpowiada.',
  'incident.message_failures': 'Wiele wiadomości nie dociera. Spójrz na konto kanału.',
  'incident.message_failures_over': 'Wiadomości znów docierają.',
  'incident.card_testing': 'Być może ktoś sprawdza kradzione karty: reguły zatrzymały ich kilka.',
  'incident.card_testing_over': 'Reguły nie zatrzymują już kart.',
  'psp.event_unmatched': 'Operator płatności zgłosił płatność, której tu nie ma.',
  'psp.amount_mismatched':
    'Operator płatności pobrał inną kwotę niż żądana. Nic nie zaksięgowano; spójrz na to teraz.',
  'page.script_blocked':
    'Przeglądarka zatrzymała na stronie płatności skrypt, który nie jest nasz.',
  'page.changed':
    'Strona płatności nie jest taka, jak ją wysłano: różni się skrypt lub nagłówek bezpieczeństwa. Spójrz na to teraz.',
  'page.baseline_accepted': (c) => did(c, 'Przyjęto stronę płatności taką, jaka jest teraz'),
  'reconciliation.completed': (c) =>
    c.text('state') === 'matched'
      ? 'Pieniądze z tego dnia zgadzają się z księgami operatora płatności.'
      : 'Pieniądze z tego dnia jeszcze nie zgadzają się z księgami operatora płatności. Powinny spojrzeć finanse.',
};
