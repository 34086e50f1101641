/** The merchant's own words for messages, by name, channel and language. */
import type { Http } from './http';
import type { Page } from './types';

export interface MessageTemplate {
  name: string;
  channel: string;
  locale: string;
  subject: string | null;
  text: string;
  updated_at: string;
}

export interface MessageTemplates extends Page<MessageTemplate> {
  placeholders: string[];
}

/** What a link goes out with when nothing else is asked for. */
export const PAYMENT_LINK = 'payment_link';

const ROOT = '/v1/message-templates';

function path({ name, channel, locale }: { name: string; channel: string; locale: string }) {
  return [ROOT, ...[name, channel, locale].map(encodeURIComponent)].join('/');
}

export function messageTemplates(http: Http, signal: AbortSignal): Promise<MessageTemplates> {
  return http.json(ROOT, { signal });
}

export function keepTemplate(
  http: Http,
  draft: Omit<MessageTemplate, 'updated_at'>,
): Promise<MessageTemplate> {
  const { subject, text } = draft;
  return http.json(path(draft), { method: 'PUT', body: { subject, text } });
}

/** Our own words again. */
export function removeTemplate(http: Http, which: MessageTemplate): Promise<void> {
  return http.json(path(which), { method: 'DELETE' });
}
