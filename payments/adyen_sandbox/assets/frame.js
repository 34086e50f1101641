// @ts-check
// What happens inside one card field? What is typed is checked here and goes to this far end's own origin alone.

import { brandOf, codeLengthMax } from './brands.js';
import { checkCode, checkExpiry, checkNumber } from './checks.js';
import { digitsIn, formatExpiry, formatNumber, write } from './formats.js';
import { textsFor } from './texts.js';

const about = new URLSearchParams(location.hash.slice(1));
const CHANNEL = about.get('channel') ?? '';
const PARENT_ORIGIN = about.get('origin') ?? '';
const field = document.body.dataset['field'] ?? '';
const kind = /** @type {'cardNumber' | 'cardExpiry' | 'cardCvc'} */ (document.body.dataset['kind']);
const listed = new Set((document.body.dataset['numbers'] ?? '').split(' '));
const input = /** @type {HTMLInputElement} */ (document.getElementById('field'));
const spoken = /** @type {HTMLElement} */ (document.getElementById('error'));
const texts = textsFor(about.get('locale') ?? 'en');

let digits = '';
let brand = 'unknown';
let deleting = false;
let left = false;
let announced = '';
let round = 0;

/**
 * @param {string} say
 * @param {Record<string, unknown>} [detail]
 */
function tellParent(say, detail) {
  parent.postMessage({ channel: CHANNEL, say, ...detail }, PARENT_ORIGIN);
}

function check() {
  if (kind === 'cardNumber') return checkNumber(digits, listed);
  if (kind === 'cardExpiry') return checkExpiry(digits, new Date());
  return checkCode(digits, brand);
}

function read() {
  digits = digitsIn(input.value);
  if (kind === 'cardNumber') write(input, formatNumber(digits));
  else if (kind === 'cardExpiry') write(input, formatExpiry(digits, deleting));
  else write(input, digits.slice(0, codeLengthMax(brand)));
  digits = digitsIn(input.value);
  if (kind === 'cardNumber' && brandOf(digits).name !== brand) {
    brand = brandOf(digits).name;
    tellParent('brand', { brand });
  }
  void announce();
}

/** Tells the page what changed: its validity, its error, and for a finished value what stands for it. */
async function announce() {
  const state = check();
  const code = state.code ?? (left && !state.empty && !state.complete ? state.unfinished : null);
  const error = code === null ? '' : (texts.errors[code] ?? '');
  input.setAttribute('aria-invalid', String(code !== null));
  spoken.textContent = error;
  const key = `${state.complete} ${state.complete ? digits : ''} ${code}`;
  if (key === announced) return;
  announced = key;
  round += 1;
  const mine = round;
  if (!state.complete) {
    tellParent('state', { valid: false, code, error });
    return;
  }
  const blobs = await encrypt();
  // What was typed since has its own answer.
  if (mine !== round) return;
  tellParent('state', {
    valid: blobs !== null,
    code: blobs === null ? 'unreachable' : null,
    error: blobs === null ? (texts.errors['unreachable'] ?? '') : '',
    blobs: blobs ?? {},
    ...(kind === 'cardNumber' ? { endDigits: digits.slice(-4), issuerBin: digits.slice(0, 8) } : {}),
  });
}

/** @returns {Promise<Record<string, string> | null>} */
async function encrypt() {
  try {
    const response = await fetch('/securedfields/encrypt', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ field, value: digits }),
      credentials: 'omit',
    });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

document.documentElement.lang = about.get('locale') ?? 'en';
document.documentElement.dir = texts.rightToLeft ? 'rtl' : 'ltr';
input.setAttribute('aria-label', texts.labels[kind]);
input.placeholder = texts.placeholders[kind];

input.addEventListener('beforeinput', (event) => {
  deleting = event.inputType.startsWith('delete');
});
input.addEventListener('input', read);
input.addEventListener('focus', () => tellParent('focus', { focus: true }));
input.addEventListener('blur', () => {
  left = !check().empty;
  void announce();
  tellParent('focus', { focus: false });
});
input.addEventListener('keydown', (event) => {
  if (event.key === 'Enter') tellParent('enter');
});

window.addEventListener('message', (event) => {
  if (event.source !== parent || event.origin !== PARENT_ORIGIN) return;
  const message = event.data;
  if (typeof message !== 'object' || message === null || message.channel !== CHANNEL) return;
  if (message.order === 'focus') input.focus();
  if (message.order === 'brand' && kind === 'cardCvc') {
    brand = String(message.brand);
    read();
  }
  if (message.order === 'validate') {
    left = true;
    announced = '';
    void announce();
    if (check().empty) {
      const code = check().unfinished;
      spoken.textContent = texts.errors[code] ?? '';
      input.setAttribute('aria-invalid', 'true');
      tellParent('state', { valid: false, code, error: spoken.textContent });
    }
  }
});
tellParent('loaded', { label: texts.labels[kind] });
