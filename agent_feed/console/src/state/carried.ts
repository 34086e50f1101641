/**
 * What was typed, handed over a reload that the console itself asks for: kept by the tab for as long as that takes, for
 * the person who typed it, and taken out by the first look.
 */
import { emptyForm, type Form } from './composing';

type Store = Pick<Storage, 'getItem' | 'setItem'>;

const PLACE = 'paythread.carried';

export function carry(store: Store, user: string, form: Form): void {
  store.setItem(PLACE, JSON.stringify({ user, form }));
}

/** What this person typed before the reload, once; null where there is nothing. */
export function takeCarried(store: Store, user: string): Form | null {
  const kept = store.getItem(PLACE) ?? '';
  if (kept === '') return null;
  store.setItem(PLACE, '');
  try {
    const found = JSON.parse(kept) as { user?: unknown; form?: Partial<Form> };
    if (found.user !== user || typeof found.form !== 'object') return null;
    return { ...emptyForm('GBP'), ...found.form };
  } catch {
    return null;
  }
}
