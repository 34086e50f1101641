// @ts-check
// How does typed text become what stands in the field, with the caret where it was?

import { brandOf } from './brands.js';

// Other scripts' digits by the code point of their zero: Arabic, Persian, Devanagari, Khmer, wide.
const ZEROS = [0x0660, 0x06f0, 0x0966, 0x17e0, 0xff10];

/**
 * The digits in a text, whatever script they are typed in, as 0 to 9.
 * @param {string} text
 */
export function digitsIn(text) {
  let digits = '';
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    if (point >= 0x30 && point <= 0x39) digits += character;
    const zero = ZEROS.find((each) => point >= each && point <= each + 9);
    if (zero !== undefined) digits += String(point - zero);
  }
  return digits;
}

/** @param {string} digits */
export function formatNumber(digits) {
  const brand = brandOf(digits);
  const kept = digits.slice(0, Math.max(...brand.lengths));
  const groups = [];
  let from = 0;
  for (const size of brand.groups) {
    if (from < kept.length) groups.push(kept.slice(from, from + size));
    from += size;
  }
  return groups.join(' ');
}

/**
 * `MM / YY`: a first digit above 1 is a whole month, and a four-digit year loses its century.
 * @param {string} digits
 * @param {boolean} deleting
 */
export function formatExpiry(digits, deleting) {
  let kept = /^[2-9]/.test(digits) ? `0${digits}` : digits;
  if (/^\d{2}20\d{2}$/.test(kept)) kept = kept.slice(0, 2) + kept.slice(4);
  kept = kept.slice(0, 4);
  if (kept.length < 2 || (kept.length === 2 && deleting)) return kept;
  return `${kept.slice(0, 2)} / ${kept.slice(2)}`;
}

/**
 * Writes the text and keeps the caret behind the same digit as before.
 * @param {HTMLInputElement} input
 * @param {string} text
 */
export function write(input, text) {
  if (input.value === text) return;
  const atEnd = input.selectionStart === input.value.length;
  const before = digitsIn(input.value.slice(0, input.selectionStart ?? 0)).length;
  input.value = text;
  if (atEnd || document.activeElement !== input) return;
  let caret = 0;
  for (let seen = 0; caret < text.length && seen < before; caret += 1) {
    if (/\d/.test(text[caret] ?? '')) seen += 1;
  }
  input.setSelectionRange(caret, caret);
}
