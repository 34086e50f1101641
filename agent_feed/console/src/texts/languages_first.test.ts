import { expect, it } from 'vitest';

import { isSpeaking } from '../lib/language';
import { SPOKEN } from './languages';

it('loads no text before its language is settled', async () => {
  const folders = import.meta.glob('./*/index.ts');
  await Promise.all(Object.values(folders).map((load) => load()));
  expect(Object.keys(folders)).toHaveLength(SPOKEN.length - 1);
  expect(isSpeaking()).toBe(false);
});
