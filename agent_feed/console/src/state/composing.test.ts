import { describe, expect, it } from 'vitest';

import type { Channel } from '../api/types';
import {
  compose,
  emptyForm,
  expiresInSeconds,
  faultsFrom,
  type Form,
  looksLikeEmail,
  looksLikePhone,
  tidyPhone,
} from './composing';

const CHANNELS: Channel[] = [
  { channel: 'sms', label: 'SMS', address: 'phone' },
  { channel: 'email', label: 'Email', address: 'email' },
];

const filled = (over: Partial<Form> = {}): Form => ({
  ...emptyForm('GBP'),
  amount: '49.99',
  description: ' Boiler service ',
  phone: '+44 7700 900123',
  channels: ['sms'],
  ...over,
});

describe('a composed form', () => {
  it('becomes what the API takes', () => {
    expect(compose(filled({ name: 'Jane', reference: 'INV-7' }), CHANNELS).draft).toEqual({
      amount: 4999,
      currency: 'GBP',
      description: 'Boiler service',
      reference: 'INV-7',
      customer: { name: 'Jane', phone: '+447700900123' },
      expires_in: 86400,
      send: [{ channel: 'sms' }],
    });
  });

  it('leaves out what was left empty', () => {
    const form = filled({ phone: '', channels: [], qrOnly: true });
    expect(Object.keys(compose(form, CHANNELS).draft ?? {})).toEqual([
      'amount',
      'currency',
      'description',
      'expires_in',
    ]);
  });

  it('says who may pay, and how little at a time', () => {
    const form = filled({ payers: 'many', minimum: '5,00' });
    expect(compose(form, CHANNELS).draft).toMatchObject({ usage: 'multi', minimum_amount: 500 });
    expect(compose(filled(), CHANNELS).draft).not.toHaveProperty('usage');
    expect(compose(filled(), CHANNELS).draft).not.toHaveProperty('minimum_amount');
  });

  it.each(['50', '0', 'x', '1,234', '1.999'])('takes no minimum like "%s" of 49.99', (minimum) => {
    const { draft, faults } = compose(filled({ minimum }), CHANNELS);
    expect([draft, Object.keys(faults)]).toEqual([null, ['minimum']]);
  });

  it('sends nothing when it is to be shown only, whatever was ticked before', () => {
    expect(compose(filled({ qrOnly: true }), CHANNELS).draft).not.toHaveProperty('send');
  });

  it('does not use a channel whose address is missing', () => {
    const form = filled({ channels: ['sms', 'email'] });
    expect(compose(form, CHANNELS).draft?.send).toEqual([{ channel: 'sms' }]);
  });

  it('says at each field what is wrong with it', () => {
    const { draft, faults } = compose(
      filled({
        amount: 'x',
        description: ' ',
        phone: '12',
        email: 'a@b',
        expiry: 'custom',
        customAmount: '0',
      }),
      CHANNELS,
    );
    expect(draft).toBe(null);
    expect(Object.keys(faults).sort()).toEqual([
      'amount',
      'channels',
      'description',
      'email',
      'expiry',
      'phone',
    ]);
  });

  it('asks which amount is meant rather than guess', () => {
    const { draft, readings } = compose(filled({ amount: '1,234' }), CHANNELS);
    expect([draft, readings]).toEqual([null, [123400]]);
  });
});

describe('how long a link is good for', () => {
  it.each([
    ['90', '60', 5400],
    ['1', '60', 60],
    ['90', '86400', 7776000],
    ['91', '86400', null],
    ['0', '60', null],
    ['1.5', '86400', null],
    ['', '60', null],
  ])('"%s" times %s s is %s', (customAmount, customUnit, expected) => {
    expect(expiresInSeconds(filled({ expiry: 'custom', customAmount, customUnit }))).toBe(expected);
  });
});

describe('addresses', () => {
  it('are tidied of spacing, and left to the service otherwise', () => {
    expect(tidyPhone(' 0044 (7700) 900-123 ')).toBe('+447700900123');
    expect(['+44 7700 900123', '07700900123', '12', 'call me', ''].map(looksLikePhone)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(['a@b.co', 'a@b', 'a b@c.de', 'a@b.c', 'a@b,c@d.ef', ''].map(looksLikeEmail)).toEqual([
      true,
      false,
      false,
      false,
      false,
      false,
    ]);
  });
});

describe('what the service refuses', () => {
  it('is shown at the field it is about', () => {
    const draft = compose(filled({ email: 'a@b.co', channels: ['sms', 'email'] }), CHANNELS).draft;
    if (draft === null) throw new Error('not composed');
    const { faults, others } = faultsFrom(
      [
        { pointer: '/amount', detail: 'amount' },
        { pointer: '/customer/phone', detail: 'phone' },
        { pointer: '/send/1/to', detail: 'email' },
        { pointer: '/send/0/channel', detail: 'channel' },
        { pointer: '/expires_in', detail: 'expiry' },
        { pointer: '#/description', detail: 'first' },
        { pointer: '/description', detail: 'second' },
        { pointer: '/metadata/x', detail: 'other' },
      ],
      draft,
      CHANNELS,
    );
    expect(faults).toEqual({
      amount: 'amount',
      phone: 'phone',
      email: 'email',
      channels: 'channel',
      expiry: 'expiry',
      description: 'first',
    });
    expect(others).toEqual(['other']);
  });
});
