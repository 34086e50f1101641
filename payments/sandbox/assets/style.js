// @ts-check
// How does the field take on the merchant's look? A short list of properties, set one by one.

const ALLOWED = new Set([
  'caretColor',
  'color',
  'fontFamily',
  'fontSize',
  'fontStyle',
  'fontVariant',
  'fontWeight',
  'letterSpacing',
  'lineHeight',
  'padding',
  'textAlign',
  'textDecoration',
  'textShadow',
  'textTransform',
]);
const SMALLEST_FONT_PX = 16;

/**
 * @typedef {object} Look
 * @property {{color?: string}} [inherited]
 * @property {Record<string, any>} [appearance]
 * @property {Record<string, any>} [style]
 */

/**
 * @param {HTMLInputElement} input
 * @param {Look} look
 * @param {{empty: boolean, complete: boolean, invalid: boolean}} state
 */
export function applyLook(input, look, state) {
  const style = look.style ?? {};
  const variables = look.appearance?.['variables'] ?? {};
  input.removeAttribute('style');
  set(input, { color: look.inherited?.color });
  set(input, {
    color: variables['colorText'],
    fontFamily: variables['fontFamily'],
    fontSize: variables['fontSizeBase'],
  });
  set(input, style['base']);
  if (state.invalid) {
    set(input, { color: variables['colorDanger'] ?? danger(input) });
    set(input, style['invalid']);
  } else if (state.empty) set(input, style['empty']);
  else if (state.complete) set(input, style['complete']);
  if (document.activeElement === input) set(input, style['base']?.[':focus']);
  const placeholder =
    style['base']?.['::placeholder']?.['color'] ?? variables['colorTextPlaceholder'];
  if (isPlain(placeholder)) {
    input.style.setProperty('--placeholder', placeholder);
    input.style.setProperty('--placeholder-opacity', '1');
  }
  const size = parseFloat(getComputedStyle(input).fontSize);
  // Phones zoom into a smaller field, and then the page around it is lost.
  const touched = matchMedia('(pointer: coarse)').matches;
  if (touched && size < SMALLEST_FONT_PX) input.style.fontSize = `${SMALLEST_FONT_PX}px`;
}

/**
 * @param {HTMLInputElement} input
 * @param {Record<string, any> | undefined} properties
 */
function set(input, properties) {
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (ALLOWED.has(name) && isPlain(value)) {
      const dashed = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      input.style.setProperty(dashed, value);
    }
  }
}

/**
 * @param {unknown} value
 * @returns {value is string}
 */
function isPlain(value) {
  return typeof value === 'string' && value.length < 200 && !/url\s*\(|image|[;{}\\]/i.test(value);
}

/**
 * A red that can be read on the ground that the text colour was chosen for.
 * @param {HTMLInputElement} input
 */
function danger(input) {
  const [red = 0, green = 0, blue = 0] = (getComputedStyle(input).color.match(/\d+/g) ?? []).map(
    Number,
  );
  return red * 0.3 + green * 0.59 + blue * 0.11 > 140 ? '#ff8f87' : '#b3261e';
}
