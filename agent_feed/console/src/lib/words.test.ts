import { expect, it } from 'vitest';

import { capital, spoken } from './words';

it('makes words of names, and beginnings of sentences', () => {
  expect([spoken('loan_was_offered'), capital('visa'), capital('')]).toEqual([
    'loan was offered',
    'Visa',
    '',
  ]);
});
