import { describe, expect, it } from 'vitest';

import { NoAnswer, Refusal } from '../api/problem';
import { faultsByField } from './faults';

const refused = new Refusal(
  422,
  'invalid_settings',
  'Invalid',
  '',
  [
    { pointer: '/fraud/review_hours', detail: 'must be from 1 to 96' },
    { pointer: '/brand', detail: 'is no kind of settings' },
  ],
  null,
);

describe('what is wrong in a form', () => {
  it('is told by field', () => {
    expect(faultsByField(refused)).toEqual({
      'fraud.review_hours': 'must be from 1 to 96',
      brand: 'is no kind of settings',
    });
    expect(faultsByField(refused, 'fraud')).toEqual({ review_hours: 'must be from 1 to 96' });
  });

  it('is nothing where the service has not looked', () => {
    expect(faultsByField(new NoAnswer('offline'))).toEqual({});
  });
});
