/**
 * The language that the console speaks. It is settled before anything that speaks is loaded (`main.ts`): every text is
 * then read once, as the module that holds it loads, and a change of language loads the page again.
 *
 * English is complete; another language is laid over it, so that what it does not say yet is said in English.
 */

/** A language's words in the shape of the English ones, or as many of them as there are. */
export type In<T> = { readonly [K in keyof T]?: Other<T[K]> };

type Other<V> = V extends string
  ? string
  : V extends (...given: infer Given) => infer Said
    ? (...given: Given) => Said extends string ? string : Said
    : V extends readonly (infer Each)[]
      ? readonly Whole<Each>[]
      : V extends object
        ? In<V>
        : V;

/** As `Other`, with nothing left out. */
type Whole<V> = V extends string
  ? string
  : V extends (...given: infer Given) => infer Said
    ? (...given: Given) => Said extends string ? string : Said
    : V extends object
      ? { readonly [K in keyof V]: Whole<V[K]> }
      : V;

export type Catalogue = Readonly<Partial<Record<string, object>>>;

interface Speaking {
  tag: string;
  locale: string;
  direction: 'ltr' | 'rtl';
  catalogue: Catalogue;
}

const RIGHT_TO_LEFT = new Set(['ar', 'fa']);

/** Whether any text was read: then it is too late to choose. */
let hasSpoken = false;
let speaking: Speaking = { tag: 'en', locale: 'en-GB', direction: 'ltr', catalogue: {} };

/** With the digits that amounts and card numbers are told by on every desk. */
function localeOf(tag: string): string {
  if (tag === 'en') return 'en-GB';
  return RIGHT_TO_LEFT.has(tag) || tag === 'hi' || tag === 'km' ? `${tag}-u-nu-latn` : tag;
}

/** From now on; what has been loaded already stays as it is. */
export function speak(tag: string, catalogue: Catalogue): void {
  speaking = {
    tag,
    locale: localeOf(tag),
    direction: RIGHT_TO_LEFT.has(tag) ? 'rtl' : 'ltr',
    catalogue,
  };
}

/** Whether it was too early or too late for `speak`. */
export function isSpeaking(): boolean {
  return hasSpoken;
}

/** "en", "pt", "zh-Hant". */
export function languageTag(): string {
  return speaking.tag;
}

/** For numbers, dates and the names of languages. */
export function locale(): string {
  return speaking.locale;
}

/**
 * Writes moments in the language that is spoken. Of some languages a browser knows no months: then figures alone, rather
 * than "M11".
 */
export function dateFormat(
  options: Intl.DateTimeFormatOptions,
  known = Intl.DateTimeFormat.supportedLocalesOf(locale()).length > 0,
): Intl.DateTimeFormat {
  if (known) return new Intl.DateTimeFormat(locale(), options);
  const { month, dateStyle } = options;
  return new Intl.DateTimeFormat('en-GB', {
    ...options,
    weekday: undefined,
    ...(month === undefined ? {} : { month: '2-digit', day: '2-digit' }),
    ...(dateStyle === undefined ? {} : { dateStyle: 'short' }),
  });
}

export function direction(): 'ltr' | 'rtl' {
  return speaking.direction;
}

/** The words of one area in the language that is spoken. `T` is kept: a text is a string to whoever shows it. */
export function spokenAs<T extends object>(area: string, english: T): T {
  hasSpoken = true;
  const own = speaking.catalogue[area];
  return own === undefined ? english : laidOver(english, own);
}

function laidOver<T>(english: T, own: unknown): T {
  if (own === undefined) return english;
  if (!isRecord(english) || !isRecord(own)) return own as T;
  const names = Object.keys(english);
  return Object.fromEntries(names.map((name) => [name, laidOver(english[name], own[name])])) as T;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The language that fits best of those there are: what was chosen, then what the browser asks for. */
export function bestOf(
  there: readonly string[],
  chosen: string,
  wanted: readonly string[],
): string {
  if (there.includes(chosen)) return chosen;
  for (const tag of wanted) {
    const found = fitting(there, tag);
    if (found !== null) return found;
  }
  return 'en';
}

function fitting(there: readonly string[], tag: string): string | null {
  const [language = '', ...rest] = tag.toLowerCase().split('-');
  const isTraditional = language === 'zh' && rest.some((each) => /^(hant|tw|hk|mo)$/.test(each));
  const plain = isTraditional ? 'zh-Hant' : language;
  return there.includes(plain) ? plain : null;
}
