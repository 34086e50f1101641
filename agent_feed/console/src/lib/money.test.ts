import { describe, expect, it } from 'vitest';

import table from '../../../../core/money.py?raw';
import { DECIMALS } from './currencies';
import { formatAmount, parseAmount, plainAmount } from './money';

function minor(typed: string, currency = 'GBP'): number | string {
  const parsed = parseAmount(typed, currency);
  if (parsed.kind === 'amount') return parsed.minor;
  return parsed.kind === 'fault' ? parsed.fault : `one of ${parsed.readings.join(' ')}`;
}

describe('an amount as people type it', () => {
  it.each([
    ['1,234.56', 123456],
    ['1234.56', 123456],
    ['1.234,56', 123456],
    ['1234,56', 123456],
    ['1 234,56', 123456],
    ['1\u202f234,56', 123456],
    ['1\u00a0234.56', 123456],
    ["1'234.56", 123456],
    ['1’234.56', 123456],
    ['12,34,567.89', 123456789],
    ['1,234,567', 123456700],
    ['1.234.567', 123456700],
    ['49.99', 4999],
    ['49,9', 4990],
    ['50', 5000],
    ['.5', 50],
    [',50', 50],
    ['0.01', 1],
    ['007', 700],
    ['  12  ', 1200],
    ['£49.99', 4999],
    ['49.99 GBP', 4999],
    ['gbp 49.99', 4999],
    ['999999999.99', 99999999999],
  ])('reads "%s" as %d pence', (typed, expected) => {
    expect(minor(typed)).toBe(expected);
  });

  it.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['£', 'empty'],
    ['abc', 'not_a_number'],
    ['12a', 'not_a_number'],
    ['1e3', 'not_a_number'],
    ['12.', 'not_a_number'],
    ['.', 'not_a_number'],
    ['1,2,3', 'not_a_number'],
    ['1,23.45', 'not_a_number'],
    ['1.2.3,4', 'not_a_number'],
    ['1,234.567.89', 'not_a_number'],
    ['1 2 3', 'not_a_number'],
    ['1 23', 'not_a_number'],
    ["1 234'567", 'not_a_number'],
    ['1 234.567,89', 'not_a_number'],
    ['٣٫٥', 'not_a_number'],
    ['-5', 'negative'],
    ['−5', 'negative'],
    ['(5)', 'negative'],
    ['0', 'zero'],
    ['0.00', 'zero'],
    ['1.2345', 'too_many_decimals'],
    ['0.001', 'too_many_decimals'],
    ['1234.567', 'too_many_decimals'],
    ['1 234,567', 'too_many_decimals'],
    ['1,234.567', 'too_many_decimals'],
    ['1000000000.00', 'too_large'],
    ['99999999999999999999', 'too_large'],
    ['€49.99', 'other_currency'],
    ['49.99 USD', 'other_currency'],
    ['$50', 'other_currency'],
  ])('refuses "%s": %s', (typed, expected) => {
    expect(minor(typed)).toBe(expected);
  });

  it('asks which is meant where one sign before three digits may be either', () => {
    expect(minor('1,234')).toBe('one of 123400');
    expect(minor('1.234')).toBe('one of 123400');
    expect(minor('1.234', 'KWD')).toBe('one of 1234 1234000');
    expect(minor('12,345', 'KWD')).toBe('one of 12345 12345000');
  });

  it('knows currencies without decimals and with three', () => {
    expect(minor('1,234', 'JPY')).toBe(1234);
    expect(minor('1234', 'JPY')).toBe(1234);
    expect(minor('10.50', 'JPY')).toBe('too_many_decimals');
    expect(minor('10.00', 'JPY')).toBe('too_many_decimals');
    expect(minor('0.500', 'KWD')).toBe(500);
    expect(minor('1,234.567', 'KWD')).toBe(1234567);
    expect(minor('1234.567', 'KWD')).toBe(1234567);
    expect(minor('1.5', 'KWD')).toBe(1500);
  });

  it('reads back whatever it shows, in every currency', () => {
    for (const currency of DECIMALS.keys()) {
      for (const amount of [1, 9, 10, 99, 100, 4999, 123456, 100000, 99999999999]) {
        const plain = plainAmount(amount, currency);
        const parsed = parseAmount(plain, currency);
        const read =
          parsed.kind === 'amount' ? [parsed.minor] : 'readings' in parsed ? parsed.readings : [];
        expect(read, `${plain} ${currency}`).toContain(amount);
      }
    }
  });
});

describe('an amount as people read it', () => {
  it('shows the decimals of its currency', () => {
    expect(formatAmount(4999, 'GBP')).toBe('£49.99');
    expect(formatAmount(123456, 'EUR')).toBe('€1,234.56');
    expect(formatAmount(1234, 'JPY')).toBe('JP¥1,234');
    expect(formatAmount(1234567, 'KWD')).toBe('KWD\u00a01,234.567');
    expect(formatAmount(5, 'IQD')).toBe('IQD\u00a00.005');
  });

  it('shows a code it does not know after the digits', () => {
    expect(formatAmount(4999, 'not-one')).toBe('49.99 not-one');
  });

  it('loses no digit of a large amount', () => {
    expect(formatAmount(9007199254740991, 'GBP')).toBe('£90,071,992,547,409.91');
  });
});

describe('the table of currencies', () => {
  it("equals the service's own", () => {
    for (const [name, decimals] of [
      ['_ZERO', 0],
      ['_TWO', 2],
      ['_THREE', 3],
    ] as const) {
      const block = new RegExp(`${name}: Final = "+([A-Z\\s]+)"`).exec(table)?.[1] ?? '';
      const theirs = block.trim().split(/\s+/).sort();
      const ours = [...DECIMALS].filter(([, each]) => each === decimals).map(([code]) => code);
      expect(ours.sort()).toEqual(theirs);
    }
  });
});
