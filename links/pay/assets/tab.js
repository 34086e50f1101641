// @ts-check
/**
 * What this tab remembers over a reload: that a person has touched the page, which attempt it began, and on a link for many the
 * key that its own payment is found by; the key of its chat; that its progress is not shared; and what to say after a reload.
 * Nothing else.
 */
import { config } from "./config.js";

/** @typedef {"opened" | "attempt" | "payer" | "chat" | "notice" | "coarse"} Name */

/** Storage may be switched off or full; then the entry of this page in the tab's history remembers. @type {Record<string, string>} */
let memory = history.state?.paythread ?? {};

/** @param {Name} name @returns {string | null} */
export function recall(name) {
  try {
    return sessionStorage.getItem(key(name)) ?? memory[name] ?? null;
  } catch {
    return memory[name] ?? null;
  }
}

/** @param {Name} name @param {string | null} value null forgets it */
export function remember(name, value) {
  const { [name]: _, ...others } = memory;
  memory = value === null ? others : { ...others, [name]: value };
  try {
    if (value === null) sessionStorage.removeItem(key(name));
    else sessionStorage.setItem(key(name), value);
  } catch {
    history.replaceState({ ...history.state, paythread: memory }, "");
  }
}

/** Gives this tab a key that nobody can guess, if it has none. */
export function becomePayer() {
  if (recall("payer") === null) remember("payer", randomKey());
}

/** @returns {string} 32 hexadecimal digits that nobody can guess */
export function randomKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @param {Name} name */
function key(name) {
  return `paythread-${name}:${config.base}`;
}
