import { describe, expect, it } from 'vitest';

import { NoAnswer } from '../api/problem';
import { Loaded } from './loaded.svelte';

function held<T>(): { promise: Promise<T>; answer: (value: T) => void } {
  let answer!: (value: T) => void;
  const promise = new Promise<T>((resolve) => {
    answer = resolve;
  });
  return { promise, answer };
}

describe('what a screen shows', () => {
  it('keeps the answer to the last question only', async () => {
    const first = held<string>();
    const second = held<string>();
    const questions = [first, second];
    const loaded = new Loaded(() => (questions.shift() ?? second).promise);
    const asked = [loaded.load(), loaded.load()];
    second.answer('new');
    first.answer('old');
    await Promise.all(asked);
    expect([loaded.value, loaded.isLoading]).toEqual(['new', false]);
  });

  it('keeps what it showed when a later question gets no answer', async () => {
    let isAway = false;
    const loaded = new Loaded(() =>
      isAway ? Promise.reject(new NoAnswer('offline')) : Promise.resolve('shown'),
    );
    await loaded.load();
    isAway = true;
    await loaded.load();
    expect([loaded.value, loaded.failure]).toEqual(['shown', new NoAnswer('offline')]);
  });

  it('takes no answer after its screen is closed', async () => {
    const asked = held<string>();
    const loaded = new Loaded(() => asked.promise);
    const loading = loaded.load();
    loaded.close();
    asked.answer('late');
    await loading;
    expect(loaded.value).toBeNull();
  });
});
