/** Jedes Ereignis als ein Satz, den man vorlesen kann. */
import type { Words } from '../catalogue';
import { spoken } from '../../lib/words';
import type { Parts } from '../sentence_parts';

function who({ who }: Parts): string {
  switch (who.kind) {
    case 'you':
      return 'Sie';
    case 'person':
      return who.name;
    case 'colleague':
      return 'Ein Kollege';
    case 'software':
      return 'Ihre Software';
    case 'system':
      return 'Das System';
  }
}

/** „Sie haben“, „Ada hat“. */
function did(c: Parts): string {
  return `${who(c)} ${c.who.kind === 'you' ? 'haben' : 'hat'}`;
}

const by = ({ channel }: Parts) => (channel === null ? '' : ` per ${channel}`);
const onDevice = ({ device }: Parts) => (device === null ? '' : ` auf ${device}`);
const money = ({ amount }: Parts, prefix: string) => (amount === null ? '' : prefix + amount);
const reason = ({ reason }: Parts) => (reason === '' ? '.' : `: ${reason}.`);
const what = ({ isReceipt, channel }: Parts) =>
  `${isReceipt ? 'Der Beleg' : 'Die Nachricht'}${channel === null ? '' : ` (${channel})`}`;

function card({ card }: Parts): string {
  if (card === null) return '';
  const wallet = card.wallet === null ? '' : ` in ${card.wallet}`;
  return `, ${card.brand} mit Endziffern ${card.last4}${wallet}`;
}

function toAgent(c: Parts): string {
  if (!c.isSomebodys) return '';
  return c.who.kind === 'you' ? ' an Sie' : ` an ${who(c)}`;
}

export const events: Words['events'] = {
  'link.created': (c) => `${did(c)} den Link${money(c, ' über ')} erstellt.`,
  'link.updated': (c) => {
    const to = c.text('agent');
    if (to !== null) {
      return to === c.event.agent
        ? `Um den Link kümmert sich jetzt: ${who(c)}.`
        : `Der Link wurde übernommen von: ${who(c)}.`;
    }
    const decision = c.text('approval');
    if (decision === 'waiting') {
      return `${did(c)} den Link geändert; er wartet auf eine zweite Person.`;
    }
    if (decision === 'approved') return 'Eine zweite Person hat den Link freigegeben.';
    if (decision === 'rejected') return 'Eine zweite Person hat den Link abgelehnt.';
    return `${did(c)} den Link geändert.`;
  },
  'link.sent': (c) => `Der Link wurde${by(c)} gesendet.`,
  'link.fetched': (c) =>
    c.text('by') === 'bot'
      ? 'Eine Linkvorschau oder ein Scanner hat die Seite angesehen. Niemand hat sie geöffnet.'
      : 'Die Seite wurde geladen. Noch hat sie niemand berührt.',
  'link.opened': (c) => `Der Kunde hat den Link${onDevice(c)} geöffnet${by(c)}.`,
  'link.expired': 'Der Link ist abgelaufen.',
  'link.cancelled': (c) => `${did(c)} den Link storniert.`,
  'link.superseded': 'Ein neuerer Link hat diesen ersetzt.',
  'link.renewal_requested': 'Der Kunde bittet um einen neuen Link.',
  'checkout.joined': (c) =>
    `Der Kunde ist auf der Seite${onDevice(c)}${c.language === null ? '' : ` (${c.language})`}.`,
  'checkout.left': 'Der Kunde hat die Seite verlassen.',
  'checkout.method_selected': (c) => `Der Kunde möchte so zahlen: ${c.method}.`,
  'checkout.card_entry_started': (c) => `Der Kunde gibt etwas ein: ${c.field}.`,
  'checkout.field_completed': (c) => `Vollständig: ${c.field}.`,
  'checkout.field_invalid': (c) => `Nicht angenommen: ${c.field}.`,
  'checkout.submitted': 'Der Kunde hat „Bezahlen“ gedrückt.',
  'checkout.stalled': 'Der Kunde kommt nicht weiter.',
  'checkout.help_requested': 'Der Kunde bittet um Hilfe.',
  'checkout.sharing_changed': (c) =>
    c.text('sharing') === 'full'
      ? 'Der Kunde teilt wieder jeden Schritt.'
      : c.text('by') === 'merchant'
        ? 'Ihre Seiten teilen nur den groben Fortschritt: geöffnet, abgeschickt und wie es ausging.'
        : 'Der Kunde teilt nur den groben Fortschritt: geöffnet, abgeschickt und wie es ausging.',
  'payment.fraud_check_started': 'Die Betrugsprüfung hat begonnen.',
  'payment.fraud_check_completed': (c) => {
    switch (c.text('verdict')) {
      case 'allow':
        return 'Die Betrugsprüfung ist bestanden.';
      case 'challenge':
        return 'Die Betrugsprüfung verlangt eine Bestätigung durch die Bank.';
      case 'review':
        return 'Die Betrugsprüfung verlangt den Blick einer Person.';
      case 'block':
        return 'Die Betrugsprüfung hat die Zahlung blockiert.';
      default:
        return 'Die Betrugsprüfung ist fertig.';
    }
  },
  'payment.challenge_started': (c) =>
    c.text('place') === 'psp_page'
      ? 'Der Kunde ist auf der Seite des Zahlungsanbieters.'
      : 'Die Bank bittet den Kunden, die Zahlung zu bestätigen.',
  'payment.challenge_completed': (c) =>
    c.text('result') === 'failed'
      ? 'Die Bestätigung bei der Bank ist gescheitert.'
      : 'Der Kunde hat die Zahlung bei der Bank bestätigt.',
  'payment.processing': 'Die Bank bearbeitet die Zahlung.',
  'payment.authorised': (c) => `Autorisiert${money(c, ': ')}${card(c)}.`,
  'payment.declined': (c) => {
    const said = c.text('customer_message');
    return said === null ? 'Abgelehnt.' : `Abgelehnt. Der Kunde sieht: „${said}“`;
  },
  'payment.paid': (c) => `Bezahlt${money(c, ': ')}${card(c)}.`,
  'payment.partially_paid': (c) => `Ein Teil wurde bezahlt${money(c, ': ')}${card(c)}.`,
  'payment.paid_late': (c) =>
    `Bezahlt, nachdem der Link geschlossen war${money(c, ': ')}. Bitte prüfen Sie es.`,
  'payment.cancelled': (c) =>
    c.text('reason') === 'released'
      ? 'Der vorgemerkte Betrag wurde freigegeben.'
      : 'Die Zahlung wurde storniert.',
  'payment.review_opened': (c) =>
    c.text('by') === 'psp'
      ? 'Der Zahlungsanbieter möchte, dass eine Person diese Zahlung ansieht.'
      : 'Das Geld bleibt vorgemerkt, bis die Teamleitung es angesehen hat.',
  'payment.review_decided': (c) =>
    c.text('by') === 'psp'
      ? `Der Zahlungsanbieter hat seine Prüfung beendet${reason(c)}`
      : c.text('decision') === 'approved'
        ? `${did(c)} die Zahlung in der Prüfung freigegeben.`
        : 'Die Zahlung wurde in der Prüfung nicht freigegeben. Nichts wurde abgebucht.',
  'payment.flag_cleared': (c) => `${did(c)} angesehen, was auffiel, und es erledigt.`,
  'refund.created': (c) => `${did(c)} eine Erstattung begonnen${money(c, ': ')}.`,
  'refund.decided': (c) =>
    c.text('decision') === 'approved'
      ? `${did(c)} die Erstattung freigegeben${money(c, ': ')}.`
      : `${did(c)} die Erstattung abgelehnt${money(c, ': ')}. Nichts geht zurück.`,
  'refund.succeeded': (c) => `Die Erstattung ist durchgegangen${money(c, ': ')}.`,
  'refund.failed': (c) => `Die Erstattung ist gescheitert${money(c, ', ')}${reason(c)}`,
  'dispute.opened': (c) => `Die Bank des Kunden bestreitet die Zahlung${money(c, ': ')}.`,
  'dispute.closed': (c) => {
    const result = c.text('outcome') ?? c.text('status');
    if (result === 'won') return 'Der Streitfall ist geschlossen: gewonnen.';
    if (result === 'lost') return 'Der Streitfall ist geschlossen: verloren.';
    return 'Der Streitfall ist geschlossen.';
  },
  'message.queued': (c) => `${what(c)} wartet auf den Versand.`,
  'message.sent': (c) => `${what(c)} wurde gesendet.`,
  'message.delivered': (c) => `${what(c)} ist angekommen.`,
  'message.read': (c) => `${what(c)} wurde gelesen.`,
  'message.failed': (c) => `${what(c)} konnte nicht zugestellt werden${reason(c)}`,
  'message.received': (c) =>
    c.event.data.card_number_masked === true
      ? `Der Kunde hat${by(c)} geschrieben; eine Kartennummer darin wurde verborgen.`
      : `Der Kunde hat${by(c)} geschrieben.`,
  'customer.created': 'Der Kunde wurde angelegt.',
  'customer.updated': (c) => `${did(c)} die Angaben des Kunden geändert.`,
  'customer.merged': (c) => `${did(c)} einen weiteren Datensatz mit diesem Kunden zusammengelegt.`,
  'customer.unmerged': (c) => `${did(c)} zwei zusammengelegte Datensätze getrennt.`,
  'customer.erased': (c) => `${did(c)} die persönlichen Daten des Kunden gelöscht.`,
  'consent.changed': (c) => {
    const state = c.text('state') ?? c.text('status');
    const now = state === 'granted' ? ': ja' : state === 'stopped' ? ': nein' : '';
    return `Die Zustimmung zu Nachrichten${by(c)} hat sich geändert${now}.`;
  },
  'consent.doubtful': (c) =>
    `Der Kunde hat${by(c)} etwas geschrieben, das vielleicht Nachrichten abbestellt. Bitte lesen und entscheiden Sie.`,
  'interaction.recorded': (c) => {
    const kind = spoken(c.text('kind') ?? '');
    const named = kind === '' ? '' : ` (${kind})`;
    const direction = c.text('direction');
    if (direction === 'inbound') return `Der Kunde hat sich gemeldet${named}.`;
    return direction === 'outbound'
      ? `Wir haben uns gemeldet${named}.`
      : `Es gab einen Kontakt${named}.`;
  },
  'note.added': (c) => `${did(c)} eine Notiz geschrieben.`,
  'note.whispered': (c) => `Die Teamleitung hat etwas zugeflüstert: ${who(c)}.`,
  'survey.answered': (c) => {
    const score = c.number('score');
    if (score === null) return 'Der Kunde hat eine Umfrage beantwortet.';
    const comment = c.text('comment');
    return `Der Kunde gibt dem Zahlen ${score} von 5${comment === null ? '.' : `: „${comment}“`}`;
  },
  'conversation.opened': (c) => `Ein Gespräch${by(c)} wurde begonnen.`,
  'conversation.assigned': (c) => `Das Gespräch${by(c)} wurde zugewiesen${toAgent(c)}.`,
  'conversation.transferred': (c) => `Das Gespräch${by(c)} wurde übergeben${toAgent(c)}.`,
  'conversation.taken': (c) => `Jemand hat das Gespräch${by(c)} übernommen.`,
  'conversation.offered': (c) => `Das Gespräch${by(c)} wartet darauf, dass es jemand nimmt.`,
  'conversation.closed': (c) => `Das Gespräch${by(c)} wurde geschlossen.`,
  'agent.presence_changed': (c) => `Anwesenheit geändert: ${who(c)}.`,
  'session.started': (c) =>
    c.text('way') === 'single_sign_on'
      ? `${did(c)} sich mit dem Konto der Organisation angemeldet.`
      : `${did(c)} sich angemeldet.`,
  'session.failed': 'Eine Anmeldung ist gescheitert.',
  'session.ended': (c) => `Eine Sitzung wurde beendet: ${who(c)}.`,
  'user.changed': (c) => `${did(c)} einen Benutzer geändert.`,
  'key.created': (c) => `${did(c)} einen API-Schlüssel erstellt.`,
  'key.revoked': (c) => `${did(c)} einen API-Schlüssel widerrufen.`,
  'export.created': (c) =>
    c.text('of') === 'journal'
      ? `${did(c)} in das Journal gesehen.`
      : `${did(c)} Daten exportiert.`,
  'settings.changed': (c) => {
    const why = c.text('reason');
    if (c.text('change') !== 'switched_off' || why === null || why === 'by_hand') {
      return `${did(c)} die Einstellungen geändert.`;
    }
    const cause =
      why === 'gone'
        ? 'die Gegenstelle sagt, dass es sie nicht mehr gibt'
        : 'drei Tage lang kam nichts an';
    return `Webhooks an ${c.text('host') ?? 'Ihre Software'} wurden ausgeschaltet: ${cause}. Die Administration sollte nachsehen.`;
  },
  'incident.card_number_masked': (c) =>
    `Eine Kartennummer wurde${by(c)} verdeckt, bevor sie gespeichert wurde.`,
  'incident.approval_refused': (c) =>
    `Versuchte Freigabe, die einer anderen Person zusteht: ${who(c)}.`,
  'incident.mailbox_failing':
    'Das Postfach kann nicht gelesen werden. Prüfen Sie Server und Passwort.',
  'incident.mailbox_recovered': 'Das Postfach wird wieder gelesen.',
  'incident.mail_skipped':
    'Eine Mail konnte nicht übernommen werden und blieb im Postfach. Jemand sollte sie dort lesen.',
  'incident.decline_spike':
    'Viel mehr Zahlungen als sonst werden abgelehnt. Sehen Sie in die Übersicht.',
  'incident.decline_spike_over': 'Die Häufung der Ablehnungen ist vorbei.',
  'incident.psp_down': 'Der Zahlungsanbieter antwortet nicht. Zahlungen gehen gerade nicht durch.',
  'incident.psp_down_over': 'Der Zahlungsanbieter antwortet wieder.',
  'incident.message_failures':
    'Viele Nachrichten kommen nicht an. Prüfen Sie das Konto des Kanals.',
  'incident.message_failures_over': 'Nachrichten kommen wieder an.',
  'incident.card_testing':
    'Vielleicht probiert jemand gestohlene Karten aus: Die Betrugsregeln haben mehrere gestoppt.',
  'incident.card_testing_over': 'Die Betrugsregeln stoppen keine Karten mehr.',
  'psp.event_unmatched':
    'Der Zahlungsanbieter hat eine Zahlung gemeldet, die hier nicht bekannt ist.',
  'psp.amount_mismatched':
    'Der Zahlungsanbieter hat einen anderen Betrag genommen als verlangt. Nichts wurde gebucht; sehen Sie jetzt nach.',
  'page.script_blocked':
    'Ein Browser hat auf der Zahlseite ein Skript gestoppt, das nicht unseres ist.',
  'page.changed':
    'Die Zahlseite ist nicht so, wie sie gesendet wurde: Ein Skript oder ein Sicherheitskopf weicht ab. Sehen Sie jetzt nach.',
  'page.baseline_accepted': (c) => `${did(c)} den jetzigen Stand der Zahlseite angenommen.`,
  'reconciliation.completed': (c) =>
    c.text('state') === 'matched'
      ? 'Das Geld des Tages stimmt mit den Büchern des Zahlungsanbieters überein.'
      : 'Das Geld des Tages stimmt noch nicht mit den Büchern des Zahlungsanbieters überein. Die Buchhaltung sollte nachsehen.',
};
