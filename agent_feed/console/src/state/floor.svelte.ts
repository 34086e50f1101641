/** The live floor: snapshots by the minute, the feed between them, and one redrawing a frame however much comes. */
import { floor, type FloorSnapshot, type Incident, incidents } from '../api/floor';
import { NoAnswer, Refusal } from '../api/problem';
import type { JournalEvent } from '../api/types';
import type { Coverage } from '../feed/feed';
import type { App } from './app.svelte';
import { EVERYTHING, FloorBooks, type FloorFilter } from './floor';

const REFRESH_MS = 60_000;
/** When something came of a link that the books do not have, the service is asked soon, and not for each. */
const DOUBT_MS = 5_000;
const PENDING_MAX = 20_000;

export class FloorLive {
  /** The books as of this frame; they change in place, so each frame holds them out anew. */
  shown = $state.raw({ books: new FloorBooks() });
  status = $state<'loading' | 'ready' | 'failed'>('loading');
  failure = $state.raw<unknown>(null);
  filter = $state.raw<FloorFilter>(EVERYTHING);
  incidents = $state.raw<readonly Incident[]>([]);
  online = $state.raw<ReadonlySet<string>>(new Set());
  names = $state.raw<Readonly<Record<string, string>>>({});
  takenAt = $state<number | null>(null);

  private books = this.shown.books;
  private pending: JournalEvent[] | null = null;
  private loading: AbortController | null = null;
  private frame: number | null = null;
  private doubted: ReturnType<typeof setTimeout> | undefined;
  private isDue = false;

  constructor(
    private readonly app: App,
    private readonly timezone: string,
  ) {}

  /** Returns what to call to stop. */
  start(): () => void {
    const stops = [
      this.app.listen({
        onEvent: (event) => {
          this.take(event);
        },
        onPresence: (presence) => {
          this.books.onPresence(presence);
          this.draw();
        },
        onCovered: (coverage) => {
          this.covered(coverage);
        },
      }),
      this.app.follow(['all']),
    ];
    const timer = setInterval(() => {
      // Nobody looks at a hidden tab; the feed keeps its books meanwhile.
      if (document.visibilityState === 'visible') void this.load();
    }, REFRESH_MS);
    void this.load();
    return () => {
      for (const stop of stops) stop();
      clearInterval(timer);
      clearTimeout(this.doubted);
      if (this.frame !== null) cancelAnimationFrame(this.frame);
      this.loading?.abort();
      this.loading = null;
    };
  }

  show(change: Partial<FloorFilter>): void {
    this.filter = { ...this.filter, ...change };
  }

  /** Takes a snapshot (again); what is shown stays until it comes. */
  async load(): Promise<void> {
    this.loading?.abort();
    const loading = new AbortController();
    this.loading = loading;
    this.pending = [];
    try {
      const [snapshot, told] = await Promise.all([
        floor(this.app.client.http, this.timezone, loading.signal),
        incidents(this.app.client.http, loading.signal),
      ]);
      if (this.loading !== loading) return;
      this.open(snapshot);
      this.incidents = told;
    } catch (failure) {
      if (this.loading !== loading) return;
      this.pending = null;
      this.loading = null;
      if (!(failure instanceof Refusal || failure instanceof NoAnswer)) throw failure;
      this.failure = failure;
      if (this.status === 'loading') this.status = 'failed';
    }
  }

  private open(snapshot: FloorSnapshot): void {
    const later = this.pending ?? [];
    this.pending = null;
    this.loading = null;
    this.books = FloorBooks.of(snapshot, later);
    this.online = new Set(snapshot.online);
    this.names = snapshot.names;
    this.takenAt = this.app.clock.now;
    this.status = 'ready';
    this.failure = null;
    this.shown = { books: this.books };
  }

  private take(event: JournalEvent): void {
    if (this.pending !== null && this.pending.length < PENDING_MAX) this.pending.push(event);
    this.books.take(event);
    if (this.books.doubt || event.type.startsWith('incident.')) this.askSoon();
    this.draw();
  }

  private covered(coverage: Coverage): void {
    if (!coverage.topics.includes('all')) return;
    if (coverage.reset || this.books.asOf < coverage.from) void this.load();
  }

  private askSoon(): void {
    if (this.isDue) return;
    this.isDue = true;
    this.doubted = setTimeout(() => {
      this.isDue = false;
      void this.load();
    }, DOUBT_MS);
  }

  private draw(): void {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      this.shown = { books: this.books };
    });
  }
}
