/** The floor and what is done from it: one snapshot, incidents, handing a link over, a word to its agent. */
import type { Http } from './http';
import { query } from './client';
import type { Link, LinkStatus, Step } from './types';

export type Need = 'help' | 'stalled' | 'declined' | 'undelivered';

export interface FloorLink {
  id: string;
  status: LinkStatus;
  agent: string | null;
  usage: 'single' | 'multi';
  reference: string | null;
  step: Step;
  since: string;
  present: boolean;
  device: string | null;
  channel: string | null;
  attempts: number;
  problem: string | null;
  need: Need | null;
  amount: number;
  currency: string;
  created_at: string;
}

/** What the day came to for one agent and channel. */
export interface DayPart {
  agent: string | null;
  channel: string | null;
  links_made: number;
  links_paid: number;
  payments: number;
  declined: number;
  amounts: Record<string, number>;
  /** From the first message sent to the payment, of each link made today and paid. */
  seconds: number[];
}

export interface FloorSnapshot {
  as_of: number;
  from: string;
  to: string;
  timezone: string;
  links: FloorLink[];
  day: DayPart[];
  online: string[];
  names: Record<string, string>;
  /** There are more open links than are told of. */
  more: boolean;
}

export interface Incident {
  kind: string;
  since: string;
  account: string | null;
  channel: string | null;
  event: string;
  data: Record<string, unknown>;
}

export interface Whisper {
  id: string;
  link: string;
  agent: string;
  by: string | null;
  text: string;
  created_at: string;
}

const id = encodeURIComponent;

export function floor(http: Http, timezone: string, signal?: AbortSignal): Promise<FloorSnapshot> {
  const asked = query({ detail: 'true', timezone });
  return http.json(`/v1/floor${asked}`, signal ? { signal } : {});
}

export async function incidents(http: Http, signal?: AbortSignal): Promise<Incident[]> {
  const answer = await http.json<{ data: Incident[] }>('/v1/incidents', signal ? { signal } : {});
  return answer.data;
}

export function assignLink(
  http: Http,
  linkId: string,
  agent: string,
  idempotencyKey: string,
): Promise<Link> {
  const path = `/v1/links/${id(linkId)}/assign`;
  return http.json(path, { method: 'POST', body: { agent }, idempotencyKey });
}

export function whisper(
  http: Http,
  linkId: string,
  text: string,
  idempotencyKey: string,
): Promise<Whisper> {
  const path = `/v1/links/${id(linkId)}/whispers`;
  return http.json(path, { method: 'POST', body: { text }, idempotencyKey });
}
