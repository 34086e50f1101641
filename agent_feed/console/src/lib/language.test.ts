import { afterEach, describe, expect, it } from 'vitest';

import { bestOf, dateFormat, direction, locale, speak, spokenAs } from './language';

const THERE = ['en', 'de', 'ar', 'zh', 'zh-Hant', 'pt'];

describe('the language of the console', () => {
  afterEach(() => speak('en', {}));

  it('is laid over English, which stands in for what is not said yet', () => {
    const english = { a: 'A', deep: { b: 'B', c: (n: number) => `${n} C` }, list: ['x', 'y'] };
    speak('de', { area: { deep: { c: (n: number) => `${n} Z` }, list: ['z'], gone: 'never' } });
    const words = spokenAs('area', english);
    expect([words.a, words.deep.b, words.deep.c(2), words.list]).toEqual(['A', 'B', '2 Z', ['z']]);
    expect('gone' in words).toBe(false);
    expect(spokenAs('elsewhere', english)).toBe(english);
  });

  it('is what was chosen, else what the browser asks for, else English', () => {
    expect(bestOf(THERE, 'de', ['ar'])).toBe('de');
    expect(bestOf(THERE, '', ['sv-SE', 'pt-BR', 'de'])).toBe('pt');
    expect(bestOf(THERE, 'xx', ['zh-TW'])).toBe('zh-Hant');
    expect(bestOf(THERE, '', ['zh-CN'])).toBe('zh');
    expect(bestOf(THERE, '', ['sv'])).toBe('en');
  });

  it('writes its numbers, and from its side', () => {
    expect([locale(), direction()]).toEqual(['en-GB', 'ltr']);
    speak('ar', {});
    expect([locale(), direction()]).toEqual(['ar-u-nu-latn', 'rtl']);
  });
});

describe('dates', () => {
  const moment = new Date('2026-11-24T12:00:00Z');

  it('are figures where the browser has no words for the months', () => {
    const short = dateFormat(
      { timeZone: 'UTC', weekday: 'short', day: 'numeric', month: 'short' },
      false,
    );
    expect(short.format(moment)).toBe('24/11');
    expect(dateFormat({ timeZone: 'UTC', dateStyle: 'full' }, false).format(moment)).toBe(
      '24/11/2026',
    );
  });

  it('are words where it has them', () => {
    const short = dateFormat({ timeZone: 'UTC', day: 'numeric', month: 'short' }, true);
    expect(short.format(moment)).toBe('24 Nov');
  });
});
