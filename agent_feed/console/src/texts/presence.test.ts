import { describe, expect, it } from 'vitest';

import { presenceLabel, watchers } from './presence';

const people = (...names: string[]) => names.map((name) => ({ id: `usr_${name}`, name }));

describe('where the customer is', () => {
  it('is said with what they do, where that is known', () => {
    expect(presenceLabel(true, null)).toBe('On the page');
    expect(presenceLabel(true, 'active')).toBe('On the page');
    expect(presenceLabel(true, 'typing')).toBe('On the page, typing');
    expect(presenceLabel(true, 'idle')).toBe('On the page, idle');
  });

  it('is said of nobody who has left', () => {
    expect(presenceLabel(false, 'typing')).toBe('Not on the page');
  });
});

describe('others at the same link', () => {
  it('are named, three of them, and the rest counted', () => {
    expect(watchers(people('Robin Reyes'))).toBe('Robin Reyes is also looking at this link.');
    expect(watchers(people('Ann', 'Bob'))).toBe('Ann and Bob are also looking at this link.');
    expect(watchers(people('Ann', 'Bob', 'Cleo'))).toBe(
      'Ann, Bob and Cleo are also looking at this link.',
    );
    expect(watchers(people('Ann', 'Bob', 'Cleo', 'Dan'))).toBe(
      'Ann, Bob, Cleo and 1 more person are also looking at this link.',
    );
    expect(watchers(people('Ann', 'Bob', 'Cleo', 'Dan', 'Eve'))).toBe(
      'Ann, Bob, Cleo and 2 more people are also looking at this link.',
    );
  });

  it('are not spoken of where there is nobody', () => {
    expect(watchers([])).toBe('');
  });
});
