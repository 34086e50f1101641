import { describe, expect, it } from 'vitest';

import { chosenLanguage } from './chosen_language';

const kept = (value: string | null) => ({ getItem: () => value });

describe('the language that was chosen', () => {
  it('is the one that was kept, whatever else is', () => {
    expect(chosenLanguage(kept('{"language": "zh-Hant", "theme": "dark"}'))).toBe('zh-Hant');
  });

  it('is none where nothing readable was kept', () => {
    for (const value of [null, '', '{', '[]', '{"language": 5}', '{"language": "<b>"}', 'null']) {
      expect(chosenLanguage(kept(value))).toBe('');
    }
  });
});
