import { describe, expect, it } from 'vitest';

import { carry, takeCarried } from './carried';
import { emptyForm } from './composing';

function tab() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
}

const typed = { ...emptyForm('EUR'), description: 'Water bill' };

describe('what was typed before a reload', () => {
  it('comes back once', () => {
    const store = tab();
    carry(store, 'usr_1', typed);
    expect(takeCarried(store, 'usr_1')).toEqual(typed);
    expect(takeCarried(store, 'usr_1')).toBeNull();
  });

  it('is nobody else’s, and is gone for them too', () => {
    const store = tab();
    carry(store, 'usr_1', typed);
    expect(takeCarried(store, 'usr_2')).toBeNull();
    expect(takeCarried(store, 'usr_1')).toBeNull();
  });

  it('is nothing where it cannot be read', () => {
    const store = tab();
    store.setItem('paythread.carried', '{');
    expect(takeCarried(store, 'usr_1')).toBeNull();
  });
});
