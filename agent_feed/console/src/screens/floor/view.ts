/** What the floor's parts show, added up out of the books. Each is counted once a frame. */
import type { App } from '../../state/app.svelte';
import { emptyTally, type Tally } from '../../state/floor';
import type { FloorLive } from '../../state/floor.svelte';
import { formatAmount } from '../../lib/money';

/** Whoever may be named on the floor. */
export interface People {
  name: (agent: string | null) => string | null;
  team: (agent: string | null) => string | null;
}

export function people(app: App, live: FloorLive): People {
  return {
    name: (agent) =>
      agent === null ? null : (app.colleagues.get(agent)?.name ?? live.names[agent] ?? agent),
    team: (agent) => (agent === null ? null : (app.colleagues.get(agent)?.team ?? null)),
  };
}

/** Whether the filter keeps work of this agent and channel. */
export function keeps(
  live: FloorLive,
  known: People,
): (agent: string | null, channel: string | null) => boolean {
  const { team, agent, channel } = live.filter;
  return (ofAgent, ofChannel) =>
    (agent === null || agent === (ofAgent ?? '')) &&
    (channel === null || channel === (ofChannel ?? '')) &&
    (team === null || team === (known.team(ofAgent) ?? ''));
}

export type By = 'team' | 'agent' | 'channel';

export interface GroupRow {
  key: string | null;
  tally: Tally;
}

export function whole(live: FloorLive, known: People): Tally {
  const kept = keeps(live, known);
  return (
    live.shown.books
      .tallies((agent, channel) => (kept(agent, channel) ? 'all' : undefined))
      .get('all') ?? emptyTally()
  );
}

/** Groups with something in them, the busiest first. */
export function grouped(live: FloorLive, known: People, by: By): GroupRow[] {
  const kept = keeps(live, known);
  const tallies = live.shown.books.tallies<string | null>((agent, channel) => {
    if (!kept(agent, channel)) return undefined;
    if (by === 'agent') return agent;
    return by === 'team' ? known.team(agent) : channel;
  });
  return [...tallies]
    .map(([key, tally]) => ({ key, tally }))
    .filter(({ tally }) => tally.open + tally.linksMade + tally.payments + tally.declined > 0)
    .sort((a, b) => b.tally.open - a.tally.open || b.tally.linksMade - a.tally.linksMade);
}

export function needsOf(tally: Tally): number {
  const { help, stalled, declined, undelivered } = tally.needs;
  return help + stalled + declined + undelivered;
}

export function percent(part: number, of: number): string | null {
  return of === 0 ? null : `${Math.round((part / of) * 100)} %`;
}

/** Each currency by itself, the most first: never one sum of several. */
export function money(amounts: Record<string, number>): string[] {
  return Object.entries(amounts)
    .filter(([, amount]) => amount !== 0)
    .sort((a, b) => b[1] - a[1])
    .map(([currency, amount]) => formatAmount(amount, currency));
}

/** "42 s", "3 min 5 s", "2 h 10 min". */
export function span(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60)
    return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
