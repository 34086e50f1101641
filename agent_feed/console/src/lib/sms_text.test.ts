import { describe, expect, it } from 'vitest';

import { smsSize } from './sms_text';

describe('what a text message costs', () => {
  it.each([
    ['', 0, 1, 160],
    ['a'.repeat(160), 160, 1, 0],
    ['a'.repeat(161), 161, 2, 145],
    ['€'.repeat(80), 160, 1, 0],
    ['ж'.repeat(70), 70, 1, 0],
    ['ж'.repeat(71), 71, 2, 63],
    ['😀'.repeat(35), 70, 1, 0],
    ['a’', 2, 1, 68],
  ])('%s', (text, units, segments, left) => {
    expect(smsSize(text)).toMatchObject({ units, segments, left });
  });
});
