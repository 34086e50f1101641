import { describe, expect, it } from 'vitest';

import type { May } from '../api/types';
import { partOf, partsOf } from './settings_parts';

const nothing: May = () => false;
const everything: May = () => true;
const agent: May = (permission) => permission === 'users.read';

describe('the parts of the settings', () => {
  it('are for an agent their own account and sessions', () => {
    expect(partsOf(agent).map((part) => part.name)).toEqual(['account', 'sessions']);
  });

  it('are all for who may do everything', () => {
    expect(partsOf(everything).map((part) => part.name)).toContain('keys');
  });

  it.each([
    ['keys', everything, 'keys'],
    ['keys', agent, 'account'],
    ['elsewhere', everything, 'account'],
    [null, nothing, 'account'],
  ] as const)('%s asked for leads to the part that is open', (asked, may, expected) => {
    expect(partOf(asked, may)).toBe(expected);
  });
});
