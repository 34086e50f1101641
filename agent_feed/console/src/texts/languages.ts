/** The languages that the console speaks beside English, each in a file of its own that is fetched when it is spoken. */
import { browserStore } from '../lib/browser_store';
import { bestOf, direction, languageTag, speak } from '../lib/language';
import { chosenLanguage } from '../state/chosen_language';
import type { Words } from './catalogue';

type Load = () => Promise<{ words: Words }>;

const OTHERS: Readonly<Record<string, Load>> = {
  de: () => import('./de'),
  ar: () => import('./ar'),
  es: () => import('./es'),
  fr: () => import('./fr'),
  pt: () => import('./pt'),
  pl: () => import('./pl'),
  hi: () => import('./hi'),
  'zh-Hant': () => import('./zh-Hant'),
  km: () => import('./km'),
  fa: () => import('./fa'),
  zh: () => import('./zh'),
};

export const SPOKEN: readonly string[] = ['en', ...Object.keys(OTHERS)];

/** A language by its own name: "Deutsch", "العربية". */
export function ownName(tag: string): string {
  return new Intl.DisplayNames(tag, { type: 'language' }).of(tag) ?? tag;
}

/**
 * Settles the language before anything that speaks is loaded. Words that do not arrive are no reason to show nothing:
 * then it is English.
 */
export async function speakBest(asked: string | null = null): Promise<void> {
  const chosen = asked ?? chosenLanguage(browserStore('always'));
  const tag = bestOf(SPOKEN, chosen, navigator.languages);
  const load = OTHERS[tag];
  const found = load === undefined ? null : await load().catch(() => null);
  if (found !== null) speak(tag, { ...found.words });
  document.documentElement.lang = languageTag();
  document.documentElement.dir = direction();
}
