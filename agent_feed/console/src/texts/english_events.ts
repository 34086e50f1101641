/** Each event as one sentence that a person can read aloud, in English: the catalogue that every other is laid over. */
import type { EventType } from '../api/event_types';
import { capital, spoken } from '../lib/words';
import type { Parts } from './sentence_parts';

export type Sentence = string | ((parts: Parts) => string);

function who({ who }: Parts): string {
  switch (who.kind) {
    case 'you':
      return 'You';
    case 'person':
      return who.name;
    case 'colleague':
      return 'A colleague';
    case 'software':
      return 'Your software';
    case 'system':
      return 'The system';
  }
}

function whom(parts: Parts): string {
  return parts.who.kind === 'you' ? 'you' : who(parts);
}

function onDevice({ device }: Parts): string {
  return device === null ? '' : ` on ${device}`;
}

function inLanguage({ language }: Parts): string {
  return language === null ? '' : `, in ${language}`;
}

function by({ channel }: Parts): string {
  return channel === null ? '' : ` by ${channel}`;
}

function message({ channel, isReceipt }: Parts): string {
  const what = isReceipt ? 'receipt' : 'message';
  return channel === null ? what : `${channel} ${what}`;
}

function money({ amount }: Parts, prefix = ' of '): string {
  return amount === null ? '' : prefix + amount;
}

function card({ card }: Parts): string {
  if (card === null) return '';
  const wallet = card.wallet === null ? '' : ` in ${card.wallet}`;
  return ` with ${card.brand} ending ${card.last4}${wallet}`;
}

function reason({ reason }: Parts): string {
  return reason === '' ? '.' : `: ${reason}.`;
}

function declined(parts: Parts): string {
  const said = parts.text('customer_message');
  return said === null ? 'Declined.' : `Declined. The customer sees: “${said}”`;
}

const VERDICTS: Partial<Record<string, string>> = {
  allow: 'The fraud check passed.',
  challenge: 'The fraud check asks for a bank challenge.',
  review: 'The fraud check wants a review.',
  block: 'The fraud check blocked the payment.',
};

/** What a second person has to do with a big link. */
const DECISIONS: Partial<Record<string, (parts: Parts) => string>> = {
  waiting: (c) => `${who(c)} changed the link; it waits for a second person.`,
  // The event names whose work the link is, and that is never who decides about it.
  approved: () => 'A second person approved the link.',
  rejected: () => 'A second person rejected the link.',
};

const EVENTS: Record<EventType, Sentence> = {
  'link.created': (c) => `${who(c)} created the link${money(c, ' for ')}.`,
  'link.updated': (c) =>
    handover(c) ?? DECISIONS[c.text('approval') ?? '']?.(c) ?? `${who(c)} changed the link.`,
  'link.sent': (c) => `The link was sent${by(c)}.`,
  'link.fetched': (c) =>
    c.text('by') === 'bot'
      ? 'A link preview or scanner looked at the page. Nobody has opened it.'
      : 'The page was loaded. Nobody has touched it yet.',
  'link.opened': (c) => `The customer opened the link${onDevice(c)}${by(c)}.`,
  'link.expired': 'The link expired.',
  'link.cancelled': (c) => `${who(c)} cancelled the link.`,
  'link.superseded': 'A newer link took this one’s place.',
  'link.renewal_requested': 'The customer asked for a new link.',
  'checkout.joined': (c) => `The customer is on the page${onDevice(c)}${inLanguage(c)}.`,
  'checkout.left': 'The customer left the page.',
  'checkout.method_selected': (c) => `The customer chose to pay by ${c.method}.`,
  'checkout.card_entry_started': (c) => `The customer began typing ${c.field}.`,
  'checkout.field_completed': (c) => `${capital(c.field)} is complete.`,
  'checkout.field_invalid': (c) => `${capital(c.field)} was not accepted.`,
  'checkout.submitted': 'The customer pressed Pay.',
  'checkout.stalled': 'The customer has stopped partway.',
  'checkout.help_requested': 'The customer asked for help.',
  'checkout.sharing_changed': (c) =>
    c.text('sharing') === 'full'
      ? 'The customer shares every step again.'
      : c.text('by') === 'merchant'
        ? 'Your pages share coarse progress only: opened, submitted, and how it ended.'
        : 'The customer shares coarse progress only: opened, submitted, and how it ended.',
  'payment.fraud_check_started': 'The fraud check began.',
  'payment.fraud_check_completed': (c) =>
    VERDICTS[c.text('verdict') ?? ''] ?? 'The fraud check is done.',
  'payment.challenge_started': (c) =>
    c.text('place') === 'psp_page'
      ? 'The customer is at the payment provider’s own page.'
      : 'The customer’s bank asks them to confirm the payment.',
  'payment.challenge_completed': (c) =>
    c.text('result') === 'failed'
      ? 'The bank challenge failed.'
      : 'The customer passed the bank challenge.',
  'payment.processing': 'The bank is working on the payment.',
  'payment.authorised': (c) => `Authorised${money(c, ' for ')}${card(c)}.`,
  'payment.declined': declined,
  'payment.paid': (c) => `Paid${money(c, ' ')}${card(c)}.`,
  'payment.partially_paid': (c) => `Part of it was paid${money(c, ': ')}${card(c)}.`,
  'payment.paid_late': (c) => `Paid after the link had closed${money(c, ': ')}. Please check it.`,
  'payment.cancelled': (c) =>
    c.text('reason') === 'released' ? 'The amount held was let go.' : 'The payment was cancelled.',
  'payment.review_opened': (c) =>
    c.text('by') === 'psp'
      ? 'The payment provider wants a person to look at this payment.'
      : 'The money is held until a supervisor has looked at it.',
  'payment.review_decided': (c) =>
    c.text('by') === 'psp'
      ? `The payment provider closed its review${reason(c)}`
      : c.text('decision') === 'approved'
        ? `${who(c)} approved the payment in the review.`
        : 'The payment was not approved in the review. Nothing was taken.',
  'payment.flag_cleared': (c) => `${who(c)} looked at what was flagged and cleared it.`,
  'refund.created': (c) => `${who(c)} began a refund${money(c)}.`,
  'refund.decided': (c) =>
    c.text('decision') === 'approved'
      ? `${who(c)} approved the refund${money(c)}.`
      : `${who(c)} turned down the refund${money(c)}. Nothing goes back.`,
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
  'customer.updated': (c) => `${who(c)} changed the customer’s details.`,
  'customer.merged': (c) => `${who(c)} merged another record into this customer.`,
  'customer.unmerged': (c) => `${who(c)} took two merged records apart.`,
  'customer.erased': (c) => `${who(c)} erased the customer’s personal data.`,
  'consent.changed': (c) => `Consent for messages${by(c)} changed${consent(c)}.`,
  'consent.doubtful': (c) =>
    `The customer wrote something${by(c)} that may be about stopping messages. Please read it and decide.`,
  'interaction.recorded': interaction,
  'note.added': (c) => `${who(c)} added a note.`,
  'note.whispered': (c) => `A supervisor whispered to ${whom(c)}.`,
  'survey.answered': survey,
  'conversation.opened': (c) => `A conversation${by(c)} was opened.`,
  'conversation.assigned': (c) => `The conversation${by(c)} was assigned${toAgent(c)}.`,
  'conversation.transferred': (c) => `The conversation${by(c)} was handed over${toAgent(c)}.`,
  'conversation.taken': (c) => `Somebody took the conversation${by(c)}.`,
  'conversation.offered': (c) => `The conversation${by(c)} waits for somebody to take it.`,
  'conversation.closed': (c) => `The conversation${by(c)} was closed.`,
  'agent.presence_changed': (c) => `${who(c)} is ${spoken(c.text('presence') ?? 'elsewhere')} now.`,
  'session.started': (c) =>
    c.text('way') === 'single_sign_on'
      ? `${who(c)} signed in with the organisation’s account.`
      : `${who(c)} signed in.`,
  'session.failed': 'Somebody failed to sign in.',
  'session.ended': (c) => `A session of ${who(c)} ended.`,
  'user.changed': (c) => `${who(c)} changed a user.`,
  'key.created': (c) => `${who(c)} created an API key.`,
  'key.revoked': (c) => `${who(c)} revoked an API key.`,
  'export.created': (c) =>
    c.text('of') === 'journal' ? `${who(c)} looked into the journal.` : `${who(c)} exported data.`,
  'settings.changed': settings,
  'incident.card_number_masked': (c) => `A card number was masked${by(c)} before it was stored.`,
  'incident.approval_refused': (c) => `${who(c)} tried to approve what another person must.`,
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
  'page.baseline_accepted': (c) => `${who(c)} accepted how the pay page looks now.`,
  'reconciliation.completed': (c) =>
    c.text('state') === 'matched'
      ? 'The day’s money matches the payment provider’s books.'
      : 'The day’s money does not match the payment provider’s books yet. Finance should look.',
};

function settings(parts: Parts): string {
  const reason = parts.text('reason');
  if (parts.text('change') !== 'switched_off' || reason === null || reason === 'by_hand') {
    return `${who(parts)} changed the settings.`;
  }
  const host = parts.text('host') ?? 'your software';
  const why = reason === 'gone' ? 'it says that it is gone' : 'nothing arrived for three days';
  return `Webhooks to ${host} were switched off: ${why}. An admin should look.`;
}

/** Ours asks for 1 to 5 after the payment; what other systems asked is theirs to say. */
function survey(parts: Parts): string {
  const score = parts.number('score');
  if (score === null) return 'The customer answered a survey.';
  const comment = parts.text('comment');
  return `The customer gave paying ${score} of 5${comment === null ? '.' : `: “${comment}”`}`;
}

function interaction(parts: Parts): string {
  const kind = spoken(parts.text('kind') ?? 'contact');
  const direction = parts.text('direction');
  if (direction === 'inbound') return `The customer got in touch: ${kind}.`;
  return direction === 'outbound' ? `We got in touch: ${kind}.` : `There was a contact: ${kind}.`;
}

/** Told twice: to who had the link, and to who has it. */
function handover(parts: Parts): string | null {
  const to = parts.text('agent');
  if (to === null) return null;
  const isYou = parts.who.kind === 'you';
  return to === parts.event.agent
    ? `The link is ${isYou ? 'your' : `${who(parts)}’s`} work now.`
    : `The link was taken over from ${whom(parts)}.`;
}

function outcome(parts: Parts): string {
  const result = parts.text('outcome') ?? parts.text('status');
  return result === null ? '' : `: ${spoken(result)}`;
}

function consent(parts: Parts): string {
  const state = parts.text('state') ?? parts.text('status');
  return state === null ? '' : ` to “${spoken(state)}”`;
}

function toAgent(parts: Parts): string {
  return parts.isSomebodys ? ` to ${who(parts)}` : '';
}

export const ENGLISH_EVENTS = EVENTS;
