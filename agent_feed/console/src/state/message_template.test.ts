import { describe, expect, it } from 'vitest';

import { filled, isTemplateName } from './message_template';

describe('a message’s text', () => {
  it('is filled by plain words, once, and keeps what it does not know', () => {
    const words = { amount: '{url}', url: 'https://pay.example' };
    expect(filled('{amount}: {url} {nobody} {}', words)).toBe(
      '{url}: https://pay.example {nobody} {}',
    );
  });

  it('has a name that the service takes', () => {
    expect(['reminder', 'a', 'second_try_2'].every(isTemplateName)).toBe(true);
    expect(['', 'Reminder', '2nd', 'x'.repeat(25)].some(isTemplateName)).toBe(false);
  });
});
