/** The merchant's accounts at payment and message providers, and a try of each. */
import type { Http } from './http';
import type { Page } from './types';

export interface Account {
  id: string;
  kind: 'psp' | 'channel';
  channel: string | null;
  label: string | null;
  provider: string;
  sender: string | null;
  active: boolean;
  /** Where the provider reports to. */
  webhook_url: string;
}

export interface AccountTrial {
  account: string;
  ok: boolean;
  detail: string | null;
  tested_at: string;
}

/** The provider is given time to answer, and so is this. */
const TRIAL_MS = 25_000;

export async function accounts(http: Http, signal: AbortSignal): Promise<Account[]> {
  return (await http.json<Page<Account>>('/v1/accounts', { signal })).data;
}

/** Nothing is sent, and no money moves. */
export function tryAccount(http: Http, account: string): Promise<AccountTrial> {
  return http.json(`/v1/accounts/${encodeURIComponent(account)}/test`, {
    method: 'POST',
    timeoutMs: TRIAL_MS,
  });
}
