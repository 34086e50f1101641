/** A payment's movements as a small ledger: what came, what went back, what the customer's bank disputes. Pure. */
import type { Card, Payment, Refund } from '../api/money';

export type Movement =
  | { kind: 'captured' | 'held'; id: string; at: string; minor: number; card: Card }
  | { kind: 'refund'; id: string; at: string; minor: number; refund: Refund }
  | {
      kind: 'dispute';
      id: string;
      at: string;
      minor: number;
      status: string;
      reason: string | null;
    };

/** Oldest first. A refund is negative, and so is a dispute that is lost. */
export function ledgerOf(payment: Payment): Movement[] {
  const tries = payment.attempts.flatMap((attempt): Movement[] => {
    const { id, card } = attempt;
    const line = { id, at: attempt.created_at, card };
    if (attempt.status === 'succeeded') {
      return [{ ...line, kind: 'captured', minor: attempt.amount_captured ?? attempt.amount }];
    }
    return attempt.status === 'authorised'
      ? [{ ...line, kind: 'held', minor: attempt.amount }]
      : [];
  });
  const refunds = payment.refunds.map((refund): Movement => ({
    kind: 'refund',
    id: refund.id,
    at: refund.created_at,
    minor: -refund.amount,
    refund,
  }));
  const disputes = payment.disputes.map((dispute): Movement => ({
    kind: 'dispute',
    id: dispute.id,
    at: dispute.created_at,
    minor: dispute.status === 'lost' ? -dispute.amount : dispute.amount,
    status: dispute.status,
    reason: dispute.reason,
  }));
  return [...tries, ...refunds, ...disputes].sort((a, b) => a.at.localeCompare(b.at));
}

/** What is held and not taken yet: of the try that holds it. */
export function heldOf(payment: Payment): { minor: number; isUnderReview: boolean } | null {
  const held = payment.attempts.find((attempt) => attempt.status === 'authorised');
  if (held === undefined) return null;
  return { minor: held.amount, isUnderReview: held.review === 'waiting' };
}

/** Who an actor is, as the journal writes one: a user's id, or null for software and ourselves. */
export function userOf(actor: string): string | null {
  return actor.startsWith('user:') ? actor.slice('user:'.length) : null;
}
