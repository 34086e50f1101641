/** What waits for a second person, of three kinds and one shape, so that one screen can show it. Pure. */
import type { Card, RefundReason } from '../api/money';
import type { HeldPayment, ListedRefund } from '../api/reviews';
import type { JournalEvent, Link } from '../api/types';
import { userOf } from './ledger';

export interface Case {
  kind: 'payment' | 'refund' | 'link';
  id: string;
  link: string;
  payment: string;
  minor: number;
  currency: string;
  since: string;
  /** Whose work the link is. */
  agent: string | null;
  /** Who asked, where that is known to be another. */
  asker: string | null;
  /** When nobody's word counts as a no. */
  decideBy: string | null;
  reasons: readonly string[];
  refundReason: RefundReason | null;
  card: Card | null;
  score: number | null;
  /** The link itself, where the list has brought it along. */
  about: Link | null;
}

export function caseOfLink(link: Link): Case {
  return {
    ...EMPTY,
    kind: 'link',
    id: link.id,
    link: link.id,
    payment: link.payment,
    minor: link.amount,
    currency: link.currency,
    since: link.created_at,
    agent: link.agent,
    about: link,
  };
}

export function caseOfRefund(refund: ListedRefund): Case {
  return {
    ...EMPTY,
    kind: 'refund',
    id: refund.id,
    link: refund.link,
    payment: refund.payment,
    minor: refund.amount,
    currency: refund.currency,
    since: refund.created_at,
    agent: refund.agent,
    asker: userOf(refund.ordered_by),
    refundReason: refund.reason as RefundReason | null,
  };
}

export function caseOfPayment(held: HeldPayment): Case {
  return {
    ...EMPTY,
    kind: 'payment',
    id: held.id,
    link: held.link,
    payment: held.payment,
    minor: held.amount,
    currency: held.currency,
    since: held.created_at,
    agent: held.agent,
    decideBy: held.decide_by,
    reasons: held.reasons.map((reason) => reason.text),
    card: held.card,
    score: held.score,
  };
}

const EMPTY = {
  asker: null,
  decideBy: null,
  reasons: [],
  refundReason: null,
  card: null,
  score: null,
  about: null,
};

/** The service refuses these; nobody should have to press to learn it. */
export function isOwn(one: Case, me: string): boolean {
  return one.kind === 'refund' ? one.asker === me : one.agent === me;
}

/** To say no to one's own held payment takes nothing from anybody. */
export function mayReject(one: Case, me: string): boolean {
  return one.kind === 'payment' || !isOwn(one, me);
}

const TOLD: ReadonlySet<string> = new Set([
  'payment.review_opened',
  'payment.review_decided',
  'payment.cancelled',
  'refund.created',
  'refund.decided',
  'link.cancelled',
  'link.expired',
]);

/** Whether what waits may be another after this event. */
export function changesWaiting(event: JournalEvent): boolean {
  const isLink = event.type === 'link.created' || event.type === 'link.updated';
  return TOLD.has(event.type) || (isLink && 'approval' in event.data);
}
