// @ts-check
// Is what was typed right so far? Stripe's validation codes, and one of the sandbox's own.

import { brandOf, codeLengthLeast, passesLuhn } from './brands.js';

/**
 * @typedef {object} State
 * @property {boolean} empty
 * @property {boolean} complete
 * @property {string | null} code what is wrong, once the field can know
 * @property {string} unfinished what is wrong if it is left like this
 */

/**
 * @param {string} digits
 * @param {ReadonlySet<string>} listed the published test numbers: nothing else is accepted
 * @returns {State}
 */
export function checkNumber(digits, listed) {
  const { lengths } = brandOf(digits);
  const full = digits.length === Math.max(...lengths);
  const possible = lengths.includes(digits.length);
  /** @type {string | null} */
  let code = null;
  if (full && !passesLuhn(digits)) code = 'invalid_number';
  else if (full && !listed.has(digits)) code = 'test_card_required';
  const complete = possible && passesLuhn(digits) && listed.has(digits);
  return { empty: digits === '', complete, code, unfinished: 'incomplete_number' };
}

/**
 * @param {string} digits
 * @param {Date} today
 * @returns {State}
 */
export function checkExpiry(digits, today) {
  const month = Number(digits.slice(0, 2));
  const year = 2000 + Number(digits.slice(2, 4));
  /** @type {string | null} */
  let code = null;
  if (digits.length >= 2 && (month < 1 || month > 12)) code = 'invalid_expiry_month';
  else if (digits.length === 4) {
    if (year < today.getFullYear()) code = 'invalid_expiry_year_past';
    else if (year > today.getFullYear() + 50) code = 'invalid_expiry_year';
    else if (year === today.getFullYear() && month < today.getMonth() + 1) {
      code = 'invalid_expiry_month_past';
    }
  }
  const complete = digits.length === 4 && code === null;
  return { empty: digits === '', complete, code, unfinished: 'incomplete_expiry' };
}

/**
 * @param {string} digits
 * @param {string} brand
 * @returns {State}
 */
export function checkCode(digits, brand) {
  const complete = digits.length >= codeLengthLeast(brand);
  return { empty: digits === '', complete, code: null, unfinished: 'incomplete_cvc' };
}
