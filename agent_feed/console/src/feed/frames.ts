/** The frames of paythread.feed.v1, read from text. What is unknown or malformed reads as null. */
import type { JournalEvent } from '../api/types';

export const SUBPROTOCOL = 'paythread.feed.v1';

export type ServerFrame =
  | { op: 'ready'; position: number; epoch: string; reset: boolean }
  | { op: 'event'; event: JournalEvent }
  | { op: 'presence'; link: string; present: boolean; device: string | null }
  | { op: 'heartbeat'; position: number };

export type ClientFrame =
  | { op: 'subscribe'; after: number | null; topics: readonly string[] }
  | { op: 'ack'; position: number };

export const CLOSED = {
  badFrame: 4400,
  topicNotAllowed: 4403,
  tooSlow: 4408,
  sessionRevoked: 4409,
} as const;

type Fields = Record<string, unknown>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function parseFrame(text: string): ServerFrame | null {
  let frame: unknown;
  try {
    frame = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isFields(frame)) return null;
  switch (frame.op) {
    case 'ready':
      return typeof frame.position === 'number'
        ? {
            op: 'ready',
            position: frame.position,
            epoch: typeof frame.epoch === 'string' ? frame.epoch : '',
            reset: frame.reset === true,
          }
        : null;
    case 'event':
      return isFields(frame.event) ? eventFrame(frame.event) : null;
    case 'presence':
      return typeof frame.link === 'string'
        ? {
            op: 'presence',
            link: frame.link,
            present: frame.present === true,
            device: typeof frame.device === 'string' ? frame.device : null,
          }
        : null;
    case 'heartbeat':
      return typeof frame.position === 'number'
        ? { op: 'heartbeat', position: frame.position }
        : null;
    default:
      return null;
  }
}

function eventFrame(event: Fields): ServerFrame | null {
  if (typeof event.position !== 'number' || typeof event.type !== 'string') return null;
  return {
    op: 'event',
    event: { ...event, data: isFields(event.data) ? event.data : {} } as never,
  };
}
