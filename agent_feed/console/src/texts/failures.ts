/** What a failed request means for the person who waits. */
import { spokenAs } from '../lib/language';
import { NoAnswer, Refusal } from '../api/problem';

const ENGLISH = {
  title: 'This could not be loaded',
  offline: 'The service cannot be reached. Check your connection.',
  timeout: 'The service did not answer in time.',
  busy: 'Too many requests just now. Try again in a moment.',
  service: 'The service has a problem. Try again in a moment.',
  sessionOver: 'Your session has ended.',
  other: 'Something went wrong.',
  unknownFate:
    'No answer came back, so it may or may not have been done. Try again: it cannot be done twice.',
} as const;

export const failures = spokenAs('failures', ENGLISH);

export function failureText(failure: unknown): string {
  if (failure instanceof NoAnswer) {
    return failure.reason === 'timeout' ? failures.timeout : failures.offline;
  }
  if (!(failure instanceof Refusal)) return failures.other;
  if (failure.status === 401) return failures.sessionOver;
  if (failure.status === 429) return failures.busy;
  if (failure.status >= 500) return failures.service;
  return failure.detail || failure.title || failures.other;
}
