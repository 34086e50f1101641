/** The thin shell around the feed's reducer: one WebSocket, two timers, and whoever listens. */
import type { JournalEvent } from '../api/types';
import { type Activity, parseFrame, SUBPROTOCOL, type Watcher } from './frames';
import { type Effect, type FeedState, type Input, OFF, patienceMs, step } from './reducer';

export interface Presence {
  link: string;
  present: boolean;
  device: string | null;
  /** Null where it is not known. */
  activity: Activity | null;
}

export interface Watchers {
  link: string;
  agents: readonly Watcher[];
}

export interface Coverage {
  topics: readonly string[];
  from: number;
  reset: boolean;
}

export interface FeedListener {
  onEvent?: (event: JournalEvent) => void;
  onPresence?: (presence: Presence) => void;
  onWatchers?: (watchers: Watchers) => void;
  /** What is true just now is heard no longer: what was heard of it holds no more. */
  onSilence?: () => void;
  onCovered?: (coverage: Coverage) => void;
}

export interface FeedHooks {
  onState: (state: FeedState) => void;
  onSessionDoubt: () => void;
  onSessionOver: () => void;
  /** Where no cookie opens the feed: asks for a ticket that does, once. */
  ticket?: () => Promise<string>;
}

const NORMAL_CLOSURE = 1000;
/** As a connection that was never made. */
const NO_TICKET = 1006;

export class Feed {
  private state: FeedState = OFF;
  private socket: WebSocket | null = null;
  private waiting: ReturnType<typeof setTimeout> | undefined;
  private watchdog: ReturnType<typeof setTimeout> | undefined;
  private opening: symbol | null = null;
  private readonly listeners = new Set<FeedListener>();

  constructor(
    private readonly url: string,
    private readonly hooks: FeedHooks,
  ) {
    const hurry = () => {
      if (document.visibilityState === 'visible') this.take({ is: 'retry' });
    };
    addEventListener('online', hurry);
    // A socket whose network went away stays silent for long before it is known to be dead.
    addEventListener('offline', () => {
      if (patienceMs(this.state) !== null) this.take({ is: 'silence' });
    });
    document.addEventListener('visibilitychange', hurry);
  }

  start(topics: readonly string[]): void {
    this.take({ is: 'stop' });
    this.take({ is: 'start', topics });
  }

  stop(): void {
    this.take({ is: 'stop' });
  }

  watch(topics: readonly string[]): void {
    this.take({ is: 'topics', topics });
  }

  /** Whose page is looked at, to be told who else does. */
  look(link: string | null): void {
    this.take({ is: 'watch', link });
  }

  retryNow(): void {
    this.take({ is: 'retry' });
  }

  /** Returns what to call to listen no longer. */
  listen(listener: FeedListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private take(input: Input): void {
    const [next, effects] = step(this.state, input, Math.random);
    const isSilent = this.state.phase === 'live' && next.phase !== 'live';
    this.state = next;
    if (isSilent) for (const each of this.listeners) each.onSilence?.();
    this.rearmWatchdog();
    for (const effect of effects) this.carryOut(effect);
    this.hooks.onState(this.state);
  }

  private carryOut(effect: Effect): void {
    switch (effect.do) {
      case 'open':
        clearTimeout(this.waiting);
        this.open();
        return;
      case 'close':
        this.drop();
        return;
      case 'send':
        this.socket?.send(JSON.stringify(effect.frame));
        return;
      case 'wait':
        clearTimeout(this.waiting);
        this.waiting = setTimeout(() => {
          this.take({ is: 'retry' });
        }, effect.ms);
        return;
      case 'deliver':
        for (const each of this.listeners) each.onEvent?.(effect.event);
        return;
      case 'presence':
        for (const each of this.listeners) each.onPresence?.(effect);
        return;
      case 'watchers':
        for (const each of this.listeners) each.onWatchers?.(effect);
        return;
      case 'covered':
        for (const each of this.listeners) each.onCovered?.(effect);
        return;
      case 'check_session':
        this.hooks.onSessionDoubt();
        return;
      case 'over':
        this.hooks.onSessionOver();
    }
  }

  private open(): void {
    if (this.hooks.ticket === undefined) {
      this.connect([SUBPROTOCOL]);
      return;
    }
    const opening = Symbol();
    this.opening = opening;
    this.hooks.ticket().then(
      (ticket) => {
        if (this.opening === opening) this.connect([SUBPROTOCOL, `ticket.${ticket}`]);
      },
      () => {
        if (this.opening === opening) this.take({ is: 'closed', code: NO_TICKET });
      },
    );
  }

  private connect(protocols: string[]): void {
    const socket = new WebSocket(this.url, protocols);
    this.socket = socket;
    // Events of a socket that was replaced are no longer ours to hear.
    const ifCurrent = (act: () => void) => () => {
      if (this.socket === socket) act();
    };
    socket.onopen = ifCurrent(() => {
      this.take({ is: 'opened' });
    });
    socket.onmessage = (message: MessageEvent<unknown>) => {
      if (this.socket !== socket || typeof message.data !== 'string') return;
      const frame = parseFrame(message.data);
      if (frame) this.take({ is: 'frame', frame });
    };
    socket.onclose = (close) => {
      if (this.socket !== socket) return;
      this.socket = null;
      this.take({ is: 'closed', code: close.code });
    };
  }

  private drop(): void {
    clearTimeout(this.waiting);
    this.opening = null;
    const socket = this.socket;
    this.socket = null;
    socket?.close(NORMAL_CLOSURE);
  }

  private rearmWatchdog(): void {
    clearTimeout(this.watchdog);
    const patience = patienceMs(this.state);
    if (patience === null) return;
    this.watchdog = setTimeout(() => {
      this.take({ is: 'silence' });
    }, patience);
  }
}

/** The feed's address beside the page's own. */
export function feedUrl(page: Location): string {
  return `${page.protocol === 'https:' ? 'wss:' : 'ws:'}//${page.host}/v1/feed`;
}
