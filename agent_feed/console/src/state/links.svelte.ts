/** The live list of links: a snapshot at a position and the entries after it. */
import type { Client } from '../api/client';
import { Refusal } from '../api/problem';
import type { JournalEvent, LinkFilter } from '../api/types';
import type { Coverage, Presence } from '../feed/feed';
import {
  type Attention,
  byUrgency,
  fold,
  type LinkView,
  refreshed,
  viewOf,
  withPresence,
} from './fold';

export type Scope = 'mine' | 'team' | 'all';

export interface ListFilter {
  scope: Scope;
  status: string;
  q: string;
}

export interface ListHooks {
  /** The signed-in user's id. */
  me: () => string | null;
  /** A link came to need a person, or was paid. */
  onNews: (view: LinkView, news: Attention | 'paid') => void;
  /** When to show what has come in; without it at once. Called once until it has been shown. */
  schedule?: (show: () => void) => void;
}

const PAGE = 50;
const PAGE_MAX = 200;
/** Entries kept while a snapshot is on its way; beyond this it is taken once more. */
const PENDING_MAX = 1_000;
/** Links that are kept. Of more, the least urgent go; an entry on one of them brings it back. */
const VIEWS_MAX = 1_000;
const VIEWS_SPARE = 200;
/** Rows that change together; above it nobody could follow them moving. */
const FOLLOWED_MAX = 10;
/** Single snapshots asked for at a time, and waiting; of more, the whole list is asked for once. */
const FETCHES_MAX = 4;
const WAITING_MAX = 100;

export class LinkList {
  filter = $state.raw<ListFilter>({ scope: 'mine', status: '', q: '' });
  status = $state<'loading' | 'ready' | 'failed'>('loading');
  failure = $state.raw<unknown>(null);
  nextCursor = $state<string | null>(null);
  isLoadingMore = $state(false);
  /** The rows that are drawn: a screen has no use for a thousand, and a browser feels them. */
  private limit = $state(PAGE);
  /** What is known, changed by each entry; it is shown all at once, at the next occasion. */
  private views = new Map<string, LinkView>();
  private shown = $state.raw<readonly LinkView[]>([]);
  private isScheduled = false;
  /** So much happens that rows change without moving. */
  isBusy = $state(false);
  private readonly changed = new Set<string>();

  private readonly matching = $derived(
    this.shown
      .filter((view) => this.filter.status === '' || view.link.status === this.filter.status)
      .sort(byUrgency),
  );
  readonly rows = $derived(this.matching.slice(0, this.limit));
  readonly hasMore = $derived(this.nextCursor !== null || this.matching.length > this.limit);
  readonly needYou = $derived(this.matching.filter((view) => view.attention !== null).length);
  readonly onPage = $derived(this.matching.filter((view) => view.link.progress.present).length);

  private asOf: number | null = null;
  private position = 0;
  private loading: AbortController | null = null;
  private pending: JournalEvent[] = [];
  /** Links whose snapshot is on its way, with the entries that came meanwhile. */
  private readonly fetching = new Map<string, JournalEvent[]>();
  private readonly waiting = new Set<string>();

  constructor(
    private readonly client: Client,
    private readonly hooks: ListHooks,
  ) {}

  get(id: string): LinkView | undefined {
    return this.views.get(id);
  }

  show(filter: ListFilter): void {
    this.filter = filter;
    this.limit = PAGE;
    this.views = new Map();
    this.showNow();
    this.status = 'loading';
    void this.load();
  }

  /** Takes the snapshot (again); what is shown meanwhile stays. */
  async load(): Promise<void> {
    this.loading?.abort();
    const loading = new AbortController();
    this.loading = loading;
    this.pending = [];
    try {
      const size = Math.ceil(Math.max(this.views.size, 1) / PAGE) * PAGE;
      const query = this.query(Math.min(size, PAGE_MAX));
      const page = await this.client.links(query, loading.signal);
      if (this.loading !== loading) return;
      const before = this.views;
      const views = new Map<string, LinkView>();
      for (const link of page.data) {
        views.set(link.id, refreshed(before.get(link.id), viewOf(link, page.as_of)));
      }
      this.views = views;
      this.nextCursor = page.next_cursor;
      this.asOf = page.as_of;
      this.failure = null;
      this.catchUp();
      this.showNow();
      this.status = 'ready';
    } catch (failure) {
      if (this.loading !== loading) return;
      this.loading = null;
      this.failure = failure;
      if (this.status === 'loading') this.status = 'failed';
    }
  }

  async loadMore(): Promise<void> {
    if (this.isLoadingMore) return;
    this.limit += PAGE;
    if (this.nextCursor === null || this.matching.length >= this.limit) return;
    this.isLoadingMore = true;
    const filter = this.filter;
    try {
      const page = await this.client.links({ ...this.query(PAGE), cursor: this.nextCursor });
      if (this.filter !== filter) return;
      for (const link of page.data) {
        this.views.set(link.id, refreshed(this.views.get(link.id), viewOf(link, page.as_of)));
      }
      this.showNow();
      this.nextCursor = page.next_cursor;
    } catch (failure) {
      this.failure = failure;
    } finally {
      this.isLoadingMore = false;
    }
  }

  onEvent(event: JournalEvent): void {
    this.position = Math.max(this.position, event.position);
    if (this.loading !== null && this.pending.length <= PENDING_MAX) this.pending.push(event);
    this.take(event);
  }

  onPresence(presence: Presence): void {
    const view = this.views.get(presence.link);
    if (view) this.put(withPresence(view, presence));
  }

  onSilence(): void {
    this.views = new Map([...this.views].map(([id, view]) => [id, { ...view, activity: null }]));
    this.showNow();
  }

  onCovered(coverage: Coverage): void {
    const isScope = coverage.topics.some((topic) => ['mine', 'team', 'all'].includes(topic));
    if (!isScope) return;
    if (coverage.reset) {
      this.position = 0;
      this.views = new Map();
      void this.load();
    } else if (this.asOf === null || this.asOf < coverage.from) {
      void this.load();
    }
  }

  private query(limit: number): LinkFilter {
    const { scope, status, q } = this.filter;
    return { ...(scope === 'mine' ? { agent: 'me' } : {}), status, q, limit };
  }

  /** Folds what arrived while the snapshot was on its way. */
  private catchUp(): void {
    this.loading = null;
    const pending = this.pending;
    this.pending = [];
    if (pending.length > PENDING_MAX) {
      void this.load();
      return;
    }
    for (const event of pending) if (event.position > (this.asOf ?? 0)) this.take(event);
  }

  private take(event: JournalEvent): void {
    if (event.link === null) return;
    this.fetching.get(event.link)?.push(event);
    const before = this.views.get(event.link);
    if (before === undefined) {
      // Heard for another screen's sake.
      const isOthers = event.agent !== null && event.agent !== this.hooks.me();
      if (this.filter.scope === 'mine' && isOthers) return;
      // While a snapshot is on its way it will bring the link; otherwise it is new to this list.
      if (this.loading === null) this.welcome(event.link, event.type === 'link.created');
      return;
    }
    const after = fold(before, event);
    if (after === before) return;
    if (after.link.agent !== before.link.agent && !this.belongs(after.link)) {
      this.drop(event.link);
      return;
    }
    this.put(after);
    this.tell(before, after);
    if (after.stale) this.fetchSoon(event.link);
  }

  private welcome(id: string, isNew: boolean): void {
    if (this.filter.q === '') this.fetchSoon(id);
    // Only the service can tell whether a link matches the search.
    else if (isNew) void this.load();
  }

  private tell(before: LinkView, after: LinkView): void {
    if (after.attention !== null && after.attention !== before.attention) {
      this.hooks.onNews(after, after.attention);
    } else if (after.link.status === 'paid' && before.link.status !== 'paid') {
      this.hooks.onNews(after, 'paid');
    }
  }

  /** Asks for one link's snapshot, in turn: a busy floor must not become a flood of requests. */
  private fetchSoon(id: string): void {
    if (this.fetching.has(id)) return;
    if (this.fetching.size < FETCHES_MAX) {
      void this.fetchOne(id);
      return;
    }
    this.waiting.add(id);
    if (this.waiting.size <= WAITING_MAX) return;
    this.waiting.clear();
    if (this.loading === null) void this.load();
  }

  /** Takes one link's snapshot: it is new here, or an entry did not say everything. */
  private async fetchOne(id: string): Promise<void> {
    if (this.fetching.has(id)) return;
    const meanwhile: JournalEvent[] = [];
    this.fetching.set(id, meanwhile);
    const filter = this.filter;
    const known = this.position;
    try {
      const link = await this.client.link(id);
      const before = this.views.get(id);
      if (this.filter !== filter) return;
      if (!this.belongs(link)) {
        this.drop(id);
        return;
      }
      const asOf = link.as_of ?? known;
      const snapshot = viewOf(link, asOf);
      const base = refreshed(before && { ...before, upTo: Math.min(before.upTo, asOf) }, snapshot);
      this.put(meanwhile.reduce(fold, base));
    } catch (failure) {
      // Handed over to another team; or the service is away, and the next snapshot decides.
      if (failure instanceof Refusal && failure.status === 404) this.drop(id);
    } finally {
      this.fetching.delete(id);
      const [next] = this.waiting;
      if (next !== undefined) {
        this.waiting.delete(next);
        void this.fetchOne(next);
      }
    }
  }

  private belongs(link: { agent: string | null }): boolean {
    return this.filter.scope !== 'mine' || link.agent === this.hooks.me();
  }

  private drop(id: string): void {
    if (this.views.delete(id)) this.showSoon();
  }

  private put(view: LinkView): void {
    this.views.set(view.link.id, view);
    this.changed.add(view.link.id);
    this.showSoon();
  }

  private showSoon(): void {
    if (this.hooks.schedule === undefined) {
      this.showNow();
    } else if (!this.isScheduled) {
      this.isScheduled = true;
      this.hooks.schedule(() => {
        this.showNow();
      });
    }
  }

  private showNow(): void {
    this.isScheduled = false;
    this.isBusy = this.changed.size > FOLLOWED_MAX;
    this.changed.clear();
    if (this.views.size > VIEWS_MAX + VIEWS_SPARE) {
      const kept = [...this.views.values()].sort(byUrgency).slice(0, VIEWS_MAX);
      this.views = new Map(kept.map((view) => [view.link.id, view]));
    }
    this.shown = [...this.views.values()];
  }
}
