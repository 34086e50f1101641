/** What the embedded panel asks of the API beside what the console asks. */
import type { Who } from '../embed/protocol';
import { type Client, query } from './client';
import { Refusal } from './problem';
import type { CustomerSummary, Link, Page, SignedIn } from './types';

export interface Embedded extends SignedIn {
  token: string;
}

export function enter(client: Client, ticket: string): Promise<Embedded> {
  return client.http.json('/v1/embed/sessions', {
    method: 'POST',
    body: { ticket },
    mayBeSignedOut: true,
  });
}

/** The screen pop's customer, or null where nobody has the address. */
export async function whoIs(
  client: Client,
  who: Who,
  signal: AbortSignal,
): Promise<CustomerSummary | null> {
  try {
    if ('customer' in who) {
      const path = `/v1/customers/${encodeURIComponent(who.customer)}`;
      return await client.http.json<CustomerSummary>(path, { signal });
    }
    const path = `/v1/customers/lookup${query({ ...who })}`;
    return (await client.http.json<{ customer: CustomerSummary }>(path, { signal })).customer;
  } catch (failure) {
    if (failure instanceof Refusal && [400, 404, 422].includes(failure.status)) return null;
    throw failure;
  }
}

/** The newest links of a customer. */
export function linksOf(
  client: Client,
  customer: string,
  signal: AbortSignal,
): Promise<Page<Link>> {
  return client.http.json(`/v1/links${query({ customer, limit: 20 })}`, { signal });
}
