/** The parts of the settings, and who may look at each: one table for the side navigation and for a typed address. */
import type { Role } from '../api/types';

export interface SettingsPart {
  name: string;
  group: 'own' | 'house';
  roles: readonly Role[];
}

const EVERYBODY: readonly Role[] = ['agent', 'supervisor', 'admin', 'auditor'];

export const SETTINGS_PARTS = [
  { name: 'account', group: 'own', roles: EVERYBODY },
  { name: 'sessions', group: 'own', roles: EVERYBODY },
  { name: 'canned-replies', group: 'house', roles: ['supervisor', 'admin'] },
  { name: 'guidance', group: 'house', roles: ['supervisor', 'admin'] },
  { name: 'people', group: 'house', roles: ['supervisor', 'admin', 'auditor'] },
  { name: 'keys', group: 'house', roles: ['admin', 'auditor'] },
  { name: 'accounts', group: 'house', roles: ['supervisor', 'admin', 'auditor'] },
  { name: 'brand', group: 'house', roles: ['supervisor', 'admin', 'auditor'] },
  { name: 'templates', group: 'house', roles: ['supervisor', 'admin', 'auditor'] },
  { name: 'webhooks', group: 'house', roles: ['admin', 'auditor'] },
  { name: 'page-security', group: 'house', roles: ['supervisor', 'admin', 'auditor'] },
  { name: 'limits', group: 'house', roles: ['supervisor', 'admin', 'auditor'] },
  { name: 'journal', group: 'house', roles: ['supervisor', 'admin', 'auditor'] },
] as const satisfies readonly SettingsPart[];

export type PartName = (typeof SETTINGS_PARTS)[number]['name'];

export function partsOf(role: Role | null): (typeof SETTINGS_PARTS)[number][] {
  return SETTINGS_PARTS.filter(
    (part) => role !== null && (part.roles as readonly Role[]).includes(role),
  );
}

/** The part that is asked for, or the first of those that this person may look at. */
export function partOf(asked: string | null, role: Role | null): PartName | null {
  const open = partsOf(role);
  return (open.find((part) => part.name === asked) ?? open[0])?.name ?? null;
}
