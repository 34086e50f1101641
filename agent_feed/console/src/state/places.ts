/** Where there is to go, and who may: one table for the navigation and for an address that is typed. */
import type { Role } from '../api/types';
import { paths, type Route } from './route.svelte';

type Screen = Route['screen'];

export interface Place {
  screen: Screen;
  path: string;
  /** The screens that belong to it, itself included. */
  holds: readonly Screen[];
}

const EVERYBODY: readonly Role[] = ['agent', 'supervisor', 'admin', 'auditor'];
const ACTING: readonly Role[] = ['agent', 'supervisor', 'admin'];
const SEEING_ALL: readonly Role[] = ['supervisor', 'admin', 'auditor'];

const OPEN_TO: Record<Screen, readonly Role[]> = {
  links: EVERYBODY,
  link: EVERYBODY,
  new: ACTING,
  conversations: EVERYBODY,
  customer: EVERYBODY,
  floor: SEEING_ALL,
  reviews: ['supervisor', 'admin'],
  reports: SEEING_ALL,
  settings: SEEING_ALL,
  account: EVERYBODY,
  access: [],
  sso: [],
};

export const PLACES = [
  { screen: 'links', path: paths.links, holds: ['links', 'link', 'new'] },
  { screen: 'conversations', path: paths.conversations, holds: ['conversations', 'customer'] },
  { screen: 'floor', path: paths.floor, holds: ['floor'] },
  { screen: 'reviews', path: paths.reviews, holds: ['reviews'] },
  { screen: 'reports', path: paths.reports, holds: ['reports'] },
  { screen: 'settings', path: paths.settings, holds: ['settings'] },
] as const satisfies readonly Place[];

/** The service decides what is answered; this keeps screens out of sight that could only fail. */
export function mayOpen(app: { role: Role | null }, route: Route): boolean {
  return app.role !== null && OPEN_TO[route.screen].includes(app.role);
}

export function placesOf(role: Role | null): (typeof PLACES)[number][] {
  return PLACES.filter((place) => role !== null && OPEN_TO[place.screen].includes(role));
}
