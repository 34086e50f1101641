/** What each kind of event changes about a link's view. Pure; `fold` applies it. */
import type { DeliveryStatus, JournalEvent, Link, Progress, Step } from '../api/types';
import { channelOf, objectIn, problemIn, textIn } from '../lib/data';
import { stuckAt, undelivered } from '../texts/guidance';
import type { Attention, LinkView } from './fold';

/** Before an attempt a link only moves forward along these. */
const EARLY_STEPS: readonly Step[] = ['created', 'sent', 'delivered', 'opened', 'card_entry'];

const DELIVERY_RANK: Record<DeliveryStatus, number> = {
  queued: 0,
  sending: 1,
  sent: 2,
  delivered: 3,
  read: 4,
  failed: 5,
};

export interface Change {
  link?: Partial<Link>;
  progress?: Partial<Progress>;
  attention?: Attention | null;
  lastAttempt?: string | null;
  stale?: boolean;
  /** A scanner's visit or our own note is no activity of the link's. */
  quiet?: boolean;
}

/** Nothing arrived, and the last try failed. */
export function isUndelivered(link: Link): boolean {
  const early = link.progress.step === 'created' || link.progress.step === 'sent';
  return (
    early && link.messages.length > 0 && link.messages.every((each) => each.status === 'failed')
  );
}

export function changeBy(view: LinkView, event: JournalEvent): Change {
  return view.link.usage === 'multi' ? ofAnybody(view, event) : changeOf(view, event);
}

/** A link that many pay with shows the latest of what any of them did; its status is not theirs to move. */
function ofAnybody(view: LinkView, event: JournalEvent): Change {
  const step = STEP_OF_ANYBODY[event.type];
  const change = changeOf(view, event);
  const progress = step === undefined ? change.progress : { ...whereabouts(event), step };
  const kept: Change = { ...change, ...(progress === undefined ? {} : { progress }) };
  if (!event.type.startsWith('payment.') && event.type !== 'checkout.submitted') return kept;
  // How much came in all is the sum of everybody's: the snapshot tells.
  return { ...kept, link: {}, stale: change.stale === true || event.type === 'payment.paid' };
}

const STEP_OF_ANYBODY: Partial<Record<string, Step>> = {
  'link.opened': 'opened',
  'checkout.card_entry_started': 'card_entry',
};

function changeOf(view: LinkView, event: JournalEvent): Change {
  const family = event.type.split('.', 1)[0];
  if (family === 'link') return linkChange(view, event);
  if (family === 'message') return messageChange(view, event);
  if (family === 'checkout') return checkoutChange(view, event);
  if (family === 'payment') return paymentChange(view, event);
  return {};
}

function linkChange(view: LinkView, event: JournalEvent): Change {
  switch (event.type) {
    case 'link.sent':
      return { progress: forward(view, 'sent') };
    case 'link.opened':
      return {
        progress: { ...forward(view, 'opened'), ...whereabouts(event) },
        attention: view.attention === 'undelivered' ? null : view.attention,
      };
    case 'link.fetched':
      return { quiet: true };
    case 'link.expired':
      return { link: { status: 'expired' }, progress: { step: 'expired', present: false } };
    case 'link.cancelled':
      return { link: { status: 'cancelled' }, progress: { step: 'cancelled', present: false } };
    case 'link.superseded':
      return {
        link: { status: 'cancelled' },
        progress: { step: 'cancelled', present: false },
        stale: true,
      };
    case 'link.updated': {
      const agent = textIn(event, 'agent');
      return { stale: true, ...(agent === null ? {} : { link: { agent } }) };
    }
    case 'link.renewal_requested':
      return { attention: 'renewal', stale: true };
    default:
      return {};
  }
}

function messageChange(view: LinkView, event: JournalEvent): Change {
  const status = event.type.slice('message.'.length);
  // Written on the link's own page.
  if (status === 'received') return { attention: 'help' };
  if (!(status in DELIVERY_RANK)) return {};
  const next = status as DeliveryStatus;
  const id = textIn(event, 'message');
  const known = view.link.messages.find((each) => each.id === id);
  if (known === undefined) return { stale: true };
  const problem = objectIn(event, 'problem');
  const moved = {
    ...known,
    // Reports overtake each other: a delivery's state never goes backwards.
    status: DELIVERY_RANK[next] > DELIVERY_RANK[known.status] ? next : known.status,
    problem:
      next === 'failed'
        ? {
            code: typeof problem?.code === 'string' ? problem.code : '',
            detail: typeof problem?.detail === 'string' ? problem.detail : '',
          }
        : known.problem,
  };
  const messages = view.link.messages.map((each) => (each.id === id ? moved : each));
  const step = next === 'delivered' || next === 'read' ? 'delivered' : 'sent';
  const arrives = next !== 'failed' && next !== 'queued' && next !== 'sending';
  const progress = arrives ? forward(view, step) : {};
  const link = { ...view.link, messages };
  const failed = isUndelivered({ ...link, progress: { ...view.link.progress, ...progress } });
  const isEarly = EARLY_STEPS.indexOf(view.link.progress.step) < EARLY_STEPS.indexOf('opened');
  return {
    link: { messages },
    progress:
      next === 'failed' && isEarly
        ? { problem: undelivered(moved.channel, textIn(event, 'next_channel')) }
        : progress,
    attention: failed ? 'undelivered' : view.attention === 'undelivered' ? null : view.attention,
  };
}

function sharingIn(event: JournalEvent): 'full' | 'coarse' {
  return textIn(event, 'sharing') === 'full' ? 'full' : 'coarse';
}

/** The language in which the customer reads, where an entry says so. */
function reading(event: JournalEvent): Partial<Progress> {
  const locale = textIn(event, 'locale');
  return locale === null ? {} : { locale };
}

function checkoutChange(view: LinkView, event: JournalEvent): Change {
  switch (event.type) {
    case 'checkout.joined':
      return { progress: { ...whereabouts(event), ...reading(event), present: true } };
    case 'checkout.sharing_changed': {
      const present = event.data.present ?? view.link.progress.present;
      // On a link for many each customer chooses for themselves.
      const sharing = view.link.usage === 'multi' ? {} : { sharing: sharingIn(event) };
      return { progress: { ...sharing, present: present === true } };
    }
    case 'checkout.left':
      return { progress: { present: false } };
    case 'checkout.card_entry_started': {
      const begun = typing(view);
      const isSame = begun.step === undefined || begun.step === view.link.progress.step;
      return {
        progress: isSame ? whereabouts(event) : { ...begun, ...whereabouts(event) },
        attention: isSame && view.attention === 'help' ? 'help' : null,
      };
    }
    case 'checkout.field_completed':
      return { progress: typing(view), attention: null };
    case 'checkout.field_invalid':
      return {
        progress: {
          problem: stuckAt(textIn(event, 'field') ?? '', textIn(event, 'code') ?? ''),
        },
        attention: null,
      };
    case 'checkout.submitted':
      return submitted(view, event);
    case 'checkout.stalled':
      return {
        progress: { problem: problemIn(event) ?? view.link.progress.problem },
        attention: view.attention === 'help' ? 'help' : 'stalled',
      };
    case 'checkout.help_requested':
      return { progress: { problem: problemIn(event) }, attention: 'help' };
    default:
      return {};
  }
}

/** Typing begins a round: the first, or another after a decline. A live attempt is left alone. */
function typing(view: LinkView): Partial<Progress> {
  const { step } = view.link.progress;
  if (step !== 'declined' && !EARLY_STEPS.includes(step)) return {};
  return { step: 'card_entry', problem: null };
}

function submitted(view: LinkView, event: JournalEvent): Change {
  const isNew = event.attempt === null || event.attempt !== view.lastAttempt;
  return {
    link: { status: 'in_progress' },
    progress: {
      step: 'submitted',
      attempts: view.link.progress.attempts + (isNew ? 1 : 0),
      problem: null,
    },
    attention: null,
    lastAttempt: event.attempt,
  };
}

function paymentChange(view: LinkView, event: JournalEvent): Change {
  switch (event.type) {
    case 'payment.fraud_check_started':
      return { progress: { step: 'fraud_check', problem: null } };
    case 'payment.challenge_started':
      return { progress: { step: 'challenge', problem: null } };
    case 'payment.processing':
      return { progress: { step: 'processing', problem: null } };
    case 'payment.declined':
      return {
        link: { status: view.link.amount_paid > 0 ? 'partially_paid' : 'active' },
        progress: { step: 'declined', problem: problemIn(event) },
        attention: 'declined',
      };
    case 'payment.paid':
      return {
        link: { status: 'paid', amount_paid: view.link.amount },
        progress: { step: 'paid', problem: null },
      };
    case 'payment.partially_paid':
      // Money came, and some is still due: it is the customer's move, as when they had just opened the page.
      return {
        link: { status: 'partially_paid' },
        progress: { step: 'opened', problem: null },
        stale: true,
      };
    case 'payment.authorised':
    case 'payment.paid_late':
      return { progress: { step: 'paid', problem: null }, stale: true };
    case 'payment.cancelled':
      return { stale: true };
    default:
      return {};
  }
}

function whereabouts(event: JournalEvent): Partial<Progress> {
  const device = textIn(event, 'device');
  const channel = channelOf(event);
  return { ...(device === null ? {} : { device }), ...(channel === null ? {} : { channel }) };
}

function forward(view: LinkView, step: Step): Partial<Progress> {
  const at = EARLY_STEPS.indexOf(view.link.progress.step);
  return at >= 0 && at < EARLY_STEPS.indexOf(step) ? { step, problem: null } : {};
}
