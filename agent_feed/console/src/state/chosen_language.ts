/** Which language was chosen for this browser: read before the rest of the console is there. */

export const PREFERENCES = 'paythread.preferences';

/** A tag such as "de", or '' where the browser's own is to be followed. */
export function chosenLanguage(store: Pick<Storage, 'getItem'>): string {
  try {
    const found: unknown = JSON.parse(store.getItem(PREFERENCES) ?? '{}');
    return languageIn(found);
  } catch {
    return '';
  }
}

/** The language in what was kept. */
export function languageIn(kept: unknown): string {
  if (typeof kept !== 'object' || kept === null || !('language' in kept)) return '';
  return typeof kept.language === 'string' && /^[a-zA-Z-]{2,12}$/.test(kept.language)
    ? kept.language
    : '';
}
