import { describe, expect, it } from 'vitest';

import { partOf, partsOf } from './settings_parts';

describe('the parts of the settings', () => {
  it('are for an agent their own account and sessions', () => {
    expect(partsOf('agent').map((part) => part.name)).toEqual(['account', 'sessions']);
  });

  it('are all for an admin', () => {
    expect(partsOf('admin').map((part) => part.name)).toContain('keys');
  });

  it.each([
    ['keys', 'admin', 'keys'],
    ['keys', 'agent', 'account'],
    ['elsewhere', 'supervisor', 'account'],
    [null, 'auditor', 'account'],
    ['keys', null, null],
  ] as const)('%s asked for by %s leads to %s', (asked, role, expected) => {
    expect(partOf(asked, role)).toBe(expected);
  });
});
