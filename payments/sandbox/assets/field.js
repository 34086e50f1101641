// @ts-check
// What is inside a card field's frame? One input, what it knows of itself, and who it may tell.
//
// The merchant's page hears whether the field is empty, complete or wrong, and the card's brand;
// never a digit. The number's frame alone speaks to the API.

import { brandOf, codeLengthMax } from './brands.js';
import { checkCode, checkExpiry, checkNumber } from './checks.js';
import { digitsIn, formatExpiry, formatNumber, write } from './formats.js';
import { Siblings } from './siblings.js';
import { applyLook } from './style.js';
import { textsFor } from './texts.js';

/** @typedef {import('./siblings.js').FieldKind} FieldKind */

const about = new URLSearchParams(location.hash.slice(1));
const CHANNEL = about.get('channel') ?? '';
const PARENT_ORIGIN = about.get('origin') ?? '';
const kind = /** @type {FieldKind} */ (document.body.dataset['kind']);
const listed = new Set((document.body.dataset['numbers'] ?? '').split(' '));
const input = /** @type {HTMLInputElement} */ (document.getElementById('field'));
const spoken = /** @type {HTMLElement} */ (document.getElementById('error'));
const locale = about.get('locale') ?? 'en';
const texts = textsFor(locale);
const siblings = new Siblings(about.get('group') ?? '');

let digits = '';
let brand = 'unknown';
let deleting = false;
let left = false;
let announced = '';
/** @type {import('./style.js').Look} */
let look = {};

/**
 * @param {string} say
 * @param {unknown} [detail]
 */
function tellParent(say, detail) {
  parent.postMessage({ channel: CHANNEL, say, detail }, PARENT_ORIGIN);
}

function check() {
  if (kind === 'cardNumber') return checkNumber(digits, listed);
  if (kind === 'cardExpiry') return checkExpiry(digits, new Date());
  return checkCode(digits, brand);
}

/** What is wrong, if the customer is to be told by now: unfinished counts once the field was left. */
function wrong() {
  const state = check();
  if (state.code !== null) return state.code;
  return left && !state.empty && !state.complete ? state.unfinished : null;
}

function read() {
  digits = digitsIn(input.value);
  if (kind === 'cardNumber') {
    write(input, formatNumber(digits));
    digits = digitsIn(input.value);
  } else if (kind === 'cardExpiry') {
    write(input, formatExpiry(digits, deleting));
    digits = digitsIn(input.value);
  } else {
    digits = digits.slice(0, codeLengthMax(brand));
    write(input, digits);
  }
  if (kind === 'cardNumber' && brandOf(digits).name !== brand) {
    brand = brandOf(digits).name;
    siblings.tellBrand(brand);
  }
  announce();
}

/** Tells the page what changed, and only when something did. */
function announce() {
  const state = check();
  const code = wrong();
  const payload = {
    empty: state.empty,
    complete: state.complete,
    error:
      code === null ? undefined : { type: 'validation_error', code, message: texts.errors[code] },
    ...(kind === 'cardNumber' ? { brand } : {}),
  };
  input.setAttribute('aria-invalid', String(code !== null));
  spoken.textContent = code === null ? '' : (texts.errors[code] ?? '');
  applyLook(input, look, { ...state, invalid: code !== null });
  const key = JSON.stringify(payload);
  if (key !== announced) {
    announced = key;
    tellParent('change', payload);
  }
}

/** @returns {import('./siblings.js').Contribution} */
function contribution() {
  const state = check();
  const code = state.code ?? (state.complete ? null : state.unfinished);
  if (code !== null && !left) {
    left = true;
    announce();
  }
  /** @type {Record<string, string>} */
  const values = {};
  if (kind === 'cardNumber') values['number'] = digits;
  if (kind === 'cardExpiry') {
    values['exp_month'] = digits.slice(0, 2);
    values['exp_year'] = digits.slice(2);
  }
  if (kind === 'cardCvc') values['cvc'] = digits;
  return { kind, code, message: code === null ? '' : (texts.errors[code] ?? ''), values };
}

/** @param {{request: string, key: string, extra: any, siblings: FieldKind[]}} order */
async function tokenise(order) {
  const given = [contribution(), ...(await siblings.gather(order.siblings))];
  const faulty = given.find((each) => each.code !== null);
  if (faulty !== undefined) {
    return { error: { type: 'validation_error', code: faulty.code, message: faulty.message } };
  }
  const form = new URLSearchParams({ type: 'card' });
  for (const each of given) {
    for (const [name, value] of Object.entries(each.values)) form.append(`card[${name}]`, value);
  }
  addNested(form, 'billing_details', order.extra?.billing_details);
  addNested(form, 'metadata', order.extra?.metadata);
  try {
    const response = await fetch('/v1/payment_methods', {
      method: 'POST',
      headers: { Authorization: `Bearer ${order.key}` },
      body: form,
      credentials: 'omit',
    });
    const made = await response.json();
    return made.error === undefined ? { paymentMethod: made } : { error: made.error };
  } catch {
    return { error: { type: 'api_connection_error', message: texts.errors['unreachable'] } };
  }
}

/**
 * @param {URLSearchParams} form
 * @param {string} name
 * @param {unknown} value
 */
function addNested(form, name, value) {
  if (value === undefined || value === null) return;
  if (typeof value === 'object') {
    for (const [inner, each] of Object.entries(value)) addNested(form, `${name}[${inner}]`, each);
  } else form.append(name, String(value));
}

/**
 * @param {string} order
 * @param {any} detail
 */
async function obey(order, detail) {
  if (order === 'look') {
    const first = Object.keys(look).length === 0;
    look = detail;
    input.placeholder = detail.placeholder ?? texts.placeholders[kind];
    input.disabled = detail.disabled;
    applyLook(input, look, { ...check(), invalid: wrong() !== null });
    if (first) tellParent('ready');
  } else if (order === 'focus') input.focus();
  else if (order === 'blur') input.blur();
  else if (order === 'clear') {
    input.value = '';
    left = false;
    read();
  } else if (order === 'tokenise' && kind === 'cardNumber') {
    tellParent('answer', { request: detail.request, answer: await tokenise(detail) });
  }
}

document.documentElement.lang = locale;
input.setAttribute('aria-label', texts.labels[kind]);
document.documentElement.dir = texts.rightToLeft ? 'rtl' : 'ltr';

input.addEventListener('beforeinput', (event) => {
  deleting = event.inputType.startsWith('delete');
});
input.addEventListener('input', read);
input.addEventListener('focus', () => {
  applyLook(input, look, { ...check(), invalid: wrong() !== null });
  tellParent('focus');
});
input.addEventListener('blur', () => {
  left = !check().empty;
  announce();
  tellParent('blur');
});
input.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') tellParent('escape');
  if (event.key === 'Enter') tellParent('submit');
});
document.addEventListener('pointerdown', (event) => {
  if (event.target === input) return;
  event.preventDefault();
  input.focus();
});

siblings.onBrand((told) => {
  if (kind !== 'cardCvc') return;
  brand = told;
  read();
});
if (kind !== 'cardNumber') siblings.onGather(contribution);

window.addEventListener('message', (event) => {
  if (event.source !== parent || event.origin !== PARENT_ORIGIN) return;
  const message = event.data;
  if (typeof message !== 'object' || message === null || message.channel !== CHANNEL) return;
  void obey(String(message.order), message.detail);
});
tellParent('loaded');
