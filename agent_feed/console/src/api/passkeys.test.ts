import { describe, expect, it } from 'vitest';
import { bytes, knowsPasskeys, text } from './passkeys';

describe('passkeys', () => {
  it('carry bytes as base64url without padding, both ways', () => {
    const some = new Uint8Array([251, 255, 0, 62]);
    expect(text(some.buffer)).toBe('-_8APg');
    expect(bytes('-_8APg')).toEqual(some);
  });

  it('are not offered where the browser has none', () => {
    expect(knowsPasskeys('pay.example')).toBe('PublicKeyCredential' in globalThis);
    expect(knowsPasskeys('127.0.0.1')).toBe(false);
    expect(knowsPasskeys('[::1]')).toBe(false);
  });
});
