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

/**
 * Answers a text of the catalogue with its placeholders filled.
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 */
export function text(key, values = {}) {
  const pattern = config.texts[key] ?? "";
  return pattern.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

/**
 * Answers a text, or null if the catalogue has none by this key.
 * @param {string} key
 */
export function textIfAny(key) {
  return config.texts[key] ?? null;
}
