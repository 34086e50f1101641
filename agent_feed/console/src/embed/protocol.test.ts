import { describe, expect, it } from 'vitest';

import { hostOrigin, readHostMessage } from './protocol';

const ours = (more: object) => ({ paythread: 1, ...more });

describe('what a host says', () => {
  it('opens the panel on exactly one customer', () => {
    expect(readHostMessage(ours({ type: 'open', phone: ' +447700900123 ' }))).toEqual({
      type: 'open',
      who: { phone: '+447700900123' },
    });
    for (const who of [{}, { phone: '' }, { phone: 1 }, { phone: '+44', email: 'a@b.co' }]) {
      expect(readHostMessage(ours({ type: 'open', ...who }))).toBeNull();
    }
  });

  it('fills the form with an amount that has a currency, in minor units', () => {
    const fill = { amount: 4999, currency: 'GBP', description: 'Boots', reference: 'A-1' };
    expect(readHostMessage(ours({ type: 'compose', ...fill }))).toEqual({ type: 'compose', fill });
    for (const wrong of [
      { amount: 4999 },
      { amount: 49.99, currency: 'GBP' },
      { amount: '4999', currency: 'GBP' },
      { amount: -1, currency: 'GBP' },
      { amount: 2 ** 60, currency: 'GBP' },
      { currency: 'gbp' },
      { description: 'x'.repeat(255) },
      { reference: {} },
    ]) {
      expect(readHostMessage(ours({ type: 'compose', ...wrong }))).toBeNull();
    }
  });

  it('means nothing in another version, of another type, or from other scripts', () => {
    for (const data of [
      null,
      'open',
      7,
      [],
      {},
      { type: 'open', phone: '+44' },
      { paythread: 2, type: 'open', phone: '+447700900123' },
      ours({ type: 'pay' }),
      ours({ type: 'sign_in' }),
      ours({ type: 'sign_in', ticket: 5 }),
    ]) {
      expect(readHostMessage(data)).toBeNull();
    }
  });
});

describe('who embeds the page', () => {
  const allowed = ['https://crm.example.com'];

  it('is believed where the service allows it, and nobody else', () => {
    expect(hostOrigin('https://crm.example.com', undefined, allowed)).toBe(allowed[0]);
    expect(hostOrigin(null, ['https://crm.example.com'], allowed)).toBe(allowed[0]);
    for (const asked of [
      'https://crm.example.com.evil.test',
      '*',
      'null',
      'http://crm.example.com',
    ]) {
      expect(hostOrigin(asked, ['https://crm.example.com'], allowed)).toBeNull();
    }
    expect(hostOrigin(null, [], allowed)).toBeNull();
    expect(hostOrigin(null, undefined, [])).toBeNull();
  });
});
