/** Links and events for tests, whole but for what a test is about. */
import type { EventType } from '../api/event_types';
import type { JournalEvent, Link, Message, Progress } from '../api/types';

export const NOON = '2026-11-22T12:00:00Z';

/** `seconds` after noon. */
export function at(seconds: number): string {
  return new Date(Date.parse(NOON) + seconds * 1000).toISOString();
}

export function aProgress(over: Partial<Progress> = {}): Progress {
  return {
    step: 'created',
    since: NOON,
    present: false,
    device: null,
    channel: null,
    attempts: 0,
    problem: null,
    ...over,
  };
}

export function aMessage(over: Partial<Message> = {}): Message {
  return {
    id: 'msg_1',
    channel: 'sms',
    to: '+447700900123',
    status: 'queued',
    problem: null,
    created_at: NOON,
    ...over,
  };
}

export function aLink(over: Partial<Link> = {}): Link {
  return {
    id: 'lnk_1',
    url: 'https://pay.example/p/x',
    status: 'active',
    amount: 4999,
    currency: 'GBP',
    amount_paid: 0,
    description: 'Boiler service',
    reference: 'INV-7',
    payment: 'pay_1',
    customer: 'cus_1',
    agent: 'usr_1',
    created_at: NOON,
    expires_at: at(86400),
    messages: [aMessage()],
    customer_summary: { id: 'cus_1', name: 'Jane Doe', email: null, phone: '+447700900123' },
    progress: aProgress(),
    ...over,
  };
}

export function anEvent(
  type: EventType | (string & {}),
  position: number,
  data: Record<string, unknown> = {},
  over: Partial<JournalEvent> = {},
): JournalEvent {
  return {
    id: `evt_${position}`,
    position,
    type,
    occurred_at: at(position),
    merchant: 'mer_1',
    link: 'lnk_1',
    payment: 'pay_1',
    attempt: null,
    customer: 'cus_1',
    conversation: null,
    agent: null,
    channel: null,
    data,
    ...over,
  };
}
