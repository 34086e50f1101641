/** What waits for a second person, and their word on it. */
import type { Client } from './client';
import { query } from './client';
import type { Card, Refund } from './money';
import type { Link, LinkStatus, Page } from './types';

export interface ListedRefund extends Refund {
  link: string;
  agent: string | null;
  customer: string | null;
}

export interface HeldPayment {
  /** The attempt's. */
  id: string;
  payment: string;
  link: string;
  agent: string | null;
  customer: string | null;
  amount: number;
  currency: string;
  card: Card;
  score: number;
  reasons: { code: string; text: string }[];
  created_at: string;
  decide_by: string;
}

export type Decision = 'approve' | 'reject';

const id = encodeURIComponent;
const SHOWN = 50;

/** Of those that can still go out: a link that was called off while it waited keeps its question. */
export async function linksWaiting(client: Client, signal: AbortSignal): Promise<Page<Link>> {
  const ask = (status: LinkStatus) =>
    client.http.json<Page<Link>>(
      `/v1/links${query({ approval: 'waiting', status, limit: SHOWN })}`,
      { signal },
    );
  const [fresh, part] = await Promise.all([ask('active'), ask('partially_paid')]);
  return {
    data: [...fresh.data, ...part.data],
    next_cursor: fresh.next_cursor ?? part.next_cursor,
    as_of: fresh.as_of,
  };
}

export function refundsWaiting(client: Client, signal: AbortSignal): Promise<Page<ListedRefund>> {
  const path = `/v1/refunds${query({ status: 'awaiting_approval', limit: SHOWN })}`;
  return client.http.json(path, { signal });
}

export function paymentsWaiting(client: Client, signal: AbortSignal): Promise<Page<HeldPayment>> {
  return client.http.json(`/v1/reviews${query({ limit: SHOWN })}`, { signal });
}

/** What is decided about, as an address; and why, where somebody says. */
export interface Verdict {
  about: { kind: 'link' | 'refund' | 'payment'; id: string; payment: string };
  decision: Decision;
  note: string;
}

export function decide(client: Client, verdict: Verdict, idempotencyKey: string): Promise<unknown> {
  const { about, decision } = verdict;
  const note = verdict.note === '' ? {} : { note: verdict.note };
  const post = (path: string, body: object) =>
    client.http.json(path, { method: 'POST', body, idempotencyKey });
  switch (about.kind) {
    case 'link':
      // To agree takes no reason.
      return post(`/v1/links/${id(about.id)}/${decision}`, decision === 'approve' ? {} : note);
    case 'refund':
      return post(`/v1/payments/${id(about.payment)}/refunds/${id(about.id)}/${decision}`, note);
    case 'payment':
      return post(`/v1/payments/${id(about.payment)}/review`, { decision, ...note });
  }
}
