/**
 * What a host's page and the panel say to each other by `postMessage` (docs/embedding.md).
 *
 * Each message is an object with `paythread: 1`, the version, and a `type`. Whatever else arrives is nobody's concern
 * here and means nothing: other scripts of the host post messages, too.
 */
import type { LinkStatus, Step } from '../api/types';

export const VERSION = 1;

/** Whom the panel opens on: exactly one of these. */
export type Who =
  { phone: string } | { email: string } | { external_id: string } | { customer: string };

export interface Prefill {
  /** In minor units, with its currency. */
  amount?: number;
  currency?: string;
  description?: string;
  reference?: string;
}

export type HostMessage =
  | ({ type: 'open' } & { who: Who })
  | { type: 'compose'; fill: Prefill }
  | { type: 'show'; link: string }
  | { type: 'sign_in'; ticket: string };

/** Ids and states alone: who the customer is, the host asks the API with its own key. */
export type PanelMessage =
  | { type: 'ready' }
  | { type: 'sign_in_needed'; reason: 'start' | 'ended' | 'refused' }
  | { type: 'signed_in'; user: string }
  | { type: 'opened'; customer: string | null }
  | { type: 'link_created'; id: string; status: LinkStatus }
  | { type: 'progress'; link: string; step: Step; status: LinkStatus }
  | { type: 'paid'; link: string; status: LinkStatus };

const TEXT_MAX = 254;
const AMOUNT_MAX = 99_999_999_999;
const WHO_FIELDS = ['phone', 'email', 'external_id', 'customer'] as const;

/** What a host asks for, or null where it is none of ours, of another version, or malformed. */
export function readHostMessage(data: unknown): HostMessage | null {
  if (!isRecord(data) || data.paythread !== VERSION) return null;
  switch (data.type) {
    case 'open': {
      const who = readWho(data);
      return who === null ? null : { type: 'open', who };
    }
    case 'compose': {
      const fill = readPrefill(data);
      return fill === null ? null : { type: 'compose', fill };
    }
    case 'show':
      return isText(data.link) ? { type: 'show', link: data.link } : null;
    case 'sign_in':
      return isText(data.ticket) ? { type: 'sign_in', ticket: data.ticket } : null;
    default:
      return null;
  }
}

export function written(message: PanelMessage): Record<string, unknown> {
  return { paythread: VERSION, ...message };
}

/** The origin that embeds the page, from what the page was told and what the service allows; null: nobody known. */
export function hostOrigin(
  asked: string | null,
  ancestors: ArrayLike<string> | undefined,
  allowed: readonly string[],
): string | null {
  const found = asked ?? ancestors?.[0] ?? null;
  return found !== null && allowed.includes(found) ? found : null;
}

function readWho(data: Record<string, unknown>): Who | null {
  const given = WHO_FIELDS.filter((field) => data[field] !== undefined && data[field] !== null);
  const [field] = given;
  if (given.length !== 1 || field === undefined || !isText(data[field])) return null;
  return { [field]: data[field].trim() } as unknown as Who;
}

function readPrefill(data: Record<string, unknown>): Prefill | null {
  const { amount, currency, description, reference } = data;
  const fill: Prefill = {};
  if (amount !== undefined) {
    if (!Number.isSafeInteger(amount)) return null;
    const minor = amount as number;
    if (minor <= 0 || minor > AMOUNT_MAX || typeof currency !== 'string') return null;
    fill.amount = minor;
  }
  if (currency !== undefined) {
    if (typeof currency !== 'string' || !/^[A-Z]{3}$/.test(currency)) return null;
    fill.currency = currency;
  }
  if (description !== undefined) {
    if (!isText(description)) return null;
    fill.description = description;
  }
  if (reference !== undefined) {
    if (!isText(reference)) return null;
    fill.reference = reference;
  }
  return fill;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '' && value.length <= TEXT_MAX;
}
