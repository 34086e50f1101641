/**
 * One link as the list and the header show it: a snapshot at a position, and the entries after it folded in.
 *
 * Pure: a view and an event give a view. What an entry does not say in full (a new amount, a message's address)
 * marks the view stale, and whoever holds it takes the snapshot again.
 */
import type { DeliveryStatus, JournalEvent, Link, LinkStatus, Progress, Step } from '../api/types';
import { channelOf, objectIn, problemIn, textIn } from '../lib/data';
import { stuckAt, undelivered } from '../texts/guidance';

/** Why a person should look at this link now. */
export type Attention = 'help' | 'stalled' | 'declined' | 'undelivered';

export interface LinkView {
  readonly link: Link;
  /** Entries up to this position are already in it. */
  readonly upTo: number;
  readonly activeAt: string;
  readonly attention: Attention | null;
  readonly lastAttempt: string | null;
  readonly stale: boolean;
}

const OPEN_STATUSES: readonly LinkStatus[] = ['active', 'in_progress', 'partially_paid'];

export function isOpen(link: Link): boolean {
  return OPEN_STATUSES.includes(link.status);
}

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

export function viewOf(link: Link, upTo: number): LinkView {
  const { since } = link.progress;
  const activeAt = since > link.created_at ? since : link.created_at;
  return {
    link,
    upTo,
    activeAt,
    attention: snapshotAttention(link),
    lastAttempt: null,
    stale: false,
  };
}

function snapshotAttention(link: Link): Attention | null {
  if (!isOpen(link)) return null;
  const code = link.progress.problem?.code;
  if (code === 'help_requested') return 'help';
  if (code === 'stalled') return 'stalled';
  if (link.progress.step === 'declined') return 'declined';
  return isUndelivered(link) ? 'undelivered' : null;
}

/** Nothing arrived, and the last try failed. */
function isUndelivered(link: Link): boolean {
  const early = link.progress.step === 'created' || link.progress.step === 'sent';
  return (
    early && link.messages.length > 0 && link.messages.every((each) => each.status === 'failed')
  );
}

/**
 * A fresh snapshot, with what only the entries told before it (a stall, the last attempt) kept where it still holds.
 * A snapshot that is older than what was folded already changes nothing.
 */
export function refreshed(before: LinkView | undefined, snapshot: LinkView): LinkView {
  if (before === undefined) return snapshot;
  if (before.upTo > snapshot.upTo) return before;
  const sameStep = before.link.progress.step === snapshot.link.progress.step;
  const kept = sameStep && isOpen(snapshot.link) ? before.attention : null;
  return {
    ...snapshot,
    activeAt: before.activeAt > snapshot.activeAt ? before.activeAt : snapshot.activeAt,
    attention: snapshot.attention ?? kept,
    lastAttempt: before.lastAttempt,
  };
}

/** What a link's own entries, oldest first, say about it needing a person. */
export function attentionAfter(link: Link, events: readonly JournalEvent[]): Attention | null {
  if (!isOpen(link)) return null;
  const progress: Progress = { ...link.progress, step: 'created', problem: null };
  const start = viewOf({ ...link, status: 'active', messages: [], progress }, -1);
  return events.reduce(fold, start).attention;
}

export function withPresence(view: LinkView, present: boolean, device: string | null): LinkView {
  const progress = { ...view.link.progress, present, device: device ?? view.link.progress.device };
  return { ...view, link: { ...view.link, progress } };
}

interface Change {
  link?: Partial<Link>;
  progress?: Partial<Progress>;
  attention?: Attention | null;
  lastAttempt?: string | null;
  stale?: boolean;
  /** A scanner's visit or our own note is no activity of the link's. */
  quiet?: boolean;
}

export function fold(view: LinkView, event: JournalEvent): LinkView {
  if (event.link !== view.link.id || event.position <= view.upTo) return view;
  const change = changeBy(view, event);
  const before = view.link.progress;
  const moved = change.progress?.step !== undefined && change.progress.step !== before.step;
  const progress: Progress = {
    ...before,
    ...change.progress,
    since: moved ? event.occurred_at : before.since,
  };
  const link: Link = { ...view.link, ...change.link, progress };
  const kept = change.attention === undefined ? view.attention : change.attention;
  return {
    link,
    upTo: event.position,
    activeAt: change.quiet ? view.activeAt : event.occurred_at,
    attention: isOpen(link) ? kept : null,
    lastAttempt: change.lastAttempt === undefined ? view.lastAttempt : change.lastAttempt,
    stale: view.stale || change.stale === true,
  };
}

function changeBy(view: LinkView, event: JournalEvent): Change {
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
    case 'link.updated':
    case 'link.superseded':
      return { stale: true };
    default:
      return {};
  }
}

function messageChange(view: LinkView, event: JournalEvent): Change {
  const status = event.type.slice('message.'.length);
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
    progress: next === 'failed' && isEarly ? { problem: undelivered(moved.channel) } : progress,
    attention: failed ? 'undelivered' : view.attention === 'undelivered' ? null : view.attention,
  };
}

function checkoutChange(view: LinkView, event: JournalEvent): Change {
  switch (event.type) {
    case 'checkout.joined':
      return { progress: { ...whereabouts(event), present: true } };
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
    case 'payment.authorised':
    case 'payment.partially_paid':
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

const ATTENTION_RANK: Record<Attention, number> = {
  help: 0,
  stalled: 1,
  declined: 2,
  undelivered: 3,
};

/** What needs a person first, then the newest activity. */
export function byUrgency(a: LinkView, b: LinkView): number {
  const rank = (view: LinkView) => (view.attention === null ? 9 : ATTENTION_RANK[view.attention]);
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  if (a.activeAt !== b.activeAt) return a.activeAt < b.activeAt ? 1 : -1;
  return a.link.id < b.link.id ? 1 : -1;
}
