import { describe, expect, it } from 'vitest';

import { NoAnswer, Refusal } from '../api/problem';
import { failures, failureText } from './failures';

const refusal = (status: number, detail = '') =>
  new Refusal(status, 'x', 'Title', detail, [], null);

describe('a failed request', () => {
  it.each([
    [new NoAnswer('offline'), failures.offline],
    [new NoAnswer('timeout'), failures.timeout],
    [refusal(401), failures.sessionOver],
    [refusal(429), failures.busy],
    [refusal(503, 'inner detail'), failures.service],
    [refusal(409, 'An attempt is live.'), 'An attempt is live.'],
    [refusal(409), 'Title'],
    [new Error('a bug'), failures.other],
  ])('%s is said in words', (failure, expected) => {
    expect(failureText(failure)).toBe(expected);
  });
});
