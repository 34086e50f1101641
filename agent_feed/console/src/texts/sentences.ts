/** Each event as one sentence that a person can read aloud. */
import { type EventType, isEventType } from '../api/event_types';
import type { JournalEvent } from '../api/types';
import { channelOf, numberIn, objectIn, textIn } from '../lib/data';
import { formatAmount } from '../lib/money';
import { channelLabel, deviceLabel, fieldLabel, languageLabel } from './labels';

/** Who an id stands for: "You", a colleague's name, or null where nobody knows. */
export type Naming = (agentId: string) => string | null;

interface Context {
  who: string;
  event: JournalEvent;
}

type Sentence = string | ((context: Context) => string);

const text = (field: string, { event }: Context) => textIn(event, field);

function onDevice(context: Context): string {
  const device = text('device', context);
  return device === null ? '' : ` on ${deviceLabel(device)}`;
}

function inLanguage(context: Context): string {
  const locale = text('locale', context);
  return locale === null ? '' : `, in ${languageLabel(locale)}`;
}

function by({ event }: Context): string {
  const channel = channelOf(event);
  return channel === null ? '' : ` by ${channelLabel(channel)}`;
}

function message({ event }: Context): string {
  const channel = channelOf(event);
  const what = textIn(event, 'purpose') === 'receipt' ? 'receipt' : 'message';
  return channel === null ? what : `${channelLabel(channel)} ${what}`;
}

function field(context: Context): string {
  return fieldLabel(text('field', context) ?? '');
}

function money({ event }: Context, prefix = ' of '): string {
  const amount = numberIn(event, 'amount');
  const currency = textIn(event, 'currency');
  return amount === null || currency === null ? '' : prefix + formatAmount(amount, currency);
}

function card({ event }: Context): string {
  const used = objectIn(event, 'card');
  if (typeof used?.brand !== 'string' || typeof used.last4 !== 'string') return '';
  const brand = used.brand.charAt(0).toUpperCase() + used.brand.slice(1);
  const wallet = typeof used.wallet === 'string' ? ` in ${walletLabel(used.wallet)}` : '';
  return ` with ${brand} ending ${used.last4}${wallet}`;
}

const WALLETS: Partial<Record<string, string>> = {
  apple_pay: 'Apple Pay',
  google_pay: 'Google Pay',
  link: 'Link',
};

function walletLabel(wallet: string): string {
  return WALLETS[wallet] ?? wallet.replaceAll('_', ' ');
}

function reason(context: Context): string {
  const problem = objectIn(context.event, 'problem');
  const detail = typeof problem?.detail === 'string' ? problem.detail : text('detail', context);
  return detail === null || detail === '' ? '.' : `: ${detail.replace(/\.$/, '')}.`;
}

function declined(context: Context): string {
  const said = text('customer_message', context);
  return said === null ? 'Declined.' : `Declined. The customer sees: “${said}”`;
}

const VERDICTS: Partial<Record<string, string>> = {
  allow: 'The fraud check passed.',
  challenge: 'The fraud check asks for a bank challenge.',
  review: 'The fraud check wants a review.',
  block: 'The fraud check blocked the payment.',
};

/** What a second person has to do with a big link. */
const DECISIONS: Partial<Record<string, (who: string) => string>> = {
  waiting: (who) => `${who} changed the link; it waits for a second person.`,
  // The event names whose work the link is, and that is never who decides about it.
  approved: () => 'A second person approved the link.',
  rejected: () => 'A second person rejected the link.',
};

function spoken(kind: string): string {
  return kind.replaceAll('_', ' ');
}

const SENTENCES: Record<EventType, Sentence> = {
  'link.created': (c) => `${c.who} created the link${money(c, ' for ')}.`,
  'link.updated': (c) =>
    handover(c) ?? DECISIONS[text('approval', c) ?? '']?.(c.who) ?? `${c.who} changed the link.`,
  'link.sent': (c) => `The link was sent${by(c)}.`,
  'link.fetched': (c) =>
    text('by', c) === 'bot'
      ? 'A link preview or scanner looked at the page. Nobody has opened it.'
      : 'The page was loaded. Nobody has touched it yet.',
  'link.opened': (c) => `The customer opened the link${onDevice(c)}${by(c)}.`,
  'link.expired': 'The link expired.',
  'link.cancelled': (c) => `${c.who} cancelled the link.`,
  'link.superseded': 'A newer link took this one’s place.',
  'link.renewal_requested': 'The customer asked for a new link.',
  'checkout.joined': (c) => `The customer is on the page${onDevice(c)}${inLanguage(c)}.`,
  'checkout.left': 'The customer left the page.',
  'checkout.method_selected': (c) =>
    `The customer chose to pay by ${walletLabel(text('method', c) ?? 'card')}.`,
  'checkout.card_entry_started': (c) => `The customer began typing ${field(c)}.`,
  'checkout.field_completed': (c) => `${capital(field(c))} is complete.`,
  'checkout.field_invalid': (c) => `${capital(field(c))} was not accepted.`,
  'checkout.submitted': 'The customer pressed Pay.',
  'checkout.stalled': 'The customer has stopped partway.',
  'checkout.help_requested': 'The customer asked for help.',
  'checkout.sharing_changed': (c) =>
    text('sharing', c) === 'full'
      ? 'The customer shares every step again.'
      : text('by', c) === 'merchant'
        ? 'Your pages share coarse progress only: opened, submitted, and how it ended.'
        : 'The customer shares coarse progress only: opened, submitted, and how it ended.',
  'payment.fraud_check_started': 'The fraud check began.',
  'payment.fraud_check_completed': (c) =>
    VERDICTS[text('verdict', c) ?? ''] ?? 'The fraud check is done.',
  'payment.challenge_started': (c) =>
    text('place', c) === 'psp_page'
      ? 'The customer is at the payment provider’s own page.'
      : 'The customer’s bank asks them to confirm the payment.',
  'payment.challenge_completed': (c) =>
    text('result', c) === 'failed'
      ? 'The bank challenge failed.'
      : 'The customer passed the bank challenge.',
  'payment.processing': 'The bank is working on the payment.',
  'payment.authorised': (c) => `Authorised${money(c, ' for ')}${card(c)}.`,
  'payment.declined': declined,
  'payment.paid': (c) => `Paid${money(c, ' ')}${card(c)}.`,
  'payment.partially_paid': (c) => `Part of it was paid${money(c, ': ')}${card(c)}.`,
  'payment.paid_late': (c) => `Paid after the link had closed${money(c, ': ')}. Please check it.`,
  'payment.cancelled': (c) =>
    text('reason', c) === 'released' ? 'The amount held was let go.' : 'The payment was cancelled.',
  'payment.review_opened': (c) =>
    text('by', c) === 'psp'
      ? 'The payment provider wants a person to look at this payment.'
      : 'The money is held until a supervisor has looked at it.',
  'payment.review_decided': (c) =>
    text('by', c) === 'psp'
      ? `The payment provider closed its review${reason(c)}`
      : text('decision', c) === 'approved'
        ? `${c.who} approved the payment in the review.`
        : 'The payment was not approved in the review. Nothing was taken.',
  'payment.flag_cleared': (c) => `${c.who} looked at what was flagged and cleared it.`,
  'refund.created': (c) => `${c.who} began a refund${money(c)}.`,
  'refund.decided': (c) =>
    text('decision', c) === 'approved'
      ? `${c.who} approved the refund${money(c)}.`
      : `${c.who} turned down the refund${money(c)}. Nothing goes back.`,
  'refund.succeeded': (c) => `The refund${money(c)} went through.`,
  'refund.failed': (c) => `The refund${money(c)} failed${reason(c)}`,
  'dispute.opened': (c) => `The customer’s bank opened a dispute${money(c, ' over ')}.`,
  'dispute.closed': (c) => `The dispute was closed${outcome(c)}.`,
  'message.queued': (c) => `The ${message(c)} is waiting to go out.`,
  'message.sent': (c) => `The ${message(c)} was sent.`,
  'message.delivered': (c) => `The ${message(c)} arrived.`,
  'message.read': (c) => `The ${message(c)} was read.`,
  'message.failed': (c) => `The ${message(c)} could not be delivered${reason(c)}`,
  'message.received': (c) =>
    c.event.data.card_number_masked === true
      ? `The customer wrote${by(c)}; a card number in it was hidden.`
      : `The customer wrote${by(c)}.`,
  'customer.created': 'The customer was added.',
  'customer.updated': (c) => `${c.who} changed the customer’s details.`,
  'customer.merged': (c) => `${c.who} merged another record into this customer.`,
  'customer.unmerged': (c) => `${c.who} took two merged records apart.`,
  'customer.erased': (c) => `${c.who} erased the customer’s personal data.`,
  'consent.changed': (c) => `Consent for messages${by(c)} changed${consent(c)}.`,
  'consent.doubtful': (c) =>
    `The customer wrote something${by(c)} that may be about stopping messages. Please read it and decide.`,
  'interaction.recorded': interaction,
  'note.added': (c) => `${c.who} added a note.`,
  'note.whispered': (c) => `A supervisor whispered to ${c.who === 'You' ? 'you' : c.who}.`,
  'survey.answered': survey,
  'conversation.opened': (c) => `A conversation${by(c)} was opened.`,
  'conversation.assigned': (c) => `The conversation${by(c)} was assigned${toAgent(c)}.`,
  'conversation.transferred': (c) => `The conversation${by(c)} was handed over${toAgent(c)}.`,
  'conversation.taken': (c) => `Somebody took the conversation${by(c)}.`,
  'conversation.offered': (c) => `The conversation${by(c)} waits for somebody to take it.`,
  'conversation.closed': (c) => `The conversation${by(c)} was closed.`,
  'agent.presence_changed': (c) => `${c.who} is ${spoken(text('presence', c) ?? 'elsewhere')} now.`,
  'session.started': (c) =>
    text('way', c) === 'single_sign_on'
      ? `${c.who} signed in with the organisation’s account.`
      : `${c.who} signed in.`,
  'session.failed': 'Somebody failed to sign in.',
  'session.ended': (c) => `A session of ${c.who} ended.`,
  'user.changed': (c) => `${c.who} changed a user.`,
  'key.created': (c) => `${c.who} created an API key.`,
  'key.revoked': (c) => `${c.who} revoked an API key.`,
  'export.created': (c) => `${c.who} exported data.`,
  'settings.changed': settings,
  'incident.card_number_masked': (c) => `A card number was masked${by(c)} before it was stored.`,
  'incident.approval_refused': (c) => `${c.who} tried to approve what another person must.`,
  'incident.mailbox_failing': 'The mailbox cannot be read. Check its server and password.',
  'incident.mailbox_recovered': 'The mailbox is read again.',
  'incident.mail_skipped':
    'A mail could not be kept, and was left in the mailbox. Somebody should read it there.',
  'incident.decline_spike': 'Many more payments than usual are declined. Look at the floor.',
  'incident.decline_spike_over': 'The spike of declined payments is over.',
  'incident.psp_down': 'The payment provider does not answer. Payments cannot go through just now.',
  'incident.psp_down_over': 'The payment provider answers again.',
  'incident.message_failures': 'Many messages do not arrive. Look at the channel’s account.',
  'incident.message_failures_over': 'Messages arrive again.',
  'incident.card_testing': 'Somebody may be trying stolen cards: the fraud rules stopped several.',
  'incident.card_testing_over': 'No more cards are being stopped by the fraud rules.',
  'psp.event_unmatched': 'The payment provider told of a payment that is not known here.',
  'psp.amount_mismatched':
    'The payment provider took another amount than was asked. Nothing was booked; look at it now.',
  'page.script_blocked': 'A browser stopped a script on the pay page that is not ours.',
  'page.changed':
    'The pay page is not as it was sent: a script or a security header differs. Look at it now.',
  'page.baseline_accepted': (c) => `${c.who} accepted how the pay page looks now.`,
  'reconciliation.completed': (c) =>
    text('state', c) === 'matched'
      ? 'The day’s money matches the payment provider’s books.'
      : 'The day’s money does not match the payment provider’s books yet. Finance should look.',
};

function settings(context: Context): string {
  const reason = text('reason', context);
  if (text('change', context) !== 'switched_off' || reason === null || reason === 'by_hand') {
    return `${context.who} changed the settings.`;
  }
  const host = text('host', context) ?? 'your software';
  const why = reason === 'gone' ? 'it says that it is gone' : 'nothing arrived for three days';
  return `Webhooks to ${host} were switched off: ${why}. An admin should look.`;
}

/** Ours asks for 1 to 5 after the payment; what other systems asked is theirs to say. */
function survey(context: Context): string {
  const score = numberIn(context.event, 'score');
  if (score === null) return 'The customer answered a survey.';
  const comment = text('comment', context);
  return `The customer gave paying ${score} of 5${comment === null ? '.' : `: “${comment}”`}`;
}

function interaction(context: Context): string {
  const kind = spoken(text('kind', context) ?? 'contact');
  const direction = text('direction', context);
  if (direction === 'inbound') return `The customer got in touch: ${kind}.`;
  return direction === 'outbound' ? `We got in touch: ${kind}.` : `There was a contact: ${kind}.`;
}

/** Told twice: to who had the link, and to who has it. */
function handover(context: Context): string | null {
  const to = text('agent', context);
  if (to === null) return null;
  return to === context.event.agent
    ? `The link is ${context.who === 'You' ? 'your' : `${context.who}’s`} work now.`
    : `The link was taken over from ${context.who === 'You' ? 'you' : context.who}.`;
}

function outcome(context: Context): string {
  const result = text('outcome', context) ?? text('status', context);
  return result === null ? '' : `: ${spoken(result)}`;
}

function consent(context: Context): string {
  const state = text('state', context) ?? text('status', context);
  return state === null ? '' : ` to “${spoken(state)}”`;
}

function toAgent(context: Context): string {
  return context.event.agent === null ? '' : ` to ${context.who}`;
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** An event this console has not heard of yet, from its name: "loan.was_offered" is "Loan: was offered." */
function unknownSentence(type: string): string {
  const [family = '', what = ''] = type.split('.', 2);
  return what === ''
    ? `${capital(spoken(family))}.`
    : `${capital(spoken(family))}: ${spoken(what)}.`;
}

export function sentenceOf(event: JournalEvent, naming: Naming): string {
  if (!isEventType(event.type)) return unknownSentence(event.type);
  const who = event.agent === null ? 'The system' : (naming(event.agent) ?? 'A colleague');
  const sentence = SENTENCES[event.type];
  return typeof sentence === 'string' ? sentence : sentence({ who, event });
}
