/**
 * One link as the list and the header show it: a snapshot at a position, and the entries after it folded in.
 *
 * Pure: a view and an event give a view. What an entry does not say in full (a new amount, a message's address)
 * marks the view stale, and whoever holds it takes the snapshot again.
 */
import type { JournalEvent, Link, LinkStatus, Progress } from '../api/types';
import type { Activity } from '../feed/frames';
import { changeBy, isUndelivered } from './changes';

/** Why a person should look at this link now. */
export type Attention = 'help' | 'renewal' | 'stalled' | 'declined' | 'undelivered';

export interface LinkView {
  readonly link: Link;
  /** Entries up to this position are already in it. */
  readonly upTo: number;
  readonly activeAt: string;
  readonly attention: Attention | null;
  readonly lastAttempt: string | null;
  readonly stale: boolean;
  /** What the customer does on the page just now, where that is known. */
  readonly activity: Activity | null;
}

const OPEN_STATUSES: readonly LinkStatus[] = ['active', 'in_progress', 'partially_paid'];

export function isOpen(link: Link): boolean {
  return OPEN_STATUSES.includes(link.status);
}

/** It ran out, and nothing has taken its place. */
export function isRenewable(link: Link): boolean {
  return link.status === 'expired' && !link.superseded_by;
}

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
    activity: null,
  };
}

function snapshotAttention(link: Link): Attention | null {
  const code = link.progress.problem?.code;
  if (code === 'renewal_requested' && isRenewable(link)) return 'renewal';
  if (!isOpen(link)) return null;
  if (code === 'help_requested') return 'help';
  if (code === 'stalled') return 'stalled';
  if (link.progress.step === 'declined') return 'declined';
  return isUndelivered(link) ? 'undelivered' : null;
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
    activity: before.activity,
  };
}

/** What a link's own entries, oldest first, say about it needing a person. */
export function attentionAfter(link: Link, events: readonly JournalEvent[]): Attention | null {
  if (!isOpen(link)) return null;
  const progress: Progress = { ...link.progress, step: 'created', problem: null };
  const start = viewOf({ ...link, status: 'active', messages: [], progress }, -1);
  return events.reduce(fold, start).attention;
}

export interface Seen {
  present: boolean;
  device: string | null;
  activity: Activity | null;
}

export function withPresence(view: LinkView, { present, device, activity }: Seen): LinkView {
  const progress = { ...view.link.progress, present, device: device ?? view.link.progress.device };
  return { ...view, activity: present ? activity : null, link: { ...view.link, progress } };
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
    activity: progress.present ? view.activity : null,
    upTo: event.position,
    activeAt: change.quiet ? view.activeAt : event.occurred_at,
    attention: isOpen(link) || (kept === 'renewal' && isRenewable(link)) ? kept : null,
    lastAttempt: change.lastAttempt === undefined ? view.lastAttempt : change.lastAttempt,
    stale: view.stale || change.stale === true,
  };
}

const ATTENTION_RANK: Record<Attention, number> = {
  help: 0,
  renewal: 1,
  stalled: 2,
  declined: 3,
  undelivered: 4,
};

/** What needs a person first, then the newest activity. */
export function byUrgency(a: LinkView, b: LinkView): number {
  const rank = (view: LinkView) => (view.attention === null ? 9 : ATTENTION_RANK[view.attention]);
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  if (a.activeAt !== b.activeAt) return a.activeAt < b.activeAt ? 1 : -1;
  return a.link.id < b.link.id ? 1 : -1;
}
