import { describe, expect, it } from 'vitest';

import { EVENT_TYPES } from '../api/event_types';
import { anEvent } from '../testing/samples';
import { sentenceOf } from './sentences';

const naming = (id: string) => (id === 'usr_1' ? 'You' : null);
const say = (type: string, data = {}, over = {}) =>
  sentenceOf(anEvent(type, 1, data, over), naming);

describe('an event in words', () => {
  it.each(EVENT_TYPES)('%s has a sentence, even without any data', (type) => {
    const bare = say(type);
    expect(bare).toMatch(/^[A-Z].*[.]$/);
    expect(bare).not.toMatch(/undefined|null|NaN|\[object|_/);
    expect(bare).not.toContain(type);
    const byAgent = say(type, { message: 1, field: 2, amount: 'x' }, { agent: 'usr_9' });
    expect(byAgent).not.toMatch(/undefined|null|NaN|\[object/);
  });

  it.each([
    ['link.created', { amount: 4999, currency: 'GBP' }, 'You created the link for £49.99.'],
    ['link.opened', { device: 'mobile' }, 'The customer opened the link on a phone.'],
    ['message.delivered', { channel: 'sms' }, 'The SMS message arrived.'],
    [
      'settings.changed',
      { change: 'switched_off', reason: 'failing', host: 'hooks.example.com' },
      'Webhooks to hooks.example.com were switched off: nothing arrived for three days. An admin should look.',
    ],
    [
      'message.failed',
      { channel: 'email', problem: { code: 'x', detail: 'Mailbox full.' } },
      'The email message could not be delivered: Mailbox full.',
    ],
    ['checkout.field_completed', { field: 'cvc' }, 'The security code is complete.'],
    [
      'checkout.card_entry_started',
      { field: 'number' },
      'The customer began typing the card number.',
    ],
    ['payment.fraud_check_completed', { verdict: 'allow' }, 'The fraud check passed.'],
    ['payment.challenge_completed', { result: 'failed' }, 'The bank challenge failed.'],
    [
      'payment.declined',
      { customer_message: 'Your bank said no.' },
      'Declined. The customer sees: “Your bank said no.”',
    ],
    [
      'payment.paid',
      { amount: 4999, currency: 'GBP', card: { brand: 'visa', last4: '4242' } },
      'Paid £49.99 with Visa ending 4242.',
    ],
    [
      'payment.paid',
      {
        amount: 4999,
        currency: 'GBP',
        card: { brand: 'visa', last4: '4242', wallet: 'google_pay' },
      },
      'Paid £49.99 with Visa ending 4242 in Google Pay.',
    ],
    ['payment.paid', { amount: 4999, currency: 'GBP', card: null }, 'Paid £49.99.'],
    [
      'checkout.method_selected',
      { method: 'apple_pay' },
      'The customer chose to pay by Apple Pay.',
    ],
    ['link.updated', { amount: 1 }, 'You changed the link.'],
    [
      'link.updated',
      { approval: 'waiting' },
      'You changed the link; it waits for a second person.',
    ],
    ['link.updated', { approval: 'approved' }, 'A second person approved the link.'],
    ['link.updated', { approval: 'rejected' }, 'A second person rejected the link.'],
  ])('%s with its data', (type, data, expected) => {
    expect(say(type, data, { agent: 'usr_1' })).toBe(expected);
  });

  it('names who did it, as far as is known', () => {
    expect(say('link.cancelled', {}, { agent: 'usr_1' })).toBe('You cancelled the link.');
    expect(say('link.cancelled', {}, { agent: 'usr_2' })).toBe('A colleague cancelled the link.');
    expect(say('link.cancelled')).toBe('The system cancelled the link.');
    expect(say('session.started', {}, { actor: 'user:usr_1' })).toBe('You signed in.');
    expect(say('settings.changed', {}, { actor: 'key:key_1' })).toBe(
      'Your software changed the settings.',
    );
    expect(say('export.created', { of: 'journal' }, { actor: 'user:usr_2' })).toBe(
      'A colleague looked into the journal.',
    );
  });

  it('makes do with a type it has never heard of', () => {
    expect(say('loan.was_offered')).toBe('Loan: was offered.');
    expect(say('odd')).toBe('Odd.');
  });
});
