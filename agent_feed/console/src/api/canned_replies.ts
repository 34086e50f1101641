/** Answers that are kept ready, in as many languages as somebody wrote them in. */
import { query } from './client';
import type { Http } from './http';
import type { Page } from './types';

export interface CannedReply {
  id: string;
  title: string;
  /** The text by language, such as "en". */
  texts: Record<string, string>;
  updated_at: string;
}

export interface CannedReplyDraft {
  title: string;
  texts: Record<string, string>;
}

const ROOT = '/v1/canned-replies';
const id = encodeURIComponent;

export async function cannedReplies(http: Http, signal: AbortSignal): Promise<CannedReply[]> {
  return (await http.json<Page<CannedReply>>(`${ROOT}${query({ limit: 200 })}`, { signal })).data;
}

/** Makes one, or changes the one of that id. */
export function keepReply(
  http: Http,
  replyId: string | null,
  draft: CannedReplyDraft,
  idempotencyKey: string,
): Promise<CannedReply> {
  if (replyId === null) return http.json(ROOT, { method: 'POST', body: draft, idempotencyKey });
  return http.json(`${ROOT}/${id(replyId)}`, { method: 'PATCH', body: draft });
}

export function removeReply(http: Http, replyId: string): Promise<void> {
  return http.json(`${ROOT}/${id(replyId)}`, { method: 'DELETE' });
}
