/** Where there is to go, and who may: one table for the navigation and for an address that is typed. */
import type { May, Permission } from '../api/types';
import { paths, type Route } from './route.svelte';
import { partsOf } from './settings_parts';

type Screen = Route['screen'];

export interface Place {
  screen: Screen;
  path: string;
  /** The screens that belong to it, itself included. */
  holds: readonly Screen[];
}

/** What a screen takes; nothing is for whoever is signed in. */
const TAKES: Partial<Record<Screen, Permission>> = {
  links: 'links.read',
  link: 'links.read',
  new: 'links.write',
  conversations: 'conversations.read',
  customer: 'customers.read',
  floor: 'reports.read',
  reviews: 'payments.review',
  reports: 'reports.read',
};
/** Screens of whoever is not signed in yet. */
const BEFORE: readonly Screen[] = ['access', 'sso'];

export const PLACES = [
  { screen: 'links', path: paths.links, holds: ['links', 'link', 'new'] },
  { screen: 'conversations', path: paths.conversations, holds: ['conversations', 'customer'] },
  { screen: 'floor', path: paths.floor, holds: ['floor'] },
  { screen: 'reviews', path: paths.reviews, holds: ['reviews'] },
  { screen: 'reports', path: paths.reports, holds: ['reports'] },
  { screen: 'settings', path: paths.settings, holds: ['settings'] },
] as const satisfies readonly Place[];

export function mayOpen(may: May, screen: Screen): boolean {
  if (screen === 'settings') return partsOf(may).some((part) => part.group === 'house');
  const taken = TAKES[screen];
  return !BEFORE.includes(screen) && (taken === undefined || may(taken));
}

export function placesOf(may: May): (typeof PLACES)[number][] {
  return PLACES.filter((place) => mayOpen(may, place.screen));
}
