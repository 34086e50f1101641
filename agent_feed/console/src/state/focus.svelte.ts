/** One link in full: its view, every event on it, and the customer's timeline beside it, all live. */
import type { Client } from '../api/client';
import { Refusal } from '../api/problem';
import type { Customer, JournalEvent, Message } from '../api/types';
import type { Coverage, Presence, Watchers } from '../feed/feed';
import type { Watcher } from '../feed/frames';
import { type Track, trackOf } from '../lib/track';
import { attentionAfter, fold, type LinkView, viewOf, withPresence } from './fold';

export interface FocusHooks {
  /** The topics that keep this link and its customer live. */
  onTopics: (topics: readonly string[]) => void;
  onEvent: (event: JournalEvent) => void;
}

/** Far beyond any real link; a bound all the same. */
const EVENT_PAGES_MAX = 20;
const TIMELINE_MAX = 500;

/** Single steps within a pay page: the service leaves them out of the timeline, and so do we as they arrive. */
const STEPS_WITHIN: ReadonlySet<string> = new Set([
  'checkout.joined',
  'checkout.left',
  'checkout.method_selected',
  'checkout.field_completed',
  'checkout.field_invalid',
]);

export class LinkFocus {
  status = $state<'loading' | 'ready' | 'missing' | 'failed'>('loading');
  failure = $state.raw<unknown>(null);
  view = $state.raw<LinkView | null>(null);
  /** Oldest first. */
  events = $state.raw<readonly JournalEvent[]>([]);
  customer = $state.raw<Customer | null>(null);
  /** Newest first. */
  timeline = $state.raw<readonly JournalEvent[]>([]);
  timelineStatus = $state<'loading' | 'ready' | 'failed'>('loading');
  timelineCursor = $state<string | null>(null);

  /** Who else looks at this link just now. */
  watchers = $state.raw<readonly Watcher[]>([]);

  readonly track: Track | null = $derived(
    this.view === null ? null : trackOf(this.view.link, this.events),
  );

  private asOf: number | null = null;
  private loads = 0;
  private pending: JournalEvent[] | null = null;

  constructor(
    readonly id: string,
    private readonly client: Client,
    private readonly hooks: FocusHooks,
    seed: LinkView | undefined,
  ) {
    // What the list knows is shown at once; the snapshot follows.
    if (seed) this.view = seed;
  }

  async load(): Promise<void> {
    this.loads += 1;
    const load = this.loads;
    this.pending = [];
    try {
      const [events, asOf] = await this.allEvents();
      const link = await this.client.link(this.id);
      if (this.loads !== load) return;
      this.events = events;
      this.asOf = asOf;
      const snapshot = viewOf(link, link.as_of ?? asOf);
      this.view = {
        ...snapshot,
        activity: link.progress.present ? (this.view?.activity ?? null) : null,
        attention: snapshot.attention ?? attentionAfter(link, events),
        lastAttempt: events.findLast((event) => event.attempt !== null)?.attempt ?? null,
      };
      this.status = 'ready';
      this.failure = null;
      const meanwhile = this.pending;
      this.pending = null;
      for (const event of meanwhile) this.take(event);
      void this.loadCustomer(link.customer);
    } catch (failure) {
      if (this.loads !== load) return;
      this.pending = null;
      this.failure = failure;
      if (failure instanceof Refusal && failure.status === 404) this.status = 'missing';
      else if (this.status === 'loading') this.status = 'failed';
    }
  }

  async loadMoreTimeline(): Promise<void> {
    const customer = this.view?.link.customer;
    if (!customer || this.timelineCursor === null) return;
    const page = await this.client.timeline(customer, this.timelineCursor);
    this.timeline = merged(this.timeline, page.data).slice(0, TIMELINE_MAX);
    this.timelineCursor = this.timeline.length < TIMELINE_MAX ? page.next_cursor : null;
  }

  onEvent(event: JournalEvent): void {
    const isHere = event.link === this.id;
    if (isHere && this.pending !== null) this.pending.push(event);
    else if (isHere) this.take(event);
    const customer = this.view?.link.customer;
    if (customer && event.customer === customer && !STEPS_WITHIN.has(event.type)) {
      this.timeline = merged(this.timeline, [event]);
    }
    if (customer && event.customer === customer && event.type.startsWith('customer.')) {
      void this.loadCustomer(customer);
    }
    if (isHere) this.hooks.onEvent(event);
  }

  onPresence(presence: Presence): void {
    if (presence.link !== this.id || this.view === null) return;
    this.view = withPresence(this.view, presence);
  }

  onWatchers(watchers: Watchers): void {
    if (watchers.link === this.id) this.watchers = watchers.agents;
  }

  onSilence(): void {
    this.watchers = [];
    if (this.view !== null) this.view = { ...this.view, activity: null };
  }

  onCovered(coverage: Coverage): void {
    if (coverage.reset || (this.asOf !== null && this.asOf < coverage.from)) void this.load();
  }

  /** A message just asked for shows at once; its entry brings the rest. */
  addMessage(message: Message): void {
    if (this.view === null) return;
    const { link } = this.view;
    if (link.messages.some((each) => each.id === message.id)) return;
    this.view = { ...this.view, link: { ...link, messages: [...link.messages, message] } };
  }

  private take(event: JournalEvent): void {
    if (!this.events.some((each) => each.id === event.id)) this.events = [...this.events, event];
    if (this.view === null) return;
    const before = this.view;
    this.view = fold(before, event);
    if (this.view.stale && !before.stale) void this.load();
  }

  private async allEvents(): Promise<[JournalEvent[], number]> {
    const events: JournalEvent[] = [];
    let cursor: string | undefined;
    let asOf: number | null = null;
    for (let page = 0; page < EVENT_PAGES_MAX; page += 1) {
      const answer = await this.client.linkEvents(this.id, cursor);
      events.push(...answer.data);
      // The first page's position is the one that nothing before can be missing at.
      asOf ??= answer.as_of;
      if (answer.next_cursor === null) break;
      cursor = answer.next_cursor;
    }
    return [events, asOf ?? 0];
  }

  private async loadCustomer(customerId: string | null): Promise<void> {
    const topics = [`link:${this.id}`];
    if (customerId === null) {
      this.timelineStatus = 'ready';
      this.hooks.onTopics(topics);
      return;
    }
    this.hooks.onTopics([...topics, `customer:${customerId}`]);
    try {
      const [customer, page] = await Promise.all([
        this.client.customer(customerId),
        this.client.timeline(customerId),
      ]);
      this.customer = customer;
      this.timeline = merged(this.timeline, page.data);
      if (this.timelineStatus !== 'ready') this.timelineCursor = page.next_cursor;
      this.timelineStatus = 'ready';
    } catch {
      if (this.timelineStatus !== 'ready') this.timelineStatus = 'failed';
    }
  }
}

/** Both lists' events, each once, newest first. The later telling of an event wins: it may carry more. */
function merged(
  known: readonly JournalEvent[],
  told: readonly JournalEvent[],
): readonly JournalEvent[] {
  const byId = new Map(known.map((event) => [event.id, event]));
  for (const event of told) byId.set(event.id, event);
  return [...byId.values()].sort((a, b) => b.position - a.position);
}
