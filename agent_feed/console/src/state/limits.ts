/** The form of the limits: which settings stand together, and what is typed for a value. */
import type { FieldShape, SettingValue } from '../api/limits';

/** Kinds of settings, by the card that they stand on. What has a screen of its own is not here. */
export const LIMIT_CARDS = [
  { card: 'approvals', kinds: ['approvals'] },
  { card: 'signIn', kinds: ['mfa', 'single_sign_on'] },
  { card: 'fraud', kinds: ['fraud'] },
  { card: 'alerts', kinds: ['alerts'] },
  { card: 'page', kinds: ['page', 'pay_page_time', 'survey', 'receipts'] },
  { card: 'sms', kinds: ['sms', 'stop'] },
  { card: 'prices', kinds: ['message_prices'] },
] as const;

/** `retention` stands on a screen of its own, beside what it does. */
export type LimitCard = (typeof LIMIT_CARDS)[number]['card'] | 'retention';

/** Sums that the service counts in millionths are typed as decimals. */
const MILLIONTHS = 6;

export function decimalsOf(kind: string, shape: FieldShape): number {
  return kind === 'message_prices' && shape.type === 'integer' ? MILLIONTHS : 0;
}

/** What stands in the field: '' for what is not set. */
export function typed(value: SettingValue, decimals: number): string {
  if (value === null) return '';
  if (Array.isArray(value)) return value.join(', ');
  if (decimals === 0 || typeof value !== 'number') return String(value);
  const digits = String(value).padStart(decimals + 1, '0');
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`.replace(/\.?0+$/, '');
}

/** The value of what was typed, null for nothing; undefined where it is none of this shape. */
export function valueOf(
  text: string,
  shape: FieldShape,
  decimals: number,
): SettingValue | undefined {
  const plain = text.trim();
  if (shape.type === 'array') {
    const words = plain.split(/[\s,;]+/).filter((word) => word !== '');
    const among = new Set(shape.items?.enum);
    const found = words.map((word) => (among.has(word) ? word : word.toUpperCase()));
    return found.every((word) => among.has(word)) ? [...new Set(found)].sort() : undefined;
  }
  if (plain === '') return null;
  if (shape.type === 'string') return plain;
  const number = numberOf(plain, decimals);
  if (number === undefined) return undefined;
  const { minimum = -Infinity, maximum = Infinity } = shape;
  return number >= minimum && number <= maximum ? number : undefined;
}

function numberOf(text: string, decimals: number): number | undefined {
  const [, whole = '', part = ''] = /^(\d{1,15})(?:[.,](\d*))?$/.exec(text) ?? [];
  if (whole === '' || part.length > decimals) return undefined;
  const number = Number(whole + part.padEnd(decimals, '0'));
  return Number.isSafeInteger(number) ? number : undefined;
}

export function isSame(a: SettingValue, b: SettingValue): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
