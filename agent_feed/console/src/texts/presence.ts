/** Who is here just now: the customer on the page, and others at the same link. */
import type { Activity, Watcher } from '../feed/frames';

const THERE: Record<Activity, string> = {
  active: 'On the page',
  typing: 'On the page, typing',
  idle: 'On the page, idle',
};

export function presenceLabel(isPresent: boolean, activity: Activity | null): string {
  if (!isPresent) return 'Not on the page';
  return THERE[activity ?? 'active'];
}

const NAMED_MAX = 3;

/** "Robin Reyes is also looking at this link." Nothing where nobody is. */
export function watchers(others: readonly Watcher[]): string {
  const names = others.slice(0, NAMED_MAX).map((each) => each.name);
  const more = others.length - names.length;
  if (more > 0) names.push(more === 1 ? '1 more person' : `${more} more people`);
  const last = names.pop();
  if (last === undefined) return '';
  if (names.length === 0) return `${last} is also looking at this link.`;
  return `${names.join(', ')} and ${last} are also looking at this link.`;
}
