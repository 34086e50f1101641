import { describe, expect, it } from 'vitest';

import { emptyForm } from './composing';
import { Templates, TEMPLATES_MAX } from './templates.svelte';

function aStore(): Pick<Storage, 'getItem' | 'setItem'> {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
  };
}

const FORM = { ...emptyForm('GBP'), amount: '50', description: 'Deposit', name: 'Jane Doe' };

describe('templates', () => {
  it('are kept in the browser for the one who saved them, without the customer', () => {
    const store = aStore();
    new Templates(store, 'usr_1').save(' Deposit ', FORM);
    const [kept] = new Templates(store, 'usr_1').list;
    expect(kept).toMatchObject({ name: 'Deposit', amount: '50', expiry: '86400' });
    expect(JSON.stringify(kept)).not.toContain('Jane');
    expect(new Templates(store, 'usr_2').list).toEqual([]);
  });

  it('have names, and there are only so many', () => {
    const templates = new Templates(aStore(), 'usr_1');
    for (let n = 0; n < TEMPLATES_MAX; n += 1) templates.save(`T${n}`, FORM);
    expect(templates.save('One more', FORM)).toBe(false);
    expect(templates.save('T0', FORM)).toBe(true);
    templates.forget('T0');
    expect(templates.list).toHaveLength(TEMPLATES_MAX - 1);
  });

  it.each(['{', '7', '[1, {"name": "x"}]'])('are none where the browser holds %s', (raw) => {
    expect(new Templates({ getItem: () => raw, setItem: () => undefined }, 'u').list).toEqual([]);
  });

  it('last as long as the page where the browser keeps nothing', () => {
    const templates = new Templates(null, 'usr_1');
    expect(templates.save('Deposit', FORM)).toBe(true);
    expect(templates.list).toHaveLength(1);
  });
});
