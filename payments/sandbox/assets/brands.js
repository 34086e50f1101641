// @ts-check
// Whose card is it, from its first digits? And how long and how grouped are such numbers?

/**
 * @typedef {object} Brand
 * @property {string} name
 * @property {RegExp} starts
 * @property {readonly number[]} lengths
 * @property {readonly number[]} groups
 */

const FOURS = [4, 4, 4, 4, 3];

/** @type {readonly Brand[]} */
const BRANDS = [
  { name: 'visa', starts: /^4/, lengths: [16], groups: FOURS },
  {
    name: 'mastercard',
    starts: /^(5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/,
    lengths: [16],
    groups: FOURS,
  },
  { name: 'amex', starts: /^3[47]/, lengths: [15], groups: [4, 6, 5] },
  { name: 'discover', starts: /^(6011|64[4-9]|65)/, lengths: [16], groups: FOURS },
  { name: 'diners', starts: /^36/, lengths: [14], groups: [4, 6, 4] },
  { name: 'diners', starts: /^(30[0-5]|3095|3[89])/, lengths: [16], groups: FOURS },
  { name: 'jcb', starts: /^35(2[89]|[3-8])/, lengths: [16], groups: FOURS },
  { name: 'unionpay', starts: /^(62|81)/, lengths: [16, 17, 18, 19], groups: FOURS },
];

/** @type {Brand} */
const UNKNOWN = { name: 'unknown', starts: /^/, lengths: [16], groups: FOURS };

/**
 * @param {string} digits
 * @returns {Brand}
 */
export function brandOf(digits) {
  return BRANDS.find((brand) => brand.starts.test(digits)) ?? UNKNOWN;
}

/**
 * How many digits a security code can have. Before the number is typed, any card's.
 * @param {string} brand
 */
export function codeLengthMax(brand) {
  return brand === 'amex' || brand === 'unknown' ? 4 : 3;
}

/** @param {string} brand */
export function codeLengthLeast(brand) {
  return brand === 'amex' ? 4 : 3;
}

/** @param {string} digits */
export function passesLuhn(digits) {
  let total = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits[digits.length - 1 - index]) * (1 + (index % 2));
    total += digit > 9 ? digit - 9 : digit;
  }
  return total % 10 === 0;
}
