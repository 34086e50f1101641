/** Threads, what is said in them, and answers that are kept ready. */
import { query } from './client';
import type { Http } from './http';
import type { DeliveryStatus, MessageProblem, Page } from './types';

export interface LastWords {
  id: string;
  direction: 'in' | 'out';
  text: string;
  at: string;
}

export interface Thread {
  id: string;
  channel: string;
  /** Null once the customer was erased. */
  address: string | null;
  customer: string | null;
  customer_name: string | null;
  agent: string | null;
  status: 'open' | 'closed';
  served_by: 'person' | 'bot';
  consent: string;
  /** Until when the network carries free text. */
  window: { open: boolean; closes_at: string | null };
  last_message: LastWords | null;
  unread: number;
  opened_at: string;
  closed_at: string | null;
  last_message_at: string;
}

/** One message of a thread, with its words and how far it came. */
export interface ThreadMessage {
  id: string;
  direction: 'in' | 'out';
  channel: string;
  from: string | null;
  to: string;
  status: DeliveryStatus | 'received';
  problem: MessageProblem | null;
  purpose?: string | null;
  superseded_at?: string | null;
  link: string | null;
  agent: string | null;
  subject: string | null;
  text: string;
  attachments: readonly string[];
  edits: string | null;
  card_number_masked: boolean;
  unverified: boolean;
  created_at: string;
}

export interface CannedReply {
  id: string;
  title: string;
  /** As the customer of the thread would read it. */
  text: string;
}

export interface ThreadFilter {
  status?: 'open' | 'closed';
  agent?: string;
  customer?: string;
  q?: string;
  unread?: 'true';
  limit?: number;
  cursor?: string;
}

export type Act = 'assign' | 'transfer' | 'hand-over' | 'close' | 'reopen' | 'read';

const PAGE = 50;
const at = (id: string) => `/v1/conversations/${encodeURIComponent(id)}`;

export function threads(
  http: Http,
  filter: ThreadFilter,
  signal?: AbortSignal,
): Promise<Page<Thread>> {
  return http.json(`/v1/conversations${query({ ...filter })}`, signal ? { signal } : {});
}

export function thread(http: Http, id: string): Promise<Thread> {
  return http.json(at(id));
}

/** Newest first. */
export function saidIn(http: Http, id: string, cursor?: string): Promise<Page<ThreadMessage>> {
  return http.json(`${at(id)}/messages${query({ limit: PAGE, cursor })}`);
}

export function write(
  http: Http,
  id: string,
  body: { text: string; after?: string },
  idempotencyKey: string,
): Promise<ThreadMessage> {
  return http.json(`${at(id)}/messages`, { method: 'POST', body, idempotencyKey });
}

/** Each act done twice is done once, so that every press may have a key of its own. */
export function act(http: Http, id: string, what: Act, body: object = {}): Promise<Thread> {
  const idempotencyKey = crypto.randomUUID();
  return http.json(`${at(id)}/${what}`, { method: 'POST', body, idempotencyKey });
}

export async function repliesFor(http: Http, id: string): Promise<CannedReply[]> {
  const path = `/v1/canned-replies${query({ conversation: id, limit: 200 })}`;
  return (await http.json<Page<CannedReply>>(path)).data;
}
