/** A feed's client brought to where a test begins. */
import type { JournalEvent } from '../api/types';
import { type Effect, type FeedState, type Input, OFF, step } from '../feed/reducer';

const half = () => 0.5;

export function event(position: number): JournalEvent {
  return {
    id: `evt_${position}`,
    position,
    type: 'link.updated',
    occurred_at: '2026-11-22T12:00:00Z',
    merchant: 'mer_1',
    link: 'lnk_1',
    payment: null,
    attempt: null,
    customer: null,
    conversation: null,
    agent: null,
    channel: null,
    data: {},
  };
}

export const ready = (position: number, epoch = 'one', reset = false): Input => ({
  is: 'frame',
  frame: { op: 'ready', position, epoch, reset },
});
export const arrives = (position: number): Input => ({
  is: 'frame',
  frame: { op: 'event', event: event(position) },
});
export const heartbeat = (position: number): Input => ({
  is: 'frame',
  frame: { op: 'heartbeat', position },
});

export function run(inputs: Input[], from: FeedState = OFF): [FeedState, Effect[]] {
  let state = from;
  const all: Effect[] = [];
  for (const input of inputs) {
    const [next, effects] = step(state, input, half);
    state = next;
    all.push(...effects);
  }
  return [state, all];
}

export const START: Input = { is: 'start', topics: ['mine'] };
export const LIVE = run([START, { is: 'opened' }, ready(10)])[0];
