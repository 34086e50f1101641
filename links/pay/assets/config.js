// @ts-check
/** What the server told this page: its configuration and its words. */

/** @typedef {import("./types").Config} Config */

/** @returns {Config | null} null on pages that have nothing to pay */
function readConfig() {
  const holder = document.getElementById("paythread-config");
  return holder ? JSON.parse(holder.textContent ?? "") : null;
}

const found = readConfig();

/** True on a page with something to pay; `config` may be read only then. */
export const hasConfig = found !== null;

export const config = /** @type {Config} */ (found);

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufefc]/;

/**
 * Answers a text of the catalogue with its placeholders filled. What is written the other way than the page is kept apart.
 * @param {string} key
 * @param {Record<string, string>} [values]
 */
export function text(key, values = {}) {
  const pattern = config.texts[key] ?? "";
  return pattern.replace(/\{(\w+)\}/g, (_, name) => {
    const value = values[name] ?? "";
    return document.dir === "rtl" || RIGHT_TO_LEFT.test(value) ? `\u2068${value}\u2069` : value;
  });
}

/**
 * Answers the text that fits a number, which stands in `{count}`, by the plural rules of the language.
 * @param {string} key
 * @param {number} count
 * @param {Record<string, string>} [values]
 */
export function counted(key, count, values = {}) {
  const form = `${key}.${new Intl.PluralRules(config.locale).select(count)}`;
  return text(form in config.texts ? form : `${key}.other`, { ...values, count: localDigits(String(count)) });
}

/** Writes Western digits as the language does. @param {string} written */
export function localDigits(written) {
  const { numbers } = config.format;
  if (numbers === "latn") return written;
  const digits = new Intl.NumberFormat(config.locale, { numberingSystem: numbers });
  return written.replace(/\d/g, (digit) => digits.format(Number(digit)));
}

/** The page's own address, in the language that the customer chose. @param {boolean} [own] whether it is to find their own payment */
export function ownAddress(own = false) {
  const lang = new URLSearchParams(location.search).get("lang");
  const query = [own ? "own" : "", lang ? `lang=${encodeURIComponent(lang)}` : ""].filter(Boolean).join("&");
  return config.base + (query && `?${query}`);
}

/**
 * Answers a text, or null if the catalogue has none by this key.
 * @param {string} key
 */
export function textIfAny(key) {
  return config.texts[key] ?? null;
}
