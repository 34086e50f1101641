/** Threads and what is said in them, for tests, whole but for what a test is about. */
import type { Thread, ThreadMessage } from '../api/conversations';
import type { JournalEvent } from '../api/types';
import { anEvent, NOON } from './samples';

export function aThread(over: Partial<Thread> = {}): Thread {
  return {
    id: 'cnv_1',
    channel: 'sms',
    address: '+447700900123',
    customer: 'cus_1',
    customer_name: 'Jane Doe',
    agent: 'usr_1',
    status: 'open',
    served_by: 'person',
    consent: 'unknown',
    window: { open: true, closes_at: null },
    last_message: { id: 'msg_1', direction: 'in', text: 'Hello', at: NOON },
    unread: 0,
    opened_at: NOON,
    closed_at: null,
    last_message_at: NOON,
    ...over,
  };
}

export function aSaid(over: Partial<ThreadMessage> = {}): ThreadMessage {
  return {
    id: 'msg_1',
    direction: 'in',
    channel: 'sms',
    from: '+447700900123',
    to: '',
    status: 'received',
    problem: null,
    link: null,
    agent: null,
    subject: null,
    text: 'Hello',
    attachments: [],
    edits: null,
    card_number_masked: false,
    unverified: false,
    created_at: NOON,
    ...over,
  };
}

/** An entry about the thread `cnv_1`. */
export function threadEvent(
  type: string,
  position: number,
  data: Record<string, unknown> = {},
): JournalEvent {
  return anEvent(type, position, data, { conversation: 'cnv_1', channel: 'sms', link: null });
}
