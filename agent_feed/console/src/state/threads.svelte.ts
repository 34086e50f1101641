/** The list of threads: snapshot, search and scope, kept live by the feed. */
import { thread, type ThreadFilter, threads, type Thread } from '../api/conversations';
import type { Http } from '../api/http';
import { Refusal } from '../api/problem';
import type { JournalEvent } from '../api/types';
import type { Coverage } from '../feed/feed';
import { foldThread, inOrder } from './thread_fold';

export type ThreadScope = 'mine' | 'nobody' | 'team' | 'all';

export interface ThreadsShown {
  scope: ThreadScope;
  status: 'open' | 'closed';
  q: string;
}

const PAGE = 50;
const UNREAD_MAX = 100;
/** Several entries about a thread come together. */
const ASK_AFTER_MS = 250;

export class Threads {
  shown = $state.raw<ThreadsShown>({ scope: 'mine', status: 'open', q: '' });
  status = $state<'loading' | 'ready' | 'failed'>('loading');
  failure = $state.raw<unknown>(null);
  nextCursor = $state<string | null>(null);
  isLoadingMore = $state(false);
  openId = $state<string | null>(null);
  private found = $state.raw<ReadonlyMap<string, Thread>>(new Map());
  readonly rows: readonly Thread[] = $derived(inOrder([...this.found.values()], this.openId));

  private loads = 0;
  private asOf: number | null = null;
  private pending: JournalEvent[] = [];
  private readonly waiting = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(
    private readonly http: Http,
    private readonly me: () => string | null,
  ) {}

  get(id: string): Thread | undefined {
    return this.found.get(id);
  }

  show(change: Partial<ThreadsShown>): void {
    this.shown = { ...this.shown, ...change };
    this.found = new Map();
    this.status = 'loading';
    void this.load();
  }

  /** Takes the snapshot (again); what is shown meanwhile stays. */
  async load(): Promise<void> {
    this.loads += 1;
    const load = this.loads;
    this.pending = [];
    const filter = this.query();
    try {
      // Unread ones come first however old their last words are.
      const [newest, unread] = await Promise.all([
        threads(this.http, { ...filter, limit: PAGE }),
        threads(this.http, { ...filter, unread: 'true', limit: UNREAD_MAX }),
      ]);
      if (load !== this.loads) return;
      this.found = new Map([...unread.data, ...newest.data].map((each) => [each.id, each]));
      this.nextCursor = newest.next_cursor;
      this.asOf = Math.min(newest.as_of, unread.as_of);
      this.status = 'ready';
      this.failure = null;
      for (const event of this.pending) this.take(event);
    } catch (failure) {
      if (load !== this.loads) return;
      this.failure = failure;
      if (this.status === 'loading') this.status = 'failed';
    }
  }

  async loadMore(): Promise<void> {
    if (this.nextCursor === null || this.isLoadingMore) return;
    this.isLoadingMore = true;
    const load = this.loads;
    try {
      const cursor = this.nextCursor;
      const page = await threads(this.http, { ...this.query(), limit: PAGE, cursor });
      if (load !== this.loads) return;
      this.found = new Map([...page.data.map((each) => [each.id, each] as const), ...this.found]);
      this.nextCursor = page.next_cursor;
    } finally {
      this.isLoadingMore = false;
    }
  }

  onEvent(event: JournalEvent): void {
    if (event.conversation === null) return;
    if (this.status === 'loading') this.pending.push(event);
    else this.take(event);
  }

  onCovered(coverage: Coverage): void {
    if (coverage.reset || this.asOf === null || this.asOf < coverage.from) void this.load();
  }

  /** A thread as the service just answered it. */
  put(one: Thread): void {
    const next = new Map(this.found);
    if (this.belongs(one)) next.set(one.id, one);
    else next.delete(one.id);
    this.found = next;
  }

  close(): void {
    this.loads += 1;
    for (const timer of this.waiting.values()) clearTimeout(timer);
    this.waiting.clear();
  }

  private take(event: JournalEvent): void {
    const id = event.conversation;
    if (id === null) return;
    const before = this.found.get(id);
    if (before === undefined) {
      // Only the service can tell whether it matches a search.
      if (['message', 'conversation'].includes(event.type.split('.', 1)[0] ?? '')) this.askFor(id);
      return;
    }
    const { value, stale } = foldThread(before, event);
    if (value !== before) this.put(value);
    if (stale) this.askFor(id);
  }

  private askFor(id: string): void {
    if (this.shown.q !== '' && !this.found.has(id)) return;
    clearTimeout(this.waiting.get(id));
    this.waiting.set(
      id,
      setTimeout(() => {
        this.waiting.delete(id);
        void this.fetchOne(id);
      }, ASK_AFTER_MS),
    );
  }

  private async fetchOne(id: string): Promise<void> {
    const load = this.loads;
    try {
      const one = await thread(this.http, id);
      if (load === this.loads) this.put(one);
    } catch (failure) {
      // Somebody else's now, and no longer for this agent to see.
      if (failure instanceof Refusal && failure.status === 404 && load === this.loads) {
        const next = new Map(this.found);
        next.delete(id);
        this.found = next;
      }
    }
  }

  private belongs(one: Thread): boolean {
    if (one.id === this.openId && this.found.has(one.id)) return true;
    if (one.status !== this.shown.status) return false;
    if (this.shown.scope === 'mine') return one.agent === this.me();
    return this.shown.scope !== 'nobody' || one.agent === null;
  }

  private query(): ThreadFilter {
    const { scope, status, q } = this.shown;
    const agent = scope === 'mine' ? 'me' : scope === 'nobody' ? 'none' : undefined;
    return { status, q, ...(agent === undefined ? {} : { agent }) };
  }
}
