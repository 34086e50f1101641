/**
 * The feed's client protocol without I/O: a state, an input, and what to do about it.
 *
 * Promises: each event is delivered once and in position order, over any number of reconnects; and before a
 * topic's events are relied upon, `covered` says from which position the stream has them all, so that a snapshot taken
 * at that position or later, and the events after it, leave no gap.
 */
import type { JournalEvent } from '../api/types';
import { backoffMs } from './backoff';
import { type Activity, type ClientFrame, CLOSED, type ServerFrame, type Watcher } from './frames';

export type Phase = 'off' | 'connecting' | 'subscribing' | 'live' | 'waiting' | 'over';

export interface FeedState {
  readonly phase: Phase;
  readonly topics: readonly string[];
  /** The topics whose every event up to `position` was delivered, or lies before they were covered. */
  readonly covered: readonly string[];
  readonly position: number | null;
  readonly epoch: string | null;
  /** The link that is looked at, to learn who else does. */
  readonly watching: string | null;
  /** False after the service refused to be asked: one of an earlier version, in the middle of an upgrade. */
  readonly mayWatch: boolean;
  /** Connections lost since the stream last proved healthy. */
  readonly failures: number;
}

export type Input =
  | { is: 'start'; topics: readonly string[] }
  | { is: 'topics'; topics: readonly string[] }
  | { is: 'watch'; link: string | null }
  | { is: 'opened' }
  | { is: 'frame'; frame: ServerFrame }
  | { is: 'closed'; code: number }
  | { is: 'silence' }
  | { is: 'retry' }
  | { is: 'stop' };

export type Effect =
  | { do: 'open' }
  | { do: 'close' }
  | { do: 'send'; frame: ClientFrame }
  | { do: 'wait'; ms: number }
  | { do: 'deliver'; event: JournalEvent }
  | {
      do: 'presence';
      link: string;
      present: boolean;
      device: string | null;
      activity: Activity | null;
    }
  | { do: 'watchers'; link: string; agents: readonly Watcher[] }
  /** These topics are complete after `from`; a snapshot older than that is to be taken again (reset: any). */
  | { do: 'covered'; topics: readonly string[]; from: number; reset: boolean }
  /** The handshake was refused, and a browser is not told why: ask whether the session still stands. */
  | { do: 'check_session' }
  | { do: 'over' };

export type Outcome = readonly [FeedState, readonly Effect[]];

export const OFF: FeedState = {
  phase: 'off',
  topics: [],
  covered: [],
  position: null,
  epoch: null,
  watching: null,
  mayWatch: true,
  failures: 0,
};

const NOTHING: readonly Effect[] = [];

export function step(state: FeedState, input: Input, random: () => number): Outcome {
  switch (input.is) {
    case 'start':
      return [
        { ...OFF, phase: 'connecting', topics: input.topics, watching: state.watching },
        [{ do: 'open' }],
      ];
    case 'stop':
      return [
        { ...OFF, watching: state.watching },
        state.phase === 'off' ? NOTHING : [{ do: 'close' }],
      ];
    case 'topics':
      return changeTopics(state, input.topics);
    case 'watch':
      return watch(state, input.link);
    case 'opened':
      return opened(state);
    case 'frame':
      return received(state, input.frame);
    case 'closed':
      return closed(state, input.code, random);
    case 'silence': {
      const [next, effects] = closed(state, 1006, random);
      return [next, [{ do: 'close' }, ...effects]];
    }
    case 'retry':
      return state.phase === 'waiting'
        ? [{ ...state, phase: 'connecting' }, [{ do: 'open' }]]
        : [state, NOTHING];
  }
}

function sameTopics(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((topic) => b.includes(topic));
}

function changeTopics(state: FeedState, topics: readonly string[]): Outcome {
  if (state.phase === 'off' || state.phase === 'over' || sameTopics(state.topics, topics)) {
    return [state, NOTHING];
  }
  const covered = state.covered.filter((topic) => topics.includes(topic));
  const next = { ...state, topics, covered };
  // Before anything was subscribed, the new topics simply go into the first frame.
  if (state.phase === 'connecting' || state.phase === 'waiting') return [next, NOTHING];
  return [{ ...next, phase: 'connecting' }, [{ do: 'close' }, { do: 'open' }]];
}

function watch(state: FeedState, link: string | null): Outcome {
  if (link === state.watching) return [state, NOTHING];
  const next = { ...state, watching: link };
  // Until the stream stands there is nobody to ask; it is asked then.
  if (state.phase !== 'live' || !state.mayWatch) return [next, NOTHING];
  return [next, [{ do: 'send', frame: { op: 'watch', link } }]];
}

function opened(state: FeedState): Outcome {
  if (state.phase !== 'connecting') return [state, NOTHING];
  const frame = { op: 'subscribe', after: state.position, topics: state.topics } as const;
  return [{ ...state, phase: 'subscribing' }, [{ do: 'send', frame }]];
}

function received(state: FeedState, frame: ServerFrame): Outcome {
  if (state.phase !== 'subscribing' && state.phase !== 'live') return [state, NOTHING];
  switch (frame.op) {
    case 'ready':
      return ready(state, frame);
    case 'event':
      // The service promises each once; a repeat after a resume is dropped here all the same.
      if (state.position !== null && frame.event.position <= state.position)
        return [state, NOTHING];
      return [
        { ...state, position: frame.event.position },
        [{ do: 'deliver', event: frame.event }],
      ];
    case 'presence':
      return [
        state,
        [
          {
            do: 'presence',
            link: frame.link,
            present: frame.present,
            device: frame.device,
            activity: frame.activity,
          },
        ],
      ];
    case 'watchers':
      return [state, [{ do: 'watchers', link: frame.link, agents: frame.agents }]];
    case 'heartbeat':
      return [
        { ...state, failures: 0, position: Math.max(state.position ?? 0, frame.position) },
        [{ do: 'send', frame: { op: 'ack', position: frame.position } }],
      ];
  }
}

function ready(state: FeedState, frame: ServerFrame & { op: 'ready' }): Outcome {
  const live = { ...state, phase: 'live', epoch: frame.epoch, covered: state.topics } as const;
  // A stream that was live already has been asked; a new one has not.
  const asking: Effect[] =
    state.phase === 'subscribing' && state.watching !== null && state.mayWatch
      ? [{ do: 'send', frame: { op: 'watch', link: state.watching } }]
      : [];
  const otherStream = state.epoch !== null && state.epoch !== frame.epoch;
  if (frame.reset || otherStream) {
    const effect = {
      do: 'covered',
      topics: state.topics,
      from: frame.position,
      reset: true,
    } as const;
    return [{ ...live, position: frame.position }, [effect, ...asking]];
  }
  const from = state.position ?? frame.position;
  const added = state.topics.filter((topic) => !state.covered.includes(topic));
  const effects: Effect[] =
    added.length > 0 ? [{ do: 'covered', topics: added, from, reset: false }] : [];
  return [{ ...live, position: from }, [...effects, ...asking]];
}

function closed(state: FeedState, code: number, random: () => number): Outcome {
  if (state.phase === 'off' || state.phase === 'over' || state.phase === 'waiting') {
    return [state, NOTHING];
  }
  if (code === CLOSED.sessionRevoked) return [{ ...state, phase: 'over' }, [{ do: 'over' }]];
  const refused = state.phase === 'connecting';
  // A right that was withdrawn must not cost the agent the feed of their own links.
  const isRefused = code === CLOSED.topicNotAllowed;
  const topics = isRefused ? ['mine'] : state.topics;
  const watching = isRefused ? null : state.watching;
  const covered = state.covered.filter((topic) => topics.includes(topic));
  const mayWatch = state.mayWatch && !(code === CLOSED.badFrame && state.watching !== null);
  const effects: Effect[] = [{ do: 'wait', ms: backoffMs(state.failures, random) }];
  if (refused) effects.push({ do: 'check_session' });
  return [
    {
      ...state,
      topics,
      covered,
      watching,
      mayWatch,
      phase: 'waiting',
      failures: state.failures + 1,
    },
    effects,
  ];
}

export type Health = 'off' | 'connecting' | 'live' | 'interrupted' | 'over';

/** The connection as a person is told of it: a change of topics is no interruption. */
export function healthOf(state: FeedState): Health {
  if (state.phase === 'off' || state.phase === 'over' || state.phase === 'live') return state.phase;
  if (state.failures > 0) return 'interrupted';
  return state.position === null ? 'connecting' : 'live';
}

const HANDSHAKE_MS = 10_000;
/** Two heartbeats missed, and then some. */
const SILENCE_MS = 40_000;

/** How long the service may stay silent in this state; null where nothing is expected. */
export function patienceMs(state: FeedState): number | null {
  if (state.phase === 'connecting' || state.phase === 'subscribing') return HANDSHAKE_MS;
  return state.phase === 'live' ? SILENCE_MS : null;
}
