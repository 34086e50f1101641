import { describe, expect, it } from 'vitest';

import { mayOpen, placesOf } from './places';

describe('where there is to go', () => {
  it('is for an agent the links and the conversations', () => {
    expect(placesOf('agent').map((place) => place.screen)).toEqual(['links', 'conversations']);
  });

  it('is for an auditor everything but what asks for a decision', () => {
    expect(placesOf('auditor').map((place) => place.screen)).toEqual([
      'links',
      'conversations',
      'floor',
      'reports',
      'settings',
    ]);
  });

  it('is nowhere before somebody has signed in', () => {
    expect(placesOf(null)).toEqual([]);
  });

  it.each([
    ['auditor', 'new', false],
    ['agent', 'floor', false],
    ['supervisor', 'floor', true],
  ] as const)('lets a typed address of %s to %s: %s', (role, screen, expected) => {
    expect(mayOpen({ role }, { screen })).toBe(expected);
  });
});
