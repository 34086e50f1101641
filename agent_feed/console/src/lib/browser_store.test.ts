import { afterEach, describe, expect, it, vi } from 'vitest';

import { browserStore } from './browser_store';

describe('what a browser keeps', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it('is nothing where it is forbidden, and nobody is troubled', () => {
    vi.stubGlobal('localStorage', undefined);
    const store = browserStore('always');
    store.setItem('a', '1');
    expect(store.getItem('a')).toBeNull();
  });

  it('is there again where it is allowed', () => {
    const kept = new Map<string, string>();
    vi.stubGlobal('sessionStorage', {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
    });
    browserStore('tab').setItem('a', '1');
    expect(browserStore('tab').getItem('a')).toBe('1');
  });
});
