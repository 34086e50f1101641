/** One thread in full: what was said, what happened to it, whose it is; live. */
import {
  act,
  type Act,
  type CannedReply,
  repliesFor,
  saidIn,
  thread,
  type Thread,
  type ThreadMessage,
} from '../api/conversations';
import type { Client } from '../api/client';
import { Refusal } from '../api/problem';
import type { JournalEvent } from '../api/types';
import type { Coverage } from '../feed/feed';
import { foldMessages, foldThread, withMessage, withPage } from './thread_fold';

export interface TalkHooks {
  /** The thread as the service just told it. */
  onThread: (thread: Thread) => void;
}

/** What happened to the thread itself, beside what was said. */
const ACTS: readonly string[] = [
  'conversation.assigned',
  'conversation.transferred',
  'conversation.closed',
  'conversation.opened',
];
const ASK_AFTER_MS = 250;

export class Talk {
  status = $state<'loading' | 'ready' | 'missing' | 'failed'>('loading');
  failure = $state.raw<unknown>(null);
  thread = $state.raw<Thread | null>(null);
  /** Oldest first. */
  messages = $state.raw<readonly ThreadMessage[]>([]);
  olderCursor = $state<string | null>(null);
  /** Oldest first. */
  events = $state.raw<readonly JournalEvent[]>([]);
  replies = $state.raw<readonly CannedReply[]>([]);

  private loads = 0;
  private asOf: number | null = null;
  private readTo = '';
  private asking: ReturnType<typeof setTimeout> | undefined;

  readonly newest: ThreadMessage | null = $derived(this.messages.at(-1) ?? null);

  constructor(
    readonly id: string,
    private readonly client: Client,
    private readonly hooks: TalkHooks,
    seed: Thread | undefined,
  ) {
    if (seed) this.thread = seed;
  }

  async load(): Promise<void> {
    this.loads += 1;
    const load = this.loads;
    const { http } = this.client;
    try {
      const [found, page] = await Promise.all([thread(http, this.id), saidIn(http, this.id)]);
      if (load !== this.loads) return;
      this.learn(found);
      const isFirst = this.status !== 'ready';
      this.messages = withPage(this.messages, page.data);
      if (isFirst) this.olderCursor = page.next_cursor;
      this.asOf = page.as_of;
      this.status = 'ready';
      this.failure = null;
      if (isFirst) void this.loadMore(found);
    } catch (failure) {
      if (load !== this.loads) return;
      this.failure = failure;
      if (failure instanceof Refusal && failure.status === 404) this.status = 'missing';
      else if (this.status !== 'ready') this.status = 'failed';
    }
  }

  async loadOlder(): Promise<void> {
    if (this.olderCursor === null) return;
    const page = await saidIn(this.client.http, this.id, this.olderCursor);
    this.messages = withPage(this.messages, page.data);
    this.olderCursor = page.next_cursor;
  }

  onEvent(event: JournalEvent): void {
    if (event.conversation !== this.id) return;
    const said = foldMessages(this.messages, event);
    this.messages = said.value;
    if (ACTS.includes(event.type)) this.events = withEvents(this.events, [event]);
    if (this.thread === null) return;
    const folded = foldThread(this.thread, event);
    if (folded.value !== this.thread) this.learn(folded.value);
    if (folded.stale || said.stale) this.askSoon();
  }

  onCovered(coverage: Coverage): void {
    if (coverage.reset || (this.asOf !== null && this.asOf < coverage.from)) void this.load();
  }

  /** An answer just taken by the service. */
  add(message: ThreadMessage): void {
    this.messages = withMessage(this.messages, message);
    this.askSoon();
  }

  /** Does it and shows what came of it; rejects as the API does. */
  async act(what: Act, body: object = {}): Promise<void> {
    const changed = await act(this.client.http, this.id, what, body);
    this.learn(changed);
    this.hooks.onThread(changed);
  }

  /** What stands there was seen. Failing is harmless: it is unread until the next time. */
  async read(): Promise<void> {
    const newest = this.newest?.id ?? '';
    if (this.thread === null || this.thread.unread === 0 || newest <= this.readTo) return;
    this.readTo = newest;
    try {
      await this.act('read', { message: newest });
    } catch {
      this.readTo = '';
    }
  }

  close(): void {
    this.loads += 1;
    clearTimeout(this.asking);
  }

  private learn(found: Thread): void {
    this.thread = found;
    this.hooks.onThread(found);
  }

  private askSoon(): void {
    clearTimeout(this.asking);
    this.asking = setTimeout(() => void this.load(), ASK_AFTER_MS);
  }

  /** What makes it easier to answer, but is not needed to read. */
  private async loadMore(found: Thread): Promise<void> {
    const [replies, story] = await Promise.allSettled([
      repliesFor(this.client.http, this.id),
      found.customer === null
        ? Promise.reject(new Error('nobody’s'))
        : this.client.timeline(found.customer, undefined, ACTS.join(',')),
    ]);
    if (replies.status === 'fulfilled') this.replies = replies.value;
    if (story.status === 'fulfilled') {
      const own = story.value.data.filter((each) => each.conversation === this.id);
      this.events = withEvents(this.events, own);
    }
  }
}

function withEvents(
  events: readonly JournalEvent[],
  more: readonly JournalEvent[],
): readonly JournalEvent[] {
  const all = new Map([...events, ...more].map((each) => [each.id, each]));
  return [...all.values()].toSorted((a, b) => a.position - b.position);
}
