import { describe, expect, it } from 'vitest';

import { SITUATIONS } from '../api/guidance';
import type { Problem } from '../api/types';
import { aLink, aProgress, at, NOON } from '../testing/samples';
import { scriptTexts } from '../texts/scripts';
import { situationOf } from './guidance.svelte';

const NOW = Date.parse(NOON);

function problem(code: string): Problem {
  return { code, customer_message: '', agent_hint: '' };
}

describe('the situation of a link', () => {
  it.each([
    ['insufficient_funds', 'declined_funds'],
    ['incorrect_cvc', 'wrong_code'],
    ['authentication_failed', 'bank_app'],
    ['generic_decline', 'declined'],
  ] as const)('after the decline %s is %s', (code, situation) => {
    const progress = aProgress({ step: 'declined', problem: problem(code) });
    expect(situationOf(aLink({ progress }), 'declined', NOW)).toBe(situation);
  });

  it('is the bank’s only when its question has waited', () => {
    const link = aLink({ progress: aProgress({ step: 'challenge', since: NOON }) });
    expect(situationOf(link, null, NOW + 5_000)).toBeNull();
    expect(situationOf(link, null, Date.parse(at(30)))).toBe('bank_app');
  });

  it('is a stuck field while the customer types, and none when all is well', () => {
    const stuck = aProgress({ step: 'card_entry', problem: problem('field_invalid') });
    expect(situationOf(aLink({ progress: stuck }), null, NOW)).toBe('stuck_field');
    expect(situationOf(aLink(), null, NOW)).toBeNull();
  });

  it('has words and a title for each', () => {
    for (const situation of SITUATIONS) {
      expect(scriptTexts.builtIn[situation]).not.toBe('');
      expect(scriptTexts.titles[situation]).not.toBe('');
    }
  });
});
