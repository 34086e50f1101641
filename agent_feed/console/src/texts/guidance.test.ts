import { describe, expect, it } from 'vitest';

import { STEPS } from '../api/types';
import { aLink, aMessage, aProgress } from '../testing/samples';
import { adviceOn, nowSentence } from './guidance';

describe('what is happening now', () => {
  it.each(STEPS)('has a sentence for %s, present or not', (step) => {
    for (const present of [true, false]) {
      const said = nowSentence(aLink({ progress: aProgress({ step, present }) }));
      expect(said).toMatch(/^[A-Z].*\.$/);
      expect(said).not.toMatch(/undefined|null/);
    }
  });

  it('tells to show the code where nothing was sent', () => {
    expect(nowSentence(aLink({ messages: [] }))).toContain('QR');
    const paid = { status: 'paid', progress: aProgress({ step: 'paid' }) } as const;
    expect(nowSentence(aLink({ ...paid, amount_paid: 4999 }))).toContain('receipt');
    expect(nowSentence(aLink({ ...paid, amount_paid: 0 }))).toContain('held');
  });
});

describe('what to say', () => {
  const problem = {
    code: 'x',
    customer_message: 'Your bank said no.',
    agent_hint: 'Ask for another.',
  };

  it("is the service's hint where it has one", () => {
    const link = aLink({ progress: aProgress({ step: 'declined', problem }) });
    expect(adviceOn(link, 'declined')).toEqual({
      title: 'Declined',
      customerSees: 'Your bank said no.',
      say: 'Ask for another.',
    });
  });

  it.each(['help', 'stalled', 'declined', 'undelivered'] as const)(
    'is never empty for %s',
    (attention) => {
      const link = aLink({ progress: aProgress({ step: 'card_entry' }) });
      expect(adviceOn(link, attention)?.say).toMatch(/\w/);
    },
  );

  it('names why a message did not arrive and where it went', () => {
    const failed = aMessage({
      status: 'failed',
      problem: { code: 'x', detail: 'Unknown number.' },
    });
    expect(adviceOn(aLink({ messages: [failed] }), 'undelivered')?.say).toBe(
      'Unknown number. Check +447700900123 with the customer, or send it another way than SMS.',
    );
  });

  it('is silent where all is well', () => {
    expect(adviceOn(aLink(), null)).toBe(null);
  });
});
