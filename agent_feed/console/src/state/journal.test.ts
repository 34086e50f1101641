import { describe, expect, it } from 'vitest';

import { endOfDay, startOfDay } from './journal';

describe('the days of a search', () => {
  it('begin with their first moment and end with the next day’s', () => {
    const day = new Date(2026, 10, 23);
    const next = new Date(2026, 10, 24);
    expect(startOfDay('2026-11-23')).toBe(day.toISOString());
    expect(endOfDay('2026-11-23')).toBe(next.toISOString());
  });

  it('are no limit where none is typed', () => {
    expect([startOfDay(''), endOfDay('soon')]).toEqual(['', '']);
  });
});
