/** Which report is looked at, of which days, and how that stands in the address. Reads no clock. */
import type { Asked, Row } from '../api/reports';

export const PARTS = ['funnel', 'channels', 'agents', 'payments', 'satisfaction'] as const;
export type Part = (typeof PARTS)[number];

export const RANGES = ['today', 'yesterday', '7d', '30d', 'month', 'own'] as const;
export type Range = (typeof RANGES)[number];

/** What rows stand for, the first unless another is chosen. */
export const GROUPS = {
  funnel: ['channel', 'day', 'agent', 'device', 'language', 'psp'],
  channels: [],
  agents: [],
  payments: ['day', 'reason', 'agent', 'channel', 'psp', 'currency'],
  satisfaction: ['day', 'agent', 'channel'],
} as const satisfies Record<Part, readonly string[]>;
export type Group = (typeof GROUPS)[Part][number];

export const FILTERS = ['agent', 'channel', 'device', 'language', 'psp'] as const;
export type Filter = (typeof FILTERS)[number];
const EVERYWHERE: readonly Filter[] = ['agent', 'channel'];

export interface View {
  part: Part;
  range: Range;
  /** Days of the zone, both included; only the own range has them. */
  from: string;
  to: string;
  zone: string;
  group: Group | null;
  only: Partial<Record<Filter, string>>;
}

export interface Days {
  from: string;
  to: string;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const DAY_MS = 86_400_000;

function oneOf<T extends string>(among: readonly T[], value: string | null): T | null {
  return among.find((each) => each === value) ?? null;
}

/** `part` is what stands behind `#/reports/`: "funnel", "payments?range=month&by=reason". */
export function viewOf(part: string | null, zone: string, remembered: Range = '7d'): View {
  const [name = '', search = ''] = (part ?? '').split('?', 2);
  // A plus is a plus, as in Etc/GMT+5.
  const asked = new URLSearchParams(search.replaceAll('+', '%2B'));
  const known = oneOf(PARTS, name) ?? 'funnel';
  const [from, to] = [asked.get('from') ?? '', asked.get('to') ?? ''];
  let range = oneOf(RANGES, asked.get('range')) ?? remembered;
  if (range === 'own' && !(isDay(from) && isDay(to) && from <= to)) range = '7d';
  const groups: readonly Group[] = GROUPS[known];
  const only: View['only'] = {};
  for (const filter of FILTERS) {
    const value = asked.get(filter);
    if (value !== null && filtersOf(known).includes(filter)) only[filter] = value;
  }
  return {
    part: known,
    range,
    from: range === 'own' ? from : '',
    to: range === 'own' ? to : '',
    zone: isZone(asked.get('zone')) ?? zone,
    group: oneOf(groups, asked.get('by')) ?? groups[0] ?? null,
    only,
  };
}

export function addressOf(view: View): string {
  const search = new URLSearchParams({ range: view.range, zone: view.zone });
  if (view.range === 'own') {
    search.set('from', view.from);
    search.set('to', view.to);
  }
  if (view.group !== null) search.set('by', view.group);
  for (const [filter, value] of Object.entries(view.only)) search.set(filter, value);
  return `#/reports/${view.part}?${search.toString().replaceAll('+', '%20')}`;
}

/** The same days and filters in another report, as far as it has them. */
export function inPart(view: View, part: Part): View {
  const groups: readonly Group[] = GROUPS[part];
  const only = Object.fromEntries(
    Object.entries(view.only).filter(([filter]) => filtersOf(part).includes(filter as Filter)),
  );
  return { ...view, part, only, group: groups[0] ?? null };
}

export function filtersOf(part: Part): readonly Filter[] {
  return part === 'funnel' ? FILTERS : EVERYWHERE;
}

export function isDay(written: string): boolean {
  return DAY.test(written) && !Number.isNaN(Date.parse(`${written}T00:00Z`));
}

/** Browsers still list some cities by names that their people have left behind. */
const RENAMED: Partial<Record<string, string>> = {
  'America/Godthab': 'America/Nuuk',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
};

export function zoneToday(zone: string): string {
  return RENAMED[zone] ?? zone;
}

export function ownZone(): string {
  return zoneToday(Intl.DateTimeFormat().resolvedOptions().timeZone);
}

function isZone(name: string | null): string | null {
  if (name === null) return null;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return name;
  } catch {
    return null;
  }
}

/** The day that it is in the zone. */
export function dayIn(zone: string, nowMs: number): string {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  return format.format(nowMs);
}

/** By the calendar: not every day has 24 hours. */
export function shifted(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

export function daysOf(view: View, nowMs: number): Days {
  const today = dayIn(view.zone, nowMs);
  switch (view.range) {
    case 'today':
      return { from: today, to: today };
    case 'yesterday':
      return { from: shifted(today, -1), to: shifted(today, -1) };
    case '7d':
      return { from: shifted(today, -6), to: today };
    case '30d':
      return { from: shifted(today, -29), to: today };
    case 'month':
      return { from: `${today.slice(0, 8)}01`, to: today };
    case 'own':
      return { from: view.from, to: view.to };
  }
}

/** As many days, right before; of a month so far, the same days of the month before. */
export function daysBefore(view: View, nowMs: number): Days {
  const { from, to } = daysOf(view, nowMs);
  if (view.range === 'month') {
    const last = shifted(from, -1);
    const same = `${last.slice(0, 8)}${to.slice(8)}`;
    return { from: `${last.slice(0, 8)}01`, to: same < last ? same : last };
  }
  const count = countOf({ from, to });
  return { from: shifted(from, -count), to: shifted(to, -count) };
}

export function countOf({ from, to }: Days): number {
  return (Date.parse(`${to}T00:00Z`) - Date.parse(`${from}T00:00Z`)) / DAY_MS + 1;
}

/** Every day, also those on which nothing happened. */
export function everyDay({ from, to }: Days): string[] {
  return Array.from({ length: Math.min(countOf({ from, to }), 400) }, (_, n) => shifted(from, n));
}

/** As the service is asked. */
export function askedOf(view: View, days: Days): Asked {
  return {
    from: days.from,
    to: days.to,
    timezone: view.zone,
    ...(view.group === null ? {} : { group_by: view.group }),
    ...view.only,
  };
}

export type Kind =
  | { kind: 'name' }
  | { kind: 'count' }
  | { kind: 'share' }
  | { kind: 'seconds' }
  | { kind: 'score' }
  | { kind: 'money'; currency: string }
  | { kind: 'micros'; currency: string };

/** What the numbers of a column are. */
export function kindOf(column: string): Kind {
  if (column === 'group' || column === 'agent' || column === 'channel') return { kind: 'name' };
  if (column === 'score') return { kind: 'score' };
  if (column === 'conversion' || column.endsWith('_rate') || column.startsWith('share_')) {
    return { kind: 'share' };
  }
  if (column.startsWith('seconds')) return { kind: 'seconds' };
  const currency = /^[a-z_]+_([A-Z]{3})$/.exec(column)?.[1];
  if (currency === undefined) return { kind: 'count' };
  return column.includes('_micros_') ? { kind: 'micros', currency } : { kind: 'money', currency };
}

/** What a full bar means, where that is not the largest of them. */
export function wholeOf(column: string): number | null {
  const { kind } = kindOf(column);
  if (kind === 'share') return 1;
  return kind === 'score' ? 5 : null;
}

/** Where a press on a row leads: what it stands for is looked at alone. */
export function drilled(view: View, name: string): View {
  if (view.part === 'agents') {
    return { ...inPart(view, 'funnel'), only: { ...view.only, agent: name } };
  }
  if (view.part === 'channels') {
    return { ...inPart(view, 'funnel'), only: { ...view.only, channel: name }, group: 'agent' };
  }
  if (view.group === 'day') return { ...view, range: 'own', from: name, to: name };
  const filter = filtersOf(view.part).find((each) => each === view.group);
  if (filter === undefined) return view;
  return { ...view, only: { ...view.only, [filter]: name }, group: 'day' };
}

export function canDrill(view: View): boolean {
  if (view.part === 'agents' || view.part === 'channels' || view.group === 'day') return true;
  return filtersOf(view.part).some((each) => each === view.group);
}

/** The numbers that come first in each report, as far as the answer has them. */
export function cardsOf(part: Part, columns: readonly string[]): string[] {
  const wanted: Record<Part, readonly RegExp[]> = {
    funnel: [/^created$/, /^paid$/, /^conversion$/, /^seconds_in_all$/],
    channels: [/^sent$/, /^delivery_rate$/, /^seconds_to_answer$/, /^cost_/],
    agents: [/^links$/, /^links_paid$/, /^conversion$/, /^seconds_to_answer$/],
    payments: [/^amount_paid_/, /^paid$/, /^declined$/, /^decline_rate$/, /^amount_refunded_/],
    satisfaction: [/^score$/, /^share_satisfied$/, /^answers$/, /^response_rate$/],
  };
  return wanted[part].flatMap((each) => columns.filter((column) => each.test(column))).slice(0, 6);
}

/** What the chart shows unless another column is chosen. */
export function measureOf(part: Part, group: Group | null): string {
  if (part === 'funnel') return group === 'day' ? 'paid' : 'conversion';
  if (part === 'channels') return 'sent';
  if (part === 'agents') return 'links_paid';
  if (part === 'payments') return group === 'reason' ? 'declined' : 'paid';
  return 'score';
}

export function isEmpty(totals: Row): boolean {
  return Object.entries(totals).every(
    ([column, cell]) => kindOf(column).kind !== 'count' || cell === 0 || cell === null,
  );
}
