import { describe, expect, it } from 'vitest';

import { NoAnswer, Refusal } from '../api/problem';
import { Intent } from './intent.svelte';

type Sent = { amount: number; key: string };

function intentOver(script: (Error | null)[]): {
  intent: Intent<{ amount: number }, string>;
  sent: Sent[];
} {
  const sent: Sent[] = [];
  const intent = new Intent((body: { amount: number }, key: string) => {
    sent.push({ amount: body.amount, key });
    const failure = script.shift() ?? null;
    return failure === null ? Promise.resolve('done') : Promise.reject(failure);
  });
  return { intent, sent };
}

describe('an act that is meant once', () => {
  it('goes once however often it is pressed while it is on its way', async () => {
    const { intent, sent } = intentOver([]);
    const answers = await Promise.all([intent.press({ amount: 1 }), intent.press({ amount: 1 })]);
    expect(answers).toEqual(['done', null]);
    expect(sent).toHaveLength(1);
  });

  it('goes again as it was, under the same key, while its fate is unknown', async () => {
    const { intent, sent } = intentOver([new NoAnswer('timeout')]);
    expect(await intent.press({ amount: 1 })).toBeNull();
    expect(intent.isFrozen).toBe(true);
    expect(await intent.press({ amount: 2 })).toBe('done');
    expect(sent.map((each) => each.amount)).toEqual([1, 1]);
    expect(sent[0]?.key).toBe(sent[1]?.key);
  });

  it('is another one after a refusal, and after it was done', async () => {
    const refusal = new Refusal(409, 'attempt_live', '', 'The customer is paying.', [], null);
    const { intent, sent } = intentOver([refusal]);
    expect(await intent.press({ amount: 1 })).toBeNull();
    expect(intent.problem).toBe('The customer is paying.');
    await intent.press({ amount: 2 });
    await intent.press({ amount: 3 });
    expect(sent.map((each) => each.amount)).toEqual([1, 2, 3]);
    expect(new Set(sent.map((each) => each.key)).size).toBe(3);
  });
});
