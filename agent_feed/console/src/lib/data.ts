/** Reading an event's open `data`: every field may be missing or of another kind. */
import type { JournalEvent, Problem } from '../api/types';

export function textIn(event: JournalEvent, field: string): string | null {
  const value = event.data[field];
  return typeof value === 'string' && value !== '' ? value : null;
}

export function numberIn(event: JournalEvent, field: string): number | null {
  const value = event.data[field];
  return typeof value === 'number' ? value : null;
}

export function objectIn(event: JournalEvent, field: string): Record<string, unknown> | null {
  const value = event.data[field];
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}

/** The channel an event belongs to: beside the data, or in it. */
export function channelOf(event: JournalEvent): string | null {
  return event.channel ?? textIn(event, 'channel');
}

/** The words of a problem, where the event carries any. */
export function problemIn(event: JournalEvent): Problem | null {
  const code = textIn(event, 'code');
  const customerMessage = textIn(event, 'customer_message');
  const agentHint = textIn(event, 'agent_hint');
  if (customerMessage === null && agentHint === null) return null;
  return {
    code: code ?? '',
    customer_message: customerMessage ?? '',
    agent_hint: agentHint ?? '',
  };
}
