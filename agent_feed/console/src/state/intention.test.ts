import { describe, expect, it } from 'vitest';

import { NoAnswer, Refusal } from '../api/problem';
import { Intention } from './intention.svelte';

const refusal = new Refusal(422, 'invalid', '', '', [], null);

async function keyOf(intention: Intention, failure: Error | null): Promise<string> {
  let used = '';
  const sent = intention.run((key) => {
    used = key;
    return failure === null ? Promise.resolve('done') : Promise.reject(failure);
  });
  await sent.catch(() => undefined);
  return used;
}

describe('an intention', () => {
  it('is sent once though the button is pressed twice', async () => {
    const intention = new Intention();
    let count = 0;
    const send = () => {
      count += 1;
      return Promise.resolve('done');
    };
    const answers = await Promise.all([intention.run(send), intention.run(send)]);
    expect([count, answers]).toEqual([1, ['done', null]]);
  });

  it('keeps its key while nobody knows what became of it', async () => {
    const intention = new Intention();
    const first = await keyOf(intention, new NoAnswer('timeout'));
    const second = await keyOf(intention, null);
    expect(second).toBe(first);
  });

  it('is another one after a refusal and after it was done', async () => {
    const intention = new Intention();
    const keys = [
      await keyOf(intention, refusal),
      await keyOf(intention, null),
      await keyOf(intention, null),
    ];
    expect(new Set(keys).size).toBe(3);
  });
});
