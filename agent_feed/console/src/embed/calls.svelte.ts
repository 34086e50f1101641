/** The customers that the host has opened the panel on, each with what was typed for them, and their links, live. */
import { linksOf, whoIs } from '../api/embed';
import type { CustomerSummary, JournalEvent, Link } from '../api/types';
import { plainAmount } from '../lib/money';
import type { App } from '../state/app.svelte';
import { Drafts } from '../state/drafts.svelte';
import {
  byUrgency,
  fold,
  isOpen,
  isRenewable,
  type LinkView,
  refreshed,
  viewOf,
} from '../state/fold';
import type { PanelMessage, Prefill, Who } from './protocol';

/** Customers whose typed text is kept at a time; the one opened longest ago goes first. */
const CALLS_MAX = 30;
/** Links that are followed for the host. */
const VIEWS_MAX = 200;

export type CallStatus = 'none' | 'looking' | 'known' | 'unknown' | 'failed';

export class Calls {
  who = $state.raw<Who | null>(null);
  status = $state<CallStatus>('none');
  customer = $state.raw<CustomerSummary | null>(null);
  failure = $state.raw<unknown>(null);
  private views = $state.raw<ReadonlyMap<string, LinkView>>(new Map());

  /** The customer's links that still matter: open, or run out unpaid; and the one that was paid a moment ago. */
  readonly links = $derived(
    [...this.views.values()]
      .filter((view) => this.customer !== null && view.link.customer === this.customer.id)
      .filter(({ link }) => isOpen(link) || isRenewable(link) || this.mine.has(link.id))
      .sort(byUrgency),
  );

  /** Made in this panel: they stay in sight when they are paid, and the host hears of them. */
  private readonly mine = new Set<string>();
  private readonly drafts = new Map<string, Drafts>();
  private asking: AbortController | null = null;
  private unfollow: (() => void) | null = null;

  constructor(
    private readonly app: App,
    private readonly say: (message: PanelMessage) => void,
  ) {}

  /** Opens on somebody. What was typed for another customer waits until they are opened again. */
  open(who: Who): void {
    this.who = who;
    this.customer = null;
    this.status = 'looking';
    this.app.drafts = this.draftsOf(who);
    void this.look();
  }

  /** Fills what is still empty: what a person typed, or has sent, stays as it is. Nothing is sent by this. */
  fill({ amount, currency, description, reference }: Prefill): void {
    const drafts = this.app.drafts;
    if (drafts.isFrozen) return;
    const { form } = drafts;
    if (amount !== undefined && currency !== undefined && form.amount.trim() === '') {
      form.currency = currency;
      form.amount = plainAmount(amount, currency);
      drafts.touched('amount');
    }
    if (description !== undefined && form.description.trim() === '') {
      form.description = description;
      drafts.touched('description');
    }
    if (reference !== undefined && form.reference.trim() === '') {
      form.reference = reference;
      drafts.touched('reference');
    }
  }

  /** Asks who it is, and for their links (again). What is shown meanwhile stays. */
  async look(): Promise<void> {
    const { who } = this;
    // Before the desk has signed in nobody is told anything: it looks then.
    if (who === null || this.app.session.status !== 'signed_in') return;
    this.asking?.abort();
    const asking = new AbortController();
    this.asking = asking;
    try {
      const customer = await whoIs(this.app.client, who, asking.signal);
      if (this.asking !== asking) return;
      this.customer = customer;
      this.follow(customer?.id ?? null);
      if (customer !== null) {
        const page = await linksOf(this.app.client, customer.id, asking.signal);
        if (this.asking !== asking) return;
        this.keep(page.data.map((link) => viewOf(link, page.as_of)));
      }
      this.status = customer === null ? 'unknown' : 'known';
      this.failure = null;
      this.introduce(who, customer);
      this.say({ type: 'opened', customer: customer?.id ?? null });
    } catch (failure) {
      if (this.asking !== asking) return;
      this.failure = failure;
      if (this.status === 'looking') this.status = 'failed';
    }
  }

  /** Before the form is shown: whom it is for stands in it already. */
  prepare(): void {
    if (this.who !== null) this.introduce(this.who, this.customer);
  }

  /** A link was made here: the host hears of it now, and of its progress from now on. */
  made(link: Link): void {
    this.mine.add(link.id);
    this.keep([viewOf(link, link.as_of ?? 0)]);
    this.say({ type: 'link_created', id: link.id, status: link.status });
    // Whoever was unknown is a customer now.
    if (this.customer === null) void this.look();
  }

  onEvent(event: JournalEvent): void {
    if (event.link === null) return;
    const before = this.views.get(event.link);
    if (before === undefined) {
      const isTheirs = this.customer !== null && event.customer === this.customer.id;
      if (isTheirs && event.type === 'link.created') void this.look();
      return;
    }
    const after = fold(before, event);
    if (after === before) return;
    this.keep([after]);
    this.tell(before, after);
    if (after.stale && !before.stale) void this.refresh(event.link);
  }

  private tell({ link: before }: LinkView, { link }: LinkView): void {
    const { step } = link.progress;
    if (step !== before.progress.step || link.status !== before.status) {
      this.say({ type: 'progress', link: link.id, step, status: link.status });
    }
    if (link.status === 'paid' && before.status !== 'paid') {
      this.say({ type: 'paid', link: link.id, status: link.status });
    }
  }

  private async refresh(id: string): Promise<void> {
    try {
      const link = await this.app.client.link(id);
      const before = this.views.get(id);
      const asOf = link.as_of ?? before?.upTo ?? 0;
      this.keep([{ ...refreshed(before, viewOf(link, asOf)), stale: false }]);
    } catch {
      // The next entry or look brings it.
    }
  }

  private keep(views: readonly LinkView[]): void {
    const kept = new Map(this.views);
    for (const view of views) {
      const before = kept.get(view.link.id);
      const next = before === undefined || view.upTo >= before.upTo ? view : before;
      kept.delete(view.link.id);
      kept.set(view.link.id, next);
    }
    for (const id of kept.keys()) {
      if (kept.size <= VIEWS_MAX) break;
      kept.delete(id);
    }
    this.views = kept;
  }

  private follow(customer: string | null): void {
    this.unfollow?.();
    this.unfollow = customer === null ? null : this.app.follow([`customer:${customer}`]);
  }

  /** Writes whom it is for into a form that says nothing of it yet. */
  private introduce(who: Who, customer: CustomerSummary | null): void {
    const drafts = this.draftsOf(who);
    const { form } = drafts;
    if (drafts.isFrozen || [form.name, form.phone, form.email].some((each) => each.trim() !== '')) {
      return;
    }
    form.name = customer?.name ?? '';
    form.phone = ('phone' in who ? who.phone : customer?.phone) ?? '';
    form.email = ('email' in who ? who.email : customer?.email) ?? '';
  }

  private draftsOf(who: Who): Drafts {
    const key = JSON.stringify(who);
    const kept = this.drafts.get(key) ?? new Drafts(this.app.client);
    this.drafts.delete(key);
    this.drafts.set(key, kept);
    for (const oldest of this.drafts.keys()) {
      if (this.drafts.size <= CALLS_MAX) break;
      this.drafts.delete(oldest);
    }
    return kept;
  }
}
