/** The pay page watched: what runs on it, what browsers stopped, and what differs from our own code. */
import { query } from './client';
import type { Http } from './http';
import type { Page } from './types';

export interface Script {
  url: string;
  kind: 'own' | 'psp';
  loaded: string;
  reason: string;
  authorised: string;
  integrity: string | null;
  enforced: string;
}

/** One thing that is not as our own code sends it; `from` is ours, `to` what was found. */
export interface Difference {
  what: 'added' | 'removed' | 'changed';
  name: string;
  from: string | null;
  to: string | null;
}

export interface Check {
  state: 'unchecked' | 'as_expected' | 'accepted' | 'changed';
  seen: string;
  differences: Difference[];
  accepted_at: string | null;
  checked_at: string | null;
  tried_at: string | null;
}

export interface WatchedPage {
  account: string;
  provider: string;
  mode: string;
  scripts: Script[];
  policy: string;
  check: Check | null;
}

/** What one directive stopped from one place, however often. */
export interface BlockedScript {
  id: string;
  directive: string;
  blocked: string;
  source: string | null;
  enforced: boolean;
  count: number;
  first_at: string;
  last_at: string;
}

export async function watchedPages(http: Http, signal: AbortSignal): Promise<WatchedPage[]> {
  return (await http.json<Page<WatchedPage>>('/v1/page-scripts', { signal })).data;
}

export async function blockedScripts(http: Http, signal: AbortSignal): Promise<BlockedScript[]> {
  const path = `/v1/page-reports${query({ limit: 50 })}`;
  return (await http.json<Page<BlockedScript>>(path, { signal })).data;
}

/** What differs is meant, exactly as it was seen; refused (409) where it differs otherwise by now. */
export function acceptPage(
  http: Http,
  body: { account: string; seen: string },
  idempotencyKey: string,
): Promise<Check> {
  return http.json('/v1/page-baselines', { method: 'POST', body, idempotencyKey });
}
