import { describe, expect, it } from 'vitest';

import { aLink, anEvent, NOON } from '../testing/samples';
import {
  type Case,
  caseOfLink,
  caseOfPayment,
  caseOfRefund,
  changesWaiting,
  isOwn,
  mayReject,
} from './cases';

function refund(orderedBy: string): Case {
  return caseOfRefund({
    id: 'ref_1',
    payment: 'pay_1',
    link: 'lnk_1',
    agent: 'usr_1',
    customer: null,
    amount: 900,
    currency: 'GBP',
    status: 'awaiting_approval',
    reason: 'duplicate',
    problem: null,
    ordered_by: orderedBy,
    approved_by: null,
    created_at: NOON,
  });
}

const held = caseOfPayment({
  id: 'att_1',
  payment: 'pay_1',
  link: 'lnk_1',
  agent: 'usr_1',
  customer: null,
  amount: 4999,
  currency: 'GBP',
  card: { brand: 'Visa', last4: '4242' },
  score: 60,
  reasons: [{ code: 'own_link', text: 'The agent pays.' }],
  created_at: NOON,
  decide_by: NOON,
});

describe('what waits for a second person', () => {
  it('is not for whoever asked for the refund, whoever the agent is', () => {
    expect(isOwn(refund('user:usr_2'), 'usr_2')).toBe(true);
    expect(isOwn(refund('user:usr_2'), 'usr_1')).toBe(false);
    expect(isOwn(refund('key:key_1'), 'usr_1')).toBe(false);
  });

  it('is not for the agent whose link it is', () => {
    expect(isOwn(caseOfLink(aLink()), 'usr_1')).toBe(true);
    expect(mayReject(caseOfLink(aLink()), 'usr_1')).toBe(false);
    expect(isOwn(caseOfLink(aLink({ agent: 'usr_2' })), 'usr_1')).toBe(false);
  });

  it('lets one say no to a held payment of their own, and tells why it is held', () => {
    expect([isOwn(held, 'usr_1'), mayReject(held, 'usr_1')]).toEqual([true, true]);
    expect(held.reasons).toEqual(['The agent pays.']);
  });

  it('is asked for anew when something of it was decided or came', () => {
    expect(changesWaiting(anEvent('link.created', 1, { approval: 'waiting' }))).toBe(true);
    expect(changesWaiting(anEvent('link.created', 1))).toBe(false);
    expect(changesWaiting(anEvent('refund.decided', 1))).toBe(true);
    expect(changesWaiting(anEvent('checkout.joined', 1))).toBe(false);
  });
});
