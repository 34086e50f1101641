/** What a person chose for this browser: kept in it, and nowhere else. */

import { browserStore } from '../lib/browser_store';
import { languageIn, PREFERENCES } from './chosen_language';

export type Theme = 'system' | 'light' | 'dark';

interface Kept {
  theme: Theme;
  /** Of the console; '' as the browser asks for. Another one takes the page anew. */
  language: string;
  sound: boolean;
  desktop: boolean;
  /** Whether they were asked about sound and notices, whatever they said. */
  asked: boolean;
  keys: boolean;
  tourDone: boolean;
}

const USUAL: Kept = {
  theme: 'system',
  language: '',
  sound: false,
  desktop: false,
  asked: false,
  keys: true,
  tourDone: false,
};
const THEMES: readonly unknown[] = ['system', 'light', 'dark'];

export class Preferences {
  private kept = $state.raw<Kept>(USUAL);

  constructor(
    private readonly store: Pick<Storage, 'getItem' | 'setItem'> | null = browserStore('always'),
  ) {
    this.kept = read(this.store);
  }

  get theme(): Theme {
    return this.kept.theme;
  }

  get language(): string {
    return this.kept.language;
  }

  get sound(): boolean {
    return this.kept.sound;
  }

  get desktop(): boolean {
    return this.kept.desktop;
  }

  get asked(): boolean {
    return this.kept.asked;
  }

  get keys(): boolean {
    return this.kept.keys;
  }

  get tourDone(): boolean {
    return this.kept.tourDone;
  }

  set(changes: Partial<Kept>): void {
    this.kept = { ...this.kept, ...changes };
    try {
      this.store?.setItem(PREFERENCES, JSON.stringify(this.kept));
    } catch {
      // A full or forbidden store: it holds until the page is closed.
    }
  }
}

function read(store: Pick<Storage, 'getItem'> | null): Kept {
  try {
    const found: unknown = JSON.parse(store?.getItem(PREFERENCES) ?? '{}');
    if (typeof found !== 'object' || found === null) return USUAL;
    const { theme, ...flags } = found as Record<string, unknown>;
    const chosen = Object.fromEntries(
      Object.entries(flags).filter(([name, value]) => name in USUAL && typeof value === 'boolean'),
    );
    return {
      ...USUAL,
      ...chosen,
      language: languageIn(found),
      ...(THEMES.includes(theme) ? { theme: theme as Theme } : {}),
    };
  } catch {
    return USUAL;
  }
}
