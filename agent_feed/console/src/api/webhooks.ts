/** Webhook endpoints: where the merchant's own software is told, what was sent there, and sending it again. */
import { query } from './client';
import type { Http } from './http';
import type { Page } from './types';

export interface Endpoint {
  id: string;
  url: string;
  events: string[];
  status: 'enabled' | 'disabled';
  disabled_reason: string | null;
  failing_since: string | null;
  created_at: string;
}

export interface WebhookDelivery {
  id: string;
  event: string;
  type: string;
  position: number;
  replay: boolean;
  status: 'pending' | 'delivered' | 'failed';
  tries: number;
  response_status: number | null;
  problem: string | null;
  next_try_at: string | null;
  created_at: string;
}

/** One request and the start of its answer; both without words where their customer was erased. */
export interface Try {
  number: number;
  started_at: string;
  milliseconds: number;
  problem: string | null;
  request: { headers: Record<string, string> | null; body: string | null };
  response: {
    status: number | null;
    headers: Record<string, string> | null;
    body: string | null;
  } | null;
}

export type DeliveryWithLog = WebhookDelivery & { log: Try[] };

const id = encodeURIComponent;
const ROOT = '/v1/webhook-endpoints';

export async function endpoints(http: Http, signal: AbortSignal): Promise<Endpoint[]> {
  return (await http.json<Page<Endpoint>>(`${ROOT}${query({ limit: 200 })}`, { signal })).data;
}

export function makeEndpoint(
  http: Http,
  body: { url: string; events: string[] },
  idempotencyKey: string,
): Promise<Endpoint & { secret: string }> {
  return http.json(ROOT, { method: 'POST', body, idempotencyKey });
}

export function changeEndpoint(
  http: Http,
  endpoint: string,
  body: Partial<Pick<Endpoint, 'url' | 'events' | 'status'>>,
): Promise<Endpoint> {
  return http.json(`${ROOT}/${id(endpoint)}`, { method: 'PATCH', body });
}

export function removeEndpoint(http: Http, endpoint: string): Promise<void> {
  return http.json(`${ROOT}/${id(endpoint)}`, { method: 'DELETE' });
}

export function rotateSecret(
  http: Http,
  endpoint: string,
  idempotencyKey: string,
): Promise<{ secret: string }> {
  const path = `${ROOT}/${id(endpoint)}/rotate-secret`;
  return http.json(path, { method: 'POST', body: {}, idempotencyKey });
}

export function webhookDeliveries(
  http: Http,
  endpoint: string,
  status: WebhookDelivery['status'] | '',
  cursor: string | undefined,
  signal: AbortSignal,
): Promise<Page<WebhookDelivery>> {
  const path = `${ROOT}/${id(endpoint)}/deliveries${query({ limit: 25, status, cursor })}`;
  return http.json(path, { signal });
}

export function webhookDelivery(
  http: Http,
  endpoint: string,
  delivery: string,
): Promise<DeliveryWithLog> {
  return http.json(`${ROOT}/${id(endpoint)}/deliveries/${id(delivery)}`);
}

export function replayDelivery(
  http: Http,
  endpoint: string,
  delivery: string,
  idempotencyKey: string,
): Promise<WebhookDelivery> {
  const path = `${ROOT}/${id(endpoint)}/deliveries/${id(delivery)}/replay`;
  return http.json(path, { method: 'POST', body: {}, idempotencyKey });
}
