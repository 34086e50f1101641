/** The journal as evidence: who did what to which object, when, and from where. */
import { query } from './client';
import { readFile } from './files';
import type { Http } from './http';
import type { JournalEvent, Page } from './types';

export interface Evidence extends JournalEvent {
  actor: string;
  /** The address that it came from, where there is one. */
  origin: string | null;
  hash: string;
  previous_hash: string;
}

/** What is looked for; what is empty is no limit. Times are moments (RFC 3339). */
export interface EvidenceSearch {
  from: string;
  to: string;
  types: string;
  actor: string;
  about: string;
  origin: string;
}

export interface EvidencePage extends Page<Evidence> {
  /** How far back this page has looked: it may be short, though there is more. */
  looked_back_to: string | null;
}

export function searchJournal(
  http: Http,
  search: EvidenceSearch,
  cursor: string | null,
  signal: AbortSignal,
): Promise<EvidencePage> {
  const path = `/v1/journal${query({ ...search, limit: 50, cursor: cursor ?? undefined })}`;
  return http.json<EvidencePage>(path, { signal });
}

/** What proves it: the key that exports are signed with, and up to where an anchor has been taken. */
export interface Proof {
  public_key: string;
  anchored: { position: number; hash: string; taken_at: string } | null;
}

export function journalProof(http: Http, signal: AbortSignal): Promise<Proof> {
  return http.json<Proof>('/v1/journal/proof', { signal });
}

/** Every entry of these days in one signed file; '' is no limit. */
export function exportJournal(days: { from: string; to: string }): Promise<Blob> {
  return readFile(`/v1/journal/export${query(days)}`, 'application/x-ndjson');
}
