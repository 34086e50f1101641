/** The parts of the settings, and who may look at each: one table for the side navigation and for a typed address. */
import type { May, Permission } from '../api/types';

export interface SettingsPart {
  name: string;
  group: 'own' | 'house';
  /** All that it takes to look at it. */
  takes: readonly Permission[];
}

const SETTINGS: readonly Permission[] = ['settings.read'];
const PEOPLE: readonly Permission[] = ['users.read', 'merchant_wide'];

export const SETTINGS_PARTS = [
  { name: 'account', group: 'own', takes: [] },
  { name: 'sessions', group: 'own', takes: [] },
  { name: 'canned-replies', group: 'house', takes: ['canned_replies.write'] },
  { name: 'guidance', group: 'house', takes: ['guidance.write'] },
  { name: 'people', group: 'house', takes: PEOPLE },
  { name: 'teams', group: 'house', takes: PEOPLE },
  { name: 'roles', group: 'house', takes: PEOPLE },
  { name: 'keys', group: 'house', takes: ['keys.read'] },
  { name: 'accounts', group: 'house', takes: SETTINGS },
  { name: 'brand', group: 'house', takes: SETTINGS },
  { name: 'templates', group: 'house', takes: SETTINGS },
  { name: 'webhooks', group: 'house', takes: ['webhooks.read'] },
  { name: 'page-security', group: 'house', takes: SETTINGS },
  { name: 'limits', group: 'house', takes: SETTINGS },
  { name: 'retention', group: 'house', takes: SETTINGS },
  { name: 'journal', group: 'house', takes: ['events.read_privileged'] },
] as const satisfies readonly SettingsPart[];

export type PartName = (typeof SETTINGS_PARTS)[number]['name'];

export function partsOf(may: May): (typeof SETTINGS_PARTS)[number][] {
  return SETTINGS_PARTS.filter((part) => part.takes.every(may));
}

/** The part that is asked for, or the first of those that this person may look at. */
export function partOf(asked: string | null, may: May): PartName | null {
  const open = partsOf(may);
  return (open.find((part) => part.name === asked) ?? open[0])?.name ?? null;
}
