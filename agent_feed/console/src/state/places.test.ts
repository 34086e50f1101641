import { describe, expect, it } from 'vitest';

import type { May, Permission } from '../api/types';
import { mayOpen, placesOf } from './places';

const holding =
  (...held: Permission[]): May =>
  (permission) =>
    held.includes(permission);
const READING = ['links.read', 'conversations.read', 'customers.read', 'users.read'] as const;
const AGENT = holding(...READING, 'links.write', 'conversations.write');
const AUDITOR = holding(...READING, 'merchant_wide', 'reports.read', 'settings.read');
const NOBODY = holding();

describe('where there is to go', () => {
  it('is for an agent the links and the conversations', () => {
    expect(placesOf(AGENT).map((place) => place.screen)).toEqual(['links', 'conversations']);
  });

  it('is for an auditor everything but what asks for a decision', () => {
    expect(placesOf(AUDITOR).map((place) => place.screen)).toEqual([
      'links',
      'conversations',
      'floor',
      'reports',
      'settings',
    ]);
  });

  it('is for a role of the merchant’s own what its permissions open', () => {
    const desk = holding('payments.review', 'canned_replies.write');
    expect(placesOf(desk).map((place) => place.screen)).toEqual(['reviews', 'settings']);
  });

  it('is nowhere before somebody has signed in', () => {
    expect(placesOf(NOBODY)).toEqual([]);
  });

  it.each([
    ['an auditor', AUDITOR, 'new', false],
    ['an agent', AGENT, 'floor', false],
    ['an agent', AGENT, 'account', true],
    ['an agent', AGENT, 'access', false],
  ] as const)('lets a typed address of %s to %s: %s', (_who, may, screen, expected) => {
    expect(mayOpen(may, screen)).toBe(expected);
  });
});
