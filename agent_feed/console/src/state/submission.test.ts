import { describe, expect, it } from 'vitest';

import { NoAnswer, Refusal } from '../api/problem';
import { created, failed, pressed, unsent } from './submission';

const refusal = (status: number, code = 'x') => new Refusal(status, code, '', '', [], null);

describe('a form that is sent', () => {
  const first = unsent<string>('key-1');
  const sending = pressed(first, 'body');

  it('goes once, however often the button is pressed', () => {
    expect(sending).toEqual({ fate: 'sending', key: 'key-1', body: 'body' });
    if (sending === null) throw new Error('not sent');
    expect(pressed(sending, 'body')).toBe(null);
    expect(pressed(created(sending), 'body')).toBe(null);
  });

  it.each([
    ['no answer', new NoAnswer('timeout')],
    ['a fault of the service', refusal(503)],
    ['an answer that is still being made', refusal(409, 'idempotency_key_busy')],
  ])('after %s goes again with the same key and the very same body', (_, failure) => {
    if (sending === null) throw new Error('not sent');
    const unknown = failed(sending, failure, 'key-2');
    expect(unknown.fate).toBe('unknown');
    expect(pressed(unknown, 'edited')).toEqual({ fate: 'sending', key: 'key-1', body: 'body' });
  });

  it.each([
    ['invalid input', refusal(422)],
    ['a conflict', refusal(409)],
    ['too many requests', refusal(429)],
    ['a lost session', refusal(401)],
  ])('after %s is another request with another key', (_, failure) => {
    if (sending === null) throw new Error('not sent');
    const settled = failed(sending, failure, 'key-2');
    expect(pressed(settled, 'edited')).toEqual({ fate: 'sending', key: 'key-2', body: 'edited' });
  });
});
