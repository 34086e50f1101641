/** One customer: who they are, what they agreed to, what they owe, what happened with them. */
import { query } from './client';
import type { Http } from './http';
import type { Customer, CustomerSummary, JournalEvent, Link, Page } from './types';

export interface Address {
  kind: string;
  address: string;
  verified: boolean;
}

export interface Consent {
  channel: string;
  address: string;
  state: string;
  changed_at: string;
  how: string;
  changed_by: string;
  /** Where it was said, if elsewhere. */
  said_on: string;
}

export interface WholeCustomer extends Customer {
  status: 'active' | 'merged' | 'erased';
  addresses: readonly Address[];
  preferred_channel: string | null;
  consents: readonly Consent[];
  merged_into: string | null;
}

export interface CustomerChanges {
  name?: string | null;
  email?: string | null;
  phone?: string | null;
  external_id?: string | null;
  locale?: string | null;
  preferred_channel?: string | null;
}

const LINKS_SHOWN_MAX = 50;
const at = (id: string) => `/v1/customers/${encodeURIComponent(id)}`;

export function wholeCustomer(http: Http, id: string): Promise<WholeCustomer> {
  return http.json(at(id));
}

export function changeCustomer(
  http: Http,
  id: string,
  changes: CustomerChanges,
): Promise<WholeCustomer> {
  return http.json(at(id), { method: 'PATCH', body: changes });
}

export function noteConsent(
  http: Http,
  id: string,
  consent: { channel: string; state: 'granted' | 'stopped' },
  idempotencyKey: string,
): Promise<WholeCustomer> {
  return http.json(`${at(id)}/consents`, { method: 'POST', body: consent, idempotencyKey });
}

export function addNote(
  http: Http,
  id: string,
  text: string,
  idempotencyKey: string,
): Promise<unknown> {
  return http.json(`${at(id)}/notes`, { method: 'POST', body: { text }, idempotencyKey });
}

/** `from` is merged into `id`, who survives. Done twice it is done once. */
export function merge(http: Http, id: string, from: string, key: string): Promise<WholeCustomer> {
  return http.json(`${at(id)}/merge`, { method: 'POST', body: { from }, idempotencyKey: key });
}

/** Answers whoever was restored. */
export function unmerge(http: Http, id: string, key: string): Promise<WholeCustomer> {
  return http.json(`${at(id)}/unmerge`, { method: 'POST', body: {}, idempotencyKey: key });
}

export function erase(http: Http, id: string, key: string): Promise<WholeCustomer> {
  return http.json(`${at(id)}/erase`, { method: 'POST', body: {}, idempotencyKey: key });
}

/** Everything that is kept of them; that it was asked for is recorded. */
export function exported(http: Http, id: string): Promise<unknown> {
  return http.json(`${at(id)}/export`);
}

export async function search(
  http: Http,
  q: string,
  signal: AbortSignal,
): Promise<CustomerSummary[]> {
  const path = `/v1/customers${query({ q, limit: 10 })}`;
  return (await http.json<Page<CustomerSummary>>(path, { signal })).data;
}

export async function linksOf(http: Http, id: string): Promise<Link[]> {
  const path = `/v1/links${query({ customer: id, limit: LINKS_SHOWN_MAX })}`;
  return (await http.json<Page<Link>>(path)).data;
}

export function history(
  http: Http,
  id: string,
  types: string | undefined,
  cursor?: string,
): Promise<Page<JournalEvent>> {
  return http.json(`${at(id)}/timeline${query({ limit: 50, types, cursor })}`);
}
