/** The merchant's own words for a situation. */
import type { Client } from './client';

export const SITUATIONS = [
  'declined_funds',
  'declined',
  'bank_app',
  'wrong_code',
  'stuck_field',
  'not_arrived',
  'stalled',
  'help',
  'expired',
] as const;
export type Situation = (typeof SITUATIONS)[number];

export const SCRIPT_LENGTH_MAX = 600;

export interface Script {
  situation: string;
  /** Null where the console's own words hold. */
  text: string | null;
}

export async function readScripts(client: Client, signal?: AbortSignal): Promise<Script[]> {
  const answer = await client.http.json<{ data: Script[] }>(
    '/v1/guidance',
    signal ? { signal } : {},
  );
  return answer.data;
}

/** Setting the same again changes nothing, so it needs no key. */
export function setScript(client: Client, situation: Situation, text: string): Promise<Script> {
  return client.http.json(`/v1/guidance/${situation}`, { method: 'PUT', body: { text } });
}

export function removeScript(client: Client, situation: Situation): Promise<void> {
  return client.http.json(`/v1/guidance/${situation}`, { method: 'DELETE' });
}
