/** Who is here just now: the customer on the page, and others at the same link. */
import type { Activity, Watcher } from '../feed/frames';
import { spokenAs } from '../lib/language';

const ENGLISH = {
  away: 'Not on the page',
  there: {
    active: 'On the page',
    typing: 'On the page, typing',
    idle: 'On the page, idle',
  } satisfies Record<Activity, string>,
  /** Up to three names, and how many more there are. */
  watchers: (names: readonly string[], more: number): string => {
    const all = [...names];
    if (more > 0) all.push(more === 1 ? '1 more person' : `${more} more people`);
    const last = all.pop() ?? '';
    if (all.length === 0) return `${last} is also looking at this link.`;
    return `${all.join(', ')} and ${last} are also looking at this link.`;
  },
};

export const presence = spokenAs('presence', ENGLISH);

export function presenceLabel(isPresent: boolean, activity: Activity | null): string {
  return isPresent ? presence.there[activity ?? 'active'] : presence.away;
}

const NAMED_MAX = 3;

/** "Robin Reyes is also looking at this link." Nothing where nobody is. */
export function watchers(others: readonly Watcher[]): string {
  if (others.length === 0) return '';
  const names = others.slice(0, NAMED_MAX).map((each) => each.name);
  return presence.watchers(names, others.length - names.length);
}
