/** How the merchant's pay pages look: its brand, its logo, and a page in a brand that is being chosen. */
import { query } from './client';
import type { Http } from './http';
import { NoAnswer, refusalFrom } from './problem';

export const BRAND_FIELDS = [
  'accent',
  'legal_name',
  'support_phone',
  'support_email',
  'support_url',
  'terms_url',
  'privacy_url',
] as const;
export type BrandField = (typeof BRAND_FIELDS)[number];
export type BrandDraft = Record<BrandField, string>;

export interface Logo {
  digest: string;
  width: number;
  height: number;
}

interface Shades {
  accent: string;
  /** The colour is not quite the one chosen: that one could not be read. */
  adjusted: boolean;
}

export interface BrandFacts {
  logo: Logo | null;
  shades: { light: Shades; dark: Shades } | null;
}

const TIMEOUT_MS = 15_000;

export function brandFacts(http: Http, signal: AbortSignal): Promise<BrandFacts> {
  return http.json('/v1/brand', { signal });
}

/** Empty fields are said to be empty, so that what is saved does not shine through. */
export function previewPath(draft: BrandDraft, locale: string): string {
  const search = new URLSearchParams({ ...draft });
  return `/v1/brand/preview${query({ locale })}&${search.toString()}`;
}

/** Whether the page can be shown in this brand. Raises the `Refusal` that saving it would raise. */
export async function checkPreview(path: string, signal: AbortSignal): Promise<void> {
  const response = await send(path, { signal });
  if (!response.ok) throw await refusal(response);
}

/** PNG, JPEG or WebP. */
export async function putLogo(file: File, csrfToken: string | null): Promise<Logo> {
  const headers = {
    'Content-Type': file.type,
    ...(csrfToken !== null && { 'X-CSRF-Token': csrfToken }),
  };
  const response = await send('/v1/brand/logo', { method: 'PUT', headers, body: file });
  if (!response.ok) throw await refusal(response);
  return (await response.json()) as Logo;
}

export function dropLogo(http: Http): Promise<void> {
  return http.json('/v1/brand/logo', { method: 'DELETE' });
}

async function send(path: string, init: RequestInit): Promise<Response> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const signal = init.signal ? AbortSignal.any([init.signal, timeout]) : timeout;
  try {
    return await fetch(path, { credentials: 'same-origin', cache: 'no-store', ...init, signal });
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new NoAnswer(timeout.aborted ? 'timeout' : 'offline');
  }
}

async function refusal(response: Response) {
  const body: unknown = await response.json().catch(() => undefined);
  return refusalFrom(response.status, body, response.headers.get('retry-after'));
}
