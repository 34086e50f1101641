/** The kinds of things that happen with a customer, as their history is filtered. */
import type { JournalEvent } from '../api/types';

export type Kind = 'all' | 'money' | 'messages' | 'contacts' | 'notes';

const FAMILIES: Record<Exclude<Kind, 'all'>, readonly string[]> = {
  money: ['link', 'payment', 'refund', 'dispute', 'checkout'],
  messages: ['message', 'conversation', 'consent'],
  contacts: ['interaction', 'survey'],
  notes: ['note'],
};
/** Single steps within a pay page would bury the rest. */
const STEPS_WITHIN: readonly string[] = [
  'checkout.joined',
  'checkout.left',
  'checkout.method_selected',
  'checkout.field_completed',
  'checkout.field_invalid',
];
/** Of `checkout`, what a person would tell somebody. */
const CHECKOUT = [
  'checkout.card_entry_started',
  'checkout.submitted',
  'checkout.stalled',
  'checkout.help_requested',
];

export const KINDS: readonly Kind[] = ['all', 'money', 'messages', 'contacts', 'notes'];

/** What to ask the service for; undefined for everything it would show. */
export function typesOf(kind: Kind): string | undefined {
  if (kind === 'all') return undefined;
  return FAMILIES[kind]
    .flatMap((family) => (family === 'checkout' ? CHECKOUT : [`${family}.*`]))
    .join(',');
}

/** Whether an entry that just came is among those that are shown. */
export function isOf(kind: Kind, event: JournalEvent): boolean {
  if (STEPS_WITHIN.includes(event.type)) return false;
  const family = event.type.split('.', 1)[0] ?? '';
  return kind === 'all' || FAMILIES[kind].includes(family);
}
