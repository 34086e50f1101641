/**
 * Amounts: shown from, and read into, integers of minor units. No float on the way.
 *
 * People write amounts in the habits of many countries: "1,234.56", "1.234,56", "1 234,56", "1'234.56". Each is
 * understood where it can mean one thing only. "1,234" can mean two: it is never guessed, the readings are
 * handed back for the person to choose.
 */
import { DECIMALS } from './currencies';
import { locale } from './language';

/** The largest amount the service takes, in minor units. */
export const AMOUNT_MINOR_MAX = 99_999_999_999;

export type AmountFault =
  | 'empty'
  | 'not_a_number'
  | 'negative'
  | 'zero'
  | 'too_large'
  | 'too_many_decimals'
  | 'other_currency';

export type ParsedAmount =
  | { kind: 'amount'; minor: number }
  | { kind: 'ambiguous'; readings: number[] }
  | { kind: 'fault'; fault: AmountFault };

const LOCALE = locale();
const SPACES = /[\s\u00a0\u2007\u2009\u202f]/g;
const APOSTROPHES = /['\u2019\u02bc]/g;
const MINUS = /[-\u2212\u2013(]/;

export function decimalsOf(currency: string): number {
  return DECIMALS.get(currency) ?? 2;
}

/** The amount as plain digits with a decimal point: 4999 GBP is "49.99". */
export function plainAmount(minor: number, currency: string): string {
  const decimals = decimalsOf(currency);
  const sign = minor < 0 ? '-' : '';
  const digits = String(Math.abs(minor)).padStart(decimals + 1, '0');
  if (decimals === 0) return sign + digits;
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

const formats = new Map<string, Intl.NumberFormat>();

function formatOf(currency: string): Intl.NumberFormat {
  let format = formats.get(currency);
  if (format === undefined) {
    const decimals = decimalsOf(currency);
    format = new Intl.NumberFormat(LOCALE, {
      style: 'currency',
      currency,
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    });
    formats.set(currency, format);
  }
  return format;
}

/** The amount as people read it: 123456 GBP is "£1,234.56". */
export function formatAmount(minor: number, currency: string): string {
  const plain = plainAmount(minor, currency);
  try {
    // A decimal string is formatted digit by digit, where a number would pass through a float.
    return formatOf(currency).format(plain as Intl.StringNumericLiteral);
  } catch {
    return `${plain} ${currency}`;
  }
}

/** The name people know a currency by: "GBP" is "British Pound". */
export function currencyName(currency: string): string {
  try {
    return new Intl.DisplayNames([LOCALE], { type: 'currency' }).of(currency) ?? currency;
  } catch {
    return currency;
  }
}

const fault = (what: AmountFault): ParsedAmount => ({ kind: 'fault', fault: what });

/** Reads what a person typed as an amount in `currency`. */
export function parseAmount(typed: string, currency: string): ParsedAmount {
  const written = withoutSign(typed.trim(), currency);
  if (written === null) return fault('other_currency');
  if (written === '') return fault('empty');
  if (MINUS.test(written)) return fault('negative');
  const grouped = joinGroups(written);
  if (grouped === null || !/^[\d.,]+$/.test(grouped) || !/\d/.test(grouped)) {
    return fault('not_a_number');
  }
  const decimals = decimalsOf(currency);
  const splits = readings(grouped, decimals);
  if (splits === null) return fault('not_a_number');
  const amounts = splits
    .map((split) => toMinor(split, decimals))
    .filter((minor): minor is number => minor !== null);
  const [first] = amounts;
  if (first === undefined) return fault('too_many_decimals');
  // "1,234" in pounds has one lawful reading, yet may as well be a slip for 1.23: ask. Yen know no decimals,
  // so there the sign can only be a thousands separator.
  if (splits.length > 1 && decimals > 0) {
    return { kind: 'ambiguous', readings: amounts.filter((minor) => minor <= AMOUNT_MINOR_MAX) };
  }
  if (first > AMOUNT_MINOR_MAX) return fault('too_large');
  if (first === 0) return fault('zero');
  return { kind: 'amount', minor: first };
}

/** Takes the currency's own sign or code off either end; null where another currency's stands there. */
function withoutSign(written: string, currency: string): string | null {
  const leading = /^[^\d.,'\u2019\s()\u2212\u2013-]+/.exec(written)?.[0] ?? '';
  const trailing =
    /[^\d.,'\u2019\s()\u2212\u2013-]+$/.exec(written.slice(leading.length))?.[0] ?? '';
  const own = signsOf(currency);
  for (const sign of [leading, trailing]) {
    if (sign !== '' && !own.has(sign.toUpperCase())) {
      return looksLikeCurrency(sign) ? null : written;
    }
  }
  return written.slice(leading.length, written.length - trailing.length).trim();
}

function signsOf(currency: string): ReadonlySet<string> {
  const signs = new Set([currency]);
  for (const display of ['symbol', 'narrowSymbol'] as const) {
    const format = new Intl.NumberFormat(LOCALE, {
      style: 'currency',
      currency,
      currencyDisplay: display,
    });
    const part = format.formatToParts(0).find((each) => each.type === 'currency');
    if (part) signs.add(part.value.toUpperCase());
  }
  return signs;
}

function looksLikeCurrency(sign: string): boolean {
  return /\p{Sc}/u.test(sign) || DECIMALS.has(sign.toUpperCase());
}

/** Closes up groups set apart by spaces or apostrophes; null where they are not groups of digits. */
function joinGroups(written: string): string | null {
  const spaced = written.replace(SPACES, ' ').replace(APOSTROPHES, "'");
  const marks = new Set(spaced.match(/[ ']/g) ?? []);
  if (marks.size === 0) return spaced;
  if (marks.size > 1) return null;
  const [mark = ' '] = [...marks];
  const [, whole = '', rest = ''] = /^([\d ']*)(.*)$/.exec(spaced) ?? [];
  const parts = whole.split(mark);
  const areGroups = /^\d{1,3}$/.test(parts[0] ?? '') && parts.slice(1).every((p) => p.length === 3);
  // After groups of this kind, a point or comma can only be the decimal one, and stands once.
  if (!areGroups || rest.includes(mark) || /[.,].*[.,]/.test(rest)) return null;
  return parts.join('') + rest;
}

interface Split {
  whole: string;
  fraction: string;
}

/** Every way to read digits with points and commas as whole and fraction; null where there is none. */
function readings(written: string, decimals: number): Split[] | null {
  const marks = written.match(/[.,]/g) ?? [];
  if (marks.length === 0) return [{ whole: written, fraction: '' }];
  const last = marks[marks.length - 1] ?? '.';
  if (new Set(marks).size === 2) {
    if (marks.filter((mark) => mark === last).length > 1) return null;
    const [whole = '', fraction = ''] = written.split(last);
    const joined = fromGroups(whole);
    return joined === null || fraction === '' ? null : [{ whole: joined, fraction }];
  }
  if (marks.length > 1) {
    const joined = fromGroups(written);
    return joined === null ? null : [{ whole: joined, fraction: '' }];
  }
  const [whole = '', fraction = ''] = written.split(last);
  if (fraction === '') return null;
  const asDecimal = { whole: whole || '0', fraction };
  if (!/^[1-9]\d{0,2}$/.test(whole) || fraction.length !== 3) return [asDecimal];
  const asGroup = { whole: whole + fraction, fraction: '' };
  return decimals === 0 ? [asGroup] : [asDecimal, asGroup];
}

/** Digits in groups, by threes or as in India ("12,34,567"), joined; null where they are not groups. */
function fromGroups(written: string): string | null {
  const isWestern = /^\d{1,3}([.,]\d{3})+$/.test(written);
  const isIndian = /^\d{1,2}(,\d{2})+,\d{3}$/.test(written);
  return isWestern || isIndian ? written.replace(/[.,]/g, '') : null;
}

function toMinor(split: Split, decimals: number): number | null {
  if (split.fraction.length > decimals) return null;
  const digits = (split.whole + split.fraction.padEnd(decimals, '0')).replace(/^0+(?=\d)/, '');
  // Fifteen digits always fit an integer exactly; anything longer is too large anyway.
  return digits.length > 15 ? Number.MAX_SAFE_INTEGER : Number(digits);
}
