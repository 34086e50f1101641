/** The endpoints this console uses, typed. Every method rejects with `Refusal` or `NoAnswer`. */
import type { Consent } from './finding';
import type { Http } from './http';
import type { SignInAnswer } from './people';
import { Refusal } from './problem';
import type {
  Channel,
  Colleague,
  Customer,
  CustomerSummary,
  JournalEvent,
  Link,
  LinkDraft,
  LinkFilter,
  Message,
  Page,
  Said,
  SignedIn,
} from './types';

/** What the screen pop knows about an address. */
export interface KnownCustomer {
  customer: CustomerSummary;
  /** Open or overdue. */
  unpaidLinks: number;
  preferredChannel: string | null;
  /** The channels by which nothing may be sent, and those that were agreed to. */
  stopped: ReadonlySet<string>;
  granted: ReadonlySet<string>;
  /** The channels by which the last message did not arrive. */
  failed: ReadonlySet<string>;
}

export function query(parameters: Record<string, string | number | undefined>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== '') search.set(name, String(value));
  }
  const written = search.toString();
  return written === '' ? '' : `?${written}`;
}

const id = encodeURIComponent;
const FATES: ReadonlySet<string> = new Set(['message.failed', 'message.delivered', 'message.read']);

export class Client {
  /** For the screens that keep their own calls in a file beside this one (`api/reports.ts`, …). */
  constructor(readonly http: Http) {}

  signIn(email: string, password: string): Promise<SignInAnswer> {
    return this.http.json('/v1/sessions', {
      method: 'POST',
      body: { email, password },
      mayBeSignedOut: true,
    });
  }

  currentSession(): Promise<SignedIn> {
    return this.http.json('/v1/sessions/current', { mayBeSignedOut: true });
  }

  /** Opens the feed once, within seconds, where there is no cookie. */
  async feedTicket(): Promise<string> {
    const path = '/v1/feed/tickets';
    return (await this.http.json<{ ticket: string }>(path, { method: 'POST', body: {} })).ticket;
  }

  signOut(): Promise<void> {
    return this.http.json('/v1/sessions/current', { method: 'DELETE', mayBeSignedOut: true });
  }

  async colleagues(): Promise<Colleague[]> {
    const answer = await this.http.json<Colleague[] | { data: Colleague[] }>('/v1/users');
    return Array.isArray(answer) ? answer : answer.data;
  }

  async channels(): Promise<Channel[]> {
    return (await this.http.json<{ data: Channel[] }>('/v1/channels')).data;
  }

  links(filter: LinkFilter, signal?: AbortSignal): Promise<Page<Link>> {
    return this.http.json(`/v1/links${query({ ...filter })}`, signal ? { signal } : {});
  }

  link(linkId: string): Promise<Link> {
    return this.http.json(`/v1/links/${id(linkId)}`);
  }

  linkEvents(linkId: string, cursor?: string): Promise<Page<JournalEvent>> {
    return this.http.json(`/v1/links/${id(linkId)}/events${query({ limit: 200, cursor })}`);
  }

  createLink(draft: LinkDraft, idempotencyKey: string): Promise<Link> {
    return this.http.json('/v1/links', { method: 'POST', body: draft, idempotencyKey });
  }

  sendMessage(
    linkId: string,
    message: { channel: string; to?: string },
    idempotencyKey: string,
  ): Promise<Message> {
    const path = `/v1/links/${id(linkId)}/messages`;
    return this.http.json(path, { method: 'POST', body: message, idempotencyKey });
  }

  cancelLink(linkId: string, idempotencyKey: string): Promise<Link> {
    const path = `/v1/links/${id(linkId)}/cancel`;
    return this.http.json(path, { method: 'POST', body: {}, idempotencyKey });
  }

  /** What the second person says about a big link. */
  decideLink(
    linkId: string,
    decision: 'approve' | 'reject',
    idempotencyKey: string,
  ): Promise<Link> {
    const path = `/v1/links/${id(linkId)}/${decision}`;
    return this.http.json(path, { method: 'POST', body: {}, idempotencyKey });
  }

  /** What was said in a thread, newest first. */
  async said(conversationId: string): Promise<Said[]> {
    const path = `/v1/conversations/${id(conversationId)}/messages${query({ limit: 50 })}`;
    return (await this.http.json<Page<Said>>(path)).data;
  }

  answer(conversationId: string, text: string, idempotencyKey: string): Promise<Said> {
    const path = `/v1/conversations/${id(conversationId)}/messages`;
    return this.http.json(path, { method: 'POST', body: { text }, idempotencyKey });
  }

  customer(customerId: string): Promise<Customer> {
    return this.http.json(`/v1/customers/${id(customerId)}`);
  }

  timeline(customerId: string, cursor?: string, types?: string): Promise<Page<JournalEvent>> {
    return this.http.json(
      `/v1/customers/${id(customerId)}/timeline${query({ limit: 50, cursor, types })}`,
    );
  }

  /** The customer behind an address, or null where nobody has it. */
  async lookUp(
    address: { phone: string } | { email: string },
    signal: AbortSignal,
  ): Promise<KnownCustomer | null> {
    try {
      const path = `/v1/customers/lookup${query({ ...address })}`;
      return knownCustomer(await this.http.json<Record<string, unknown>>(path, { signal }));
    } catch (failure) {
      // An address that is unknown, or not yet one while it is being typed, is an ordinary answer here.
      if (failure instanceof Refusal && [400, 404, 422].includes(failure.status)) return null;
      throw failure;
    }
  }
}

function knownCustomer(answer: Record<string, unknown>): KnownCustomer | null {
  const found = 'customer' in answer ? answer.customer : answer;
  if (typeof found !== 'object' || found === null || !('id' in found)) return null;
  const links: unknown[] = Array.isArray(answer.links) ? answer.links : [];
  const consents = (found as { consents?: Consent[] }).consents ?? [];
  const inState = (state: string) =>
    new Set(consents.filter((each) => each.state === state).map((each) => each.channel));
  return {
    customer: found as CustomerSummary,
    unpaidLinks: links.length,
    preferredChannel:
      typeof answer.preferred_channel === 'string' ? answer.preferred_channel : null,
    stopped: inState('stopped'),
    granted: inState('granted'),
    failed: failedChannels(answer.interactions),
  };
}

/** Of the last contacts, newest first: what became of the latest message of each channel. */
function failedChannels(interactions: unknown): ReadonlySet<string> {
  const failed = new Set<string>();
  const told = new Set<string>();
  for (const event of Array.isArray(interactions) ? (interactions as JournalEvent[]) : []) {
    const { channel } = event;
    if (channel === null || !FATES.has(event.type) || told.has(channel)) continue;
    told.add(channel);
    if (event.type === 'message.failed') failed.add(channel);
  }
  return failed;
}
