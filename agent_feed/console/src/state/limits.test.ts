import { describe, expect, it } from 'vitest';

import type { FieldShape } from '../api/limits';
import { decimalsOf, isSame, typed, valueOf } from './limits';

const COUNT: FieldShape = { type: 'integer', minimum: 1, maximum: 100, default: 4 };
const PRICE: FieldShape = { type: 'integer', minimum: 0, maximum: 100_000_000, default: null };
const LANDS: FieldShape = { type: 'array', items: { enum: ['DE', 'GB'] }, default: [] };

describe('what is typed for a setting', () => {
  it('is a whole number within its bounds, or nothing', () => {
    expect(valueOf(' 7 ', COUNT, 0)).toBe(7);
    expect(valueOf('', COUNT, 0)).toBeNull();
    for (const bad of ['0', '101', '7.5', '-1', '1e2', 'seven']) {
      expect(valueOf(bad, COUNT, 0)).toBeUndefined();
    }
  });

  it('is a decimal where the service counts in millionths, and reads the same again', () => {
    const decimals = decimalsOf('message_prices', PRICE);
    for (const [text, micros] of [
      ['0.04', 40_000],
      ['12', 12_000_000],
      ['0,000001', 1],
    ] as const) {
      expect(valueOf(text, PRICE, decimals)).toBe(micros);
      expect(valueOf(typed(micros, decimals), PRICE, decimals)).toBe(micros);
    }
    expect(typed(40_000, decimals)).toBe('0.04');
    expect(typed(0, decimals)).toBe('0');
    expect(valueOf('0.0000001', PRICE, decimals)).toBeUndefined();
  });

  it('is a list of known words, in any case and order', () => {
    expect(valueOf('gb; DE, gb', LANDS, 0)).toEqual(['DE', 'GB']);
    expect(valueOf('', LANDS, 0)).toEqual([]);
    expect(valueOf('GB, XX', LANDS, 0)).toBeUndefined();
    expect(typed(['DE', 'GB'], 0)).toBe('DE, GB');
  });

  it('is compared by what it says', () => {
    expect(isSame(['DE'], ['DE'])).toBe(true);
    expect(isSame(null, 0)).toBe(false);
  });
});
