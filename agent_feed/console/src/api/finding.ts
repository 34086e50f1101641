/** Customers found as one types, and what their messages would say. */
import type { Client } from './client';
import { query } from './client';
import type { CustomerSummary, Page } from './types';

export interface Consent {
  channel: string;
  address: string;
  state: string;
}

export interface FoundCustomer extends CustomerSummary {
  external_id: string | null;
  locale: string | null;
  preferred_channel: string | null;
  consents: Consent[];
}

export interface Preview {
  channel: string;
  locale: string;
  subject: string | null;
  text: string;
  sms: { segments: number; units: number; units_per_segment: number; encoding: string } | null;
}

const FOUND_MAX = 8;

export async function findCustomers(
  client: Client,
  q: string,
  signal: AbortSignal,
): Promise<FoundCustomer[]> {
  const path = `/v1/customers${query({ q, limit: FOUND_MAX })}`;
  return (await client.http.json<Page<FoundCustomer>>(path, { signal })).data;
}

/** Stores and sends nothing. */
export function previewMessage(
  client: Client,
  asked: {
    channel: string;
    amount: number;
    currency: string;
    description?: string;
    locale?: string;
  },
  signal: AbortSignal,
): Promise<Preview> {
  return client.http.json('/v1/message-previews', { method: 'POST', body: asked, signal });
}
