import { describe, expect, it } from 'vitest';

import { ago, running, shortStamp, stamp, until } from './times';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const before = (seconds: number) => new Date(NOW - seconds * 1000).toISOString();

describe('spans in words', () => {
  it.each([
    [-3, 'now'],
    [0, 'now'],
    [9, 'now'],
    [10, '10 s ago'],
    [59, '50 s ago'],
    [60, '1 min ago'],
    [3599, '59 min ago'],
    [3600, '1 h ago'],
    [86399, '23 h ago'],
  ])('says of %d seconds "%s"', (seconds, expected) => {
    expect(ago(before(seconds), NOW)).toBe(expected);
  });

  it('gives the date once a day has passed', () => {
    expect(ago(before(3 * 86400), NOW)).toBe('19 Nov');
  });

  it.each([
    [30, 'in less than a minute'],
    [300, 'in 5 min'],
    [3600, 'in 1 h'],
    [86400, 'in 24 h'],
    [7 * 86400, 'in 7 days'],
  ])('says %d seconds ahead "%s"', (seconds, expected) => {
    expect(until(before(-seconds), NOW)).toBe(expected);
  });

  it('says nothing of a moment that has passed', () => {
    expect(until(before(1), NOW)).toBe(null);
  });

  it('counts a running span up', () => {
    expect(running(before(42), NOW)).toBe('0:42');
    expect(running(before(725), NOW)).toBe('12:05');
    expect(running(before(3723), NOW)).toBe('1:02:03');
    expect(running(before(-5), NOW)).toBe('0:00');
  });

  it('stays silent about what is no moment', () => {
    expect([ago('', NOW), running('x', NOW), stamp('', NOW), shortStamp('?', NOW)]).toEqual([
      '',
      '',
      '',
      '',
    ]);
  });

  it('names the day only where it is not today', () => {
    expect(stamp(before(0), NOW)).toMatch(/^\d\d:\d\d:00$/);
    expect(stamp(before(3 * 86400), NOW)).toMatch(/^19 Nov, \d\d:\d\d:00$/);
  });
});
