/** The frames of paythread.feed.v1, read from text. What is unknown or malformed reads as null. */
import type { JournalEvent } from '../api/types';

export const SUBPROTOCOL = 'paythread.feed.v1';

/** What the customer does on the page: in a field, there, or nothing for a while. */
export type Activity = 'typing' | 'active' | 'idle';

/** Somebody else who looks at the same link. */
export interface Watcher {
  readonly id: string;
  readonly name: string;
}

export type ServerFrame =
  | { op: 'ready'; position: number; epoch: string; reset: boolean }
  | { op: 'event'; event: JournalEvent }
  | {
      op: 'presence';
      link: string;
      present: boolean;
      device: string | null;
      activity: Activity | null;
    }
  | { op: 'watchers'; link: string; agents: readonly Watcher[] }
  | { op: 'heartbeat'; position: number };

export type ClientFrame =
  | { op: 'subscribe'; after: number | null; topics: readonly string[] }
  | { op: 'ack'; position: number }
  | { op: 'watch'; link: string | null };

export const CLOSED = {
  badFrame: 4400,
  topicNotAllowed: 4403,
  tooSlow: 4408,
  sessionRevoked: 4409,
} as const;

const ACTIVITIES: readonly Activity[] = ['typing', 'active', 'idle'];

type Fields = Record<string, unknown>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isWatcher(value: unknown): value is Watcher {
  return isFields(value) && typeof value.id === 'string' && typeof value.name === 'string';
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
            activity: ACTIVITIES.find((each) => each === frame.activity) ?? null,
          }
        : null;
    case 'watchers':
      return typeof frame.link === 'string' && Array.isArray(frame.agents)
        ? { op: 'watchers', link: frame.link, agents: frame.agents.filter(isWatcher) }
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
