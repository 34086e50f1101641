import { describe, expect, it } from 'vitest';

import { anEvent } from '../testing/samples';
import { isOf, typesOf } from './customer_kinds';

describe('the kinds of a customer’s history', () => {
  it('ask for whole families, but not for the steps within a pay page', () => {
    expect(typesOf('all')).toBeUndefined();
    expect(typesOf('notes')).toBe('note.*');
    expect(typesOf('money')).toContain('payment.*,');
    expect(typesOf('money')).not.toContain('checkout.*');
  });

  it('take what comes by the feed as the service would', () => {
    const paid = anEvent('payment.paid', 1);
    expect([isOf('all', paid), isOf('money', paid), isOf('notes', paid)]).toEqual([
      true,
      true,
      false,
    ]);
    expect(isOf('all', anEvent('checkout.field_completed', 2))).toBe(false);
  });
});
