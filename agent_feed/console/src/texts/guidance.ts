/** What is happening now, and what to say: for the agent, while the customer is on the line. */
import type { Link, Problem, Progress } from '../api/types';
import { spokenAs } from '../lib/language';
import type { Attention } from '../state/fold';
import { channelLabel, deviceLabel, fieldLabel } from './labels';

const ENGLISH = {
  stuckAt: (field: string): string =>
    `The customer is stuck at ${field}. Ask them to check it; never ask them to read it out.`,
  /** `next` is the channel that may do better. */
  undelivered: (channel: string, next: string | null): string =>
    `The ${channel} message did not arrive. ${
      next === null
        ? 'Check the address, or ask the customer for another one.'
        : `Send it by ${next} instead, or check the address.`
    }`,

  now: {
    ready: 'Ready. Show the QR code or copy the link for the customer.',
    leaving: 'The link is on its way to the customer.',
    sent: 'The message has left. Waiting for it to arrive.',
    delivered: 'The message has arrived. Waiting for the customer to open the link.',
    opened: (device: string | null): string =>
      `The customer has the page open${device === null ? '' : ` on ${device}`}.`,
    openedGone: 'The customer opened the link, then left the page.',
    typing: (device: string | null): string =>
      `The customer is typing card details${device === null ? '' : ` on ${device}`}.`,
    typingGone: 'The customer began typing card details, then left the page.',
    checking: 'The customer pressed Pay. The payment is being checked.',
    challenge: 'The customer’s bank asks them to confirm, in its app or by a code.',
    challengeGone: 'The bank asks the customer to confirm, but they have left the page.',
    processing: 'The bank is working on the payment. Nothing more to do for now.',
    paid: 'Paid. The customer sees a receipt.',
    held: 'The money is held for you. Take it when it is due.',
    someMoney: 'The money is in.',
    declined: 'The customer is still on the page and can try again there.',
    declinedGone: 'The customer left the page. The same link still works.',
    expired: 'The link has expired and takes no payment any more.',
    cancelled: 'The link was cancelled and takes no payment any more.',
  },

  titles: {
    help: 'The customer asked for help',
    renewal: 'The customer asks for a new link',
    stalled: 'The customer has stopped',
    undelivered: 'The message did not arrive',
    declined: 'Declined',
    someUndelivered: 'A message did not arrive',
    stuck: 'The customer may be stuck',
    problem: 'There is a problem',
  },

  hints: {
    help: 'Speak to them now: “I can see you are on the payment page. Where are you stuck?”',
    declined: 'Ask whether they have another card, or would like to ring their bank first.',
    stalledAtBank: 'Ask them to look for a message from their bank: in its app, or a code by text.',
    stalledTyping:
      'Ask whether they have the card at hand, and which part of it gives them trouble.',
    stalled: 'Ask whether the page shows the right amount, and whether they would like to go on.',
    /** `why` is a sentence without its full stop, or ''. */
    undelivered: (why: string, to: string, channel: string): string =>
      `${why === '' ? '' : `${why}. `}Check ${to} with the customer, or send it another way than ${channel}.`,
  },

  attention: {
    help: 'Asked for help',
    renewal: 'Wants a new link',
    stalled: 'Stalled',
    declined: 'Declined',
    undelivered: 'Not delivered',
  } satisfies Record<Attention, string>,
};

export const guidance = spokenAs('guidance', ENGLISH);

/** The problem of a card field that was not accepted, as the service would word it. */
export function stuckAt(field: string, code: string): Problem {
  return {
    code: code || 'field_invalid',
    customer_message: '',
    agent_hint: guidance.stuckAt(fieldLabel(field)),
  };
}

/** The problem of a message that did not arrive. */
export function undelivered(channel: string, next: string | null = null): Problem {
  return {
    code: 'message_failed',
    customer_message: '',
    agent_hint: guidance.undelivered(
      channelLabel(channel),
      next === null ? null : channelLabel(next),
    ),
    ...(next === null ? {} : { next_channel: next }),
  };
}

/** One sentence on where the customer is. */
export function nowSentence(link: Link): string {
  const { step, present: isThere, device } = link.progress;
  const words = guidance.now;
  const where = device === null ? null : deviceLabel(device);
  switch (step) {
    case 'created':
      return link.messages.length === 0 ? words.ready : words.leaving;
    case 'sent':
      return words.sent;
    case 'delivered':
      return words.delivered;
    case 'opened':
      return isThere ? words.opened(where) : words.openedGone;
    case 'card_entry':
      return isThere ? words.typing(where) : words.typingGone;
    case 'submitted':
    case 'fraud_check':
      return words.checking;
    case 'challenge':
      return isThere ? words.challenge : words.challengeGone;
    case 'processing':
      return words.processing;
    case 'paid':
      if (link.status !== 'paid') return words.someMoney;
      return link.amount_paid === 0 ? words.held : words.paid;
    case 'declined':
      return isThere ? words.declined : words.declinedGone;
    case 'expired':
      return words.expired;
    case 'cancelled':
      return words.cancelled;
  }
}

export interface Advice {
  title: string;
  customerSees: string | null;
  say: string;
}

/** What stands in the way and what to say, in the service's words where it has some; null where all is well. */
export function adviceOn(link: Link, attention: Attention | null): Advice | null {
  const { problem, step } = link.progress;
  const customerSees = problem?.customer_message || null;
  const hint = problem?.agent_hint ?? '';
  const { titles, hints } = guidance;
  switch (attention) {
    case 'help':
      return { title: titles.help, customerSees, say: hint || hints.help };
    case 'renewal':
      return { title: titles.renewal, customerSees: null, say: hint };
    case 'stalled':
      return { title: titles.stalled, customerSees, say: hint || stalledHint(link) };
    case 'undelivered':
      return { title: titles.undelivered, customerSees: null, say: undeliveredHint(link) };
    case 'declined':
      return { title: titles.declined, customerSees, say: hint || hints.declined };
    case null:
      return problem !== null && step !== 'paid'
        ? { title: titleOf(problem.code, step), customerSees, say: hint }
        : null;
  }
}

function titleOf(code: string, step: Progress['step']): string {
  if (code === 'message_failed') return guidance.titles.someUndelivered;
  const isTyping = step === 'opened' || step === 'card_entry';
  return isTyping ? guidance.titles.stuck : guidance.titles.problem;
}

function stalledHint(link: Link): string {
  const { hints } = guidance;
  if (link.progress.step === 'challenge') return hints.stalledAtBank;
  return link.progress.step === 'card_entry' ? hints.stalledTyping : hints.stalled;
}

function undeliveredHint(link: Link): string {
  const last = link.messages.at(-1);
  if (last === undefined) return '';
  const why = last.problem?.detail.replace(/\.$/, '') ?? '';
  return guidance.hints.undelivered(why, last.to, channelLabel(last.channel));
}

export const attentionLabels: Record<Attention, string> = guidance.attention;
