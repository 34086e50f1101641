import { describe, expect, it } from 'vitest';

import { Preferences } from './preferences.svelte';

function store(text: string | null) {
  const kept = { text };
  return {
    kept,
    getItem: () => kept.text,
    setItem: (_: string, value: string) => {
      kept.text = value;
    },
  };
}

describe('preferences', () => {
  it('are quiet until somebody chooses', () => {
    const { theme, sound, desktop, keys } = new Preferences(store(null));
    expect([theme, sound, desktop, keys]).toEqual(['system', false, false, true]);
  });

  it('are there again in the next page of this browser', () => {
    const browser = store(null);
    new Preferences(browser).set({ theme: 'dark', sound: true });
    const again = new Preferences(browser);
    expect([again.theme, again.sound, again.desktop]).toEqual(['dark', true, false]);
  });

  it('survive what others wrote into the store, and a store that refuses', () => {
    for (const text of ['', 'null', '[]', '7', '{"theme":"pink","sound":"yes","x":true}']) {
      expect(new Preferences(store(text)).sound).toBe(false);
      expect(new Preferences(store(text)).theme).toBe('system');
    }
    const full = {
      getItem: () => null,
      setItem: () => {
        throw new Error('full');
      },
    };
    const held = new Preferences(full);
    held.set({ sound: true });
    expect(held.sound).toBe(true);
  });
});
