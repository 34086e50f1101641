/** What is happening now, and what to say: for the agent, while the customer is on the line. */
import type { Link, Problem, Progress } from '../api/types';
import type { Attention } from '../state/fold';
import { channelLabel, deviceLabel, fieldLabel } from './labels';

/** The problem of a card field that was not accepted, as the service would word it. */
export function stuckAt(field: string, code: string): Problem {
  const at = fieldLabel(field);
  return {
    code: code || 'field_invalid',
    customer_message: '',
    agent_hint: `The customer is stuck at ${at}. Ask them to check it; never ask them to read it out.`,
  };
}

/** The problem of a message that did not arrive. */
export function undelivered(channel: string, next: string | null = null): Problem {
  const instead =
    next === null
      ? 'Check the address, or ask the customer for another one.'
      : `Send it by ${channelLabel(next)} instead, or check the address.`;
  return {
    code: 'message_failed',
    customer_message: '',
    agent_hint: `The ${channelLabel(channel)} message did not arrive. ${instead}`,
    ...(next === null ? {} : { next_channel: next }),
  };
}

function where(progress: Progress): string {
  return progress.device === null ? '' : ` on ${deviceLabel(progress.device)}`;
}

/** One sentence on where the customer is. */
export function nowSentence(link: Link): string {
  const { progress } = link;
  const isThere = progress.present;
  switch (progress.step) {
    case 'created':
      return link.messages.length === 0
        ? 'Ready. Show the QR code or copy the link for the customer.'
        : 'The link is on its way to the customer.';
    case 'sent':
      return 'The message has left. Waiting for it to arrive.';
    case 'delivered':
      return 'The message has arrived. Waiting for the customer to open the link.';
    case 'opened':
      return isThere
        ? `The customer has the page open${where(progress)}.`
        : 'The customer opened the link, then left the page.';
    case 'card_entry':
      return isThere
        ? `The customer is typing card details${where(progress)}.`
        : 'The customer began typing card details, then left the page.';
    case 'submitted':
    case 'fraud_check':
      return 'The customer pressed Pay. The payment is being checked.';
    case 'challenge':
      return isThere
        ? 'The customer’s bank asks them to confirm, in its app or by a code.'
        : 'The bank asks the customer to confirm, but they have left the page.';
    case 'processing':
      return 'The bank is working on the payment. Nothing more to do for now.';
    case 'paid':
      return link.status === 'paid' ? 'Paid. The customer sees a receipt.' : 'The money is in.';
    case 'declined':
      return isThere
        ? 'The customer is still on the page and can try again there.'
        : 'The customer left the page. The same link still works.';
    case 'expired':
      return 'The link has expired and takes no payment any more.';
    case 'cancelled':
      return 'The link was cancelled and takes no payment any more.';
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
  switch (attention) {
    case 'help':
      return {
        title: 'The customer asked for help',
        customerSees,
        say:
          hint ||
          'Speak to them now: “I can see you are on the payment page. Where are you stuck?”',
      };
    case 'renewal':
      return { title: 'The customer asks for a new link', customerSees: null, say: hint };
    case 'stalled':
      return { title: 'The customer has stopped', customerSees, say: hint || stalledHint(link) };
    case 'undelivered':
      return {
        title: 'The message did not arrive',
        customerSees: null,
        say: undeliveredHint(link),
      };
    case 'declined':
      return {
        title: 'Declined',
        customerSees,
        say: hint || 'Ask whether they have another card, or would like to ring their bank first.',
      };
    case null:
      return problem !== null && step !== 'paid'
        ? { title: titleOf(problem.code, step), customerSees, say: hint }
        : null;
  }
}

function titleOf(code: string, step: Progress['step']): string {
  if (code === 'message_failed') return 'A message did not arrive';
  const isTyping = step === 'opened' || step === 'card_entry';
  return isTyping ? 'The customer may be stuck' : 'There is a problem';
}

function stalledHint(link: Link): string {
  if (link.progress.step === 'challenge') {
    return 'Ask them to look for a message from their bank: in its app, or a code by text.';
  }
  return link.progress.step === 'card_entry'
    ? 'Ask whether they have the card at hand, and which part of it gives them trouble.'
    : 'Ask whether the page shows the right amount, and whether they would like to go on.';
}

function undeliveredHint(link: Link): string {
  const last = link.messages.at(-1);
  if (last === undefined) return '';
  const why = last.problem?.detail ? `${last.problem.detail.replace(/\.$/, '')}. ` : '';
  return `${why}Check ${last.to} with the customer, or send it another way than ${channelLabel(last.channel)}.`;
}

export const attentionLabels: Record<Attention, string> = {
  help: 'Asked for help',
  renewal: 'Wants a new link',
  stalled: 'Stalled',
  declined: 'Declined',
  undelivered: 'Not delivered',
};
