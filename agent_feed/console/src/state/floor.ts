/**
 * The floor's books: every open link in its step, and what the day came to, by agent and channel.
 *
 * Opened with a snapshot, kept by the events after it. An event moves one link from one cell to another, however many
 * links there are; what is shown is added up out of the cells, of which there are as many as agents have channels.
 */
import type { FloorLink, FloorSnapshot, Need } from '../api/floor';
import type { JournalEvent, Link, Problem, Step } from '../api/types';
import type { Presence } from '../feed/feed';
import { numberIn, textIn } from '../lib/data';
import { fold, isOpen, type LinkView, withPresence } from './fold';

export interface FloorFilter {
  team: string | null;
  agent: string | null;
  channel: string | null;
}

export const EVERYTHING: FloorFilter = { team: null, agent: null, channel: null };

/** What some of the links, and the day for them, come to. */
export interface Tally {
  open: number;
  present: number;
  steps: Partial<Record<Step, number>>;
  needs: Record<Need, number>;
  linksMade: number;
  linksPaid: number;
  payments: number;
  declined: number;
  amounts: Record<string, number>;
  seconds: number[];
}

interface Cell extends Tally {
  agent: string | null;
  channel: string | null;
}

export interface NeedView {
  view: LinkView;
  need: Need;
}

const PAID: ReadonlySet<string> = new Set([
  'payment.paid',
  'payment.partially_paid',
  'payment.paid_late',
]);
const EARLY: readonly Step[] = ['created', 'sent'];
const AGAIN = 2;

export function emptyTally(): Tally {
  return {
    open: 0,
    present: 0,
    steps: {},
    needs: { help: 0, stalled: 0, declined: 0, undelivered: 0 },
    linksMade: 0,
    linksPaid: 0,
    payments: 0,
    declined: 0,
    amounts: {},
    seconds: [],
  };
}

export class FloorBooks {
  /** True at this position, but for what came after it. */
  asOf = 0;
  from = '';
  to = '';
  more = false;
  /** Something came of a link that is not in the books: only the service can tell where it was. */
  doubt = false;

  private readonly views = new Map<string, LinkView>();
  private readonly byAgent = new Map<string | null, Set<string>>();
  private readonly needing = new Set<string>();
  private readonly cells = new Map<string, Cell>();
  private readonly paidToday = new Set<string>();

  static of(snapshot: FloorSnapshot, later: readonly JournalEvent[] = []): FloorBooks {
    const books = new FloorBooks();
    books.asOf = snapshot.as_of;
    books.from = snapshot.from;
    books.to = snapshot.to;
    books.more = snapshot.more;
    for (const part of snapshot.day) {
      const cell = books.cell(part.agent, part.channel);
      cell.linksMade += part.links_made;
      cell.linksPaid += part.links_paid;
      cell.payments += part.payments;
      cell.declined += part.declined;
      for (const [currency, amount] of Object.entries(part.amounts)) add(cell, currency, amount);
      cell.seconds.push(...part.seconds);
    }
    for (const link of snapshot.links) books.put(viewOfFloor(link, snapshot.as_of));
    for (const event of later) books.take(event);
    return books;
  }

  /** Takes one event in; what the books have already changes nothing. */
  take(event: JournalEvent): void {
    if (event.position <= this.asOf) return;
    this.count(event);
    if (event.link === null) return;
    const before = this.views.get(event.link);
    if (before === undefined) {
      this.meet(event, event.link);
      return;
    }
    const after = moved(before, event);
    if (after === before) return;
    this.lift(before);
    if (isStillOpen(after)) this.put(after);
  }

  onPresence(presence: Presence): void {
    const before = this.views.get(presence.link);
    if (before === undefined) return;
    this.lift(before);
    this.put(withPresence(before, presence));
  }

  get(id: string): LinkView | undefined {
    return this.views.get(id);
  }

  /** The open links of one agent; the others are not looked at. */
  linksOf(agent: string | null): LinkView[] {
    const ids = [...(this.byAgent.get(agent) ?? [])];
    return ids.flatMap((id) => this.views.get(id) ?? []);
  }

  /** What needs somebody, longest first. */
  needs(keeps: (agent: string | null, channel: string | null) => boolean): NeedView[] {
    const found: NeedView[] = [];
    for (const id of this.needing) {
      const view = this.views.get(id);
      const need = view === undefined ? null : needOf(view);
      if (view === undefined || need === null) continue;
      if (keeps(view.link.agent, view.link.progress.channel)) found.push({ view, need });
    }
    return found.sort((a, b) => (a.view.activeAt < b.view.activeAt ? -1 : 1));
  }

  /** One tally a group, by what `keyOf` says of a cell; null leaves the cell out. */
  tallies<K>(
    keyOf: (agent: string | null, channel: string | null) => K | undefined,
  ): Map<K, Tally> {
    const found = new Map<K, Tally>();
    for (const cell of this.cells.values()) {
      const key = keyOf(cell.agent, cell.channel);
      if (key === undefined) continue;
      let tally = found.get(key);
      if (tally === undefined) found.set(key, (tally = emptyTally()));
      addTally(tally, cell);
    }
    return found;
  }

  /** The day's own numbers: what is told again by a later snapshot is counted from there. */
  private count(event: JournalEvent): void {
    const isToday = event.occurred_at >= this.from && event.occurred_at < this.to;
    if (!isToday) return;
    const link = event.link === null ? undefined : this.views.get(event.link)?.link;
    const cell = this.cell(event.agent, event.channel ?? link?.progress.channel ?? null);
    if (event.type === 'link.created') cell.linksMade += 1;
    else if (event.type === 'payment.declined') cell.declined += 1;
    else if (PAID.has(event.type)) {
      cell.payments += 1;
      const amount = numberIn(event, 'amount');
      const currency = textIn(event, 'currency');
      if (amount !== null && currency !== null) add(cell, currency, amount);
      this.countLink(link, cell);
    }
  }

  /** A link made today counts as paid once, by its first payment. */
  private countLink(link: Link | undefined, cell: Cell): void {
    if (link === undefined || link.created_at < this.from || this.paidToday.has(link.id)) return;
    if (link.status === 'partially_paid' || link.usage === 'multi') return;
    this.paidToday.add(link.id);
    cell.linksPaid += 1;
  }

  /** The first word of a link. */
  private meet(event: JournalEvent, id: string): void {
    if (event.type === 'link.created') this.put(viewOfCreated(event, id));
    else if (event.type.startsWith('checkout.') || event.type === 'link.opened') this.doubt = true;
  }

  private put(view: LinkView): void {
    const { link } = view;
    this.views.set(link.id, view);
    let own = this.byAgent.get(link.agent);
    if (own === undefined) this.byAgent.set(link.agent, (own = new Set()));
    own.add(link.id);
    const need = needOf(view);
    if (need !== null) this.needing.add(link.id);
    this.tell(view, need, 1);
  }

  private lift(view: LinkView): void {
    const { link } = view;
    this.views.delete(link.id);
    this.byAgent.get(link.agent)?.delete(link.id);
    this.needing.delete(link.id);
    this.tell(view, needOf(view), -1);
  }

  private tell(view: LinkView, need: Need | null, by: 1 | -1): void {
    const { agent, progress } = view.link;
    const cell = this.cell(agent, progress.channel);
    cell.open += by;
    cell.steps[progress.step] = (cell.steps[progress.step] ?? 0) + by;
    if (progress.present) cell.present += by;
    if (need !== null) cell.needs[need] += by;
  }

  private cell(agent: string | null, channel: string | null): Cell {
    const key = `${agent ?? ''} ${channel ?? ''}`;
    let cell = this.cells.get(key);
    if (cell === undefined) this.cells.set(key, (cell = { agent, channel, ...emptyTally() }));
    return cell;
  }
}

/** Why somebody should look at a link now; a first decline is the customer's to mend. */
export function needOf(view: LinkView): Need | null {
  switch (view.attention) {
    case 'help':
    case 'stalled':
    case 'undelivered':
      return view.attention;
    case 'declined':
      return view.link.progress.attempts >= AGAIN ? 'declined' : null;
    default:
      return null;
  }
}

/** The middle of a list of seconds, as the service reckons it; null of nothing. */
export function middle(seconds: readonly number[]): number | null {
  if (seconds.length === 0) return null;
  const sorted = [...seconds].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? 0;
  return sorted.length % 2 === 1 ? upper : Math.round((upper + (sorted[half - 1] ?? 0)) / 2);
}

/** A link after one more event: as the list folds it, but without its messages, which the floor does not have. */
function moved(view: LinkView, event: JournalEvent): LinkView {
  if (event.position <= view.upTo) return view;
  if (!event.type.startsWith('message.')) return handedOver(fold(view, event), event);
  const { progress } = view.link;
  const isEarly = EARLY.includes(progress.step);
  const base = { ...view, upTo: event.position };
  const at = (step: Step): LinkView => ({
    ...base,
    activeAt: event.occurred_at,
    attention: view.attention === 'undelivered' ? null : view.attention,
    link: {
      ...view.link,
      progress: {
        ...progress,
        step,
        since: event.occurred_at,
        channel: progress.channel ?? event.channel,
      },
    },
  });
  switch (event.type) {
    case 'message.sent':
      return progress.step === 'created' ? at('sent') : base;
    case 'message.delivered':
    case 'message.read':
      return isEarly ? at('delivered') : base;
    case 'message.failed':
      return isEarly || progress.step === 'delivered'
        ? { ...base, attention: 'undelivered', activeAt: event.occurred_at }
        : base;
    case 'message.received':
      return { ...base, attention: 'help', activeAt: event.occurred_at };
    default:
      return base;
  }
}

function handedOver(view: LinkView, event: JournalEvent): LinkView {
  const agent = event.type === 'link.updated' ? textIn(event, 'agent') : null;
  return agent === null ? view : { ...view, link: { ...view.link, agent } };
}

function isStillOpen(view: LinkView): boolean {
  const isSettled = view.link.progress.step === 'paid' && view.link.usage !== 'multi';
  return isOpen(view.link) && !isSettled;
}

function viewOfFloor(from: FloorLink, upTo: number): LinkView {
  const problem: Problem | null =
    from.problem === null ? null : { code: from.problem, customer_message: '', agent_hint: '' };
  const link: Link = {
    ...UNTOLD,
    id: from.id,
    status: from.status,
    agent: from.agent,
    usage: from.usage,
    reference: from.reference,
    amount: from.amount,
    currency: from.currency,
    created_at: from.created_at,
    progress: {
      step: from.step,
      since: from.since,
      present: from.present,
      device: from.device,
      channel: from.channel,
      attempts: from.attempts,
      problem,
    },
  };
  const attention = from.need ?? (from.step === 'declined' ? 'declined' : null);
  return {
    link,
    upTo,
    activeAt: from.since,
    attention,
    lastAttempt: null,
    stale: false,
    activity: null,
  };
}

function viewOfCreated(event: JournalEvent, id: string): LinkView {
  return viewOfFloor(
    {
      id,
      status: 'active',
      agent: event.agent,
      usage: textIn(event, 'usage') === 'multi' ? 'multi' : 'single',
      reference: textIn(event, 'reference'),
      step: 'created',
      since: event.occurred_at,
      present: false,
      device: null,
      channel: event.channel,
      attempts: 0,
      problem: null,
      need: null,
      amount: numberIn(event, 'amount') ?? 0,
      currency: textIn(event, 'currency') ?? 'GBP',
      created_at: event.occurred_at,
    },
    event.position,
  );
}

const UNTOLD = {
  url: '',
  amount_paid: 0,
  description: '',
  payment: '',
  customer: null,
  expires_at: '',
  messages: [],
  customer_summary: null,
};

function add(tally: Tally, currency: string, amount: number): void {
  tally.amounts[currency] = (tally.amounts[currency] ?? 0) + amount;
}

function addTally(whole: Tally, part: Tally): void {
  whole.open += part.open;
  whole.present += part.present;
  whole.linksMade += part.linksMade;
  whole.linksPaid += part.linksPaid;
  whole.payments += part.payments;
  whole.declined += part.declined;
  for (const [step, count] of Object.entries(part.steps) as [Step, number][]) {
    whole.steps[step] = (whole.steps[step] ?? 0) + count;
  }
  for (const need of ['help', 'stalled', 'declined', 'undelivered'] as const) {
    whole.needs[need] += part.needs[need];
  }
  for (const [currency, amount] of Object.entries(part.amounts)) add(whole, currency, amount);
  for (const one of part.seconds) whole.seconds.push(one);
}
