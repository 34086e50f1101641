// @ts-check
/** What this tab remembers over a reload: that a person has touched the page, and which attempt it began. Nothing else. */
import { config } from "./config.js";

/** @typedef {"opened" | "attempt"} Name */

/** Storage may be switched off or full; then the tab remembers until the page is left. @type {Map<Name, string>} */
const memory = new Map();

/** @param {Name} name @returns {string | null} */
export function recall(name) {
  try {
    return sessionStorage.getItem(key(name)) ?? memory.get(name) ?? null;
  } catch {
    return memory.get(name) ?? null;
  }
}

/** @param {Name} name @param {string | null} value null forgets it */
export function remember(name, value) {
  memory.delete(name);
  if (value !== null) memory.set(name, value);
  try {
    if (value === null) sessionStorage.removeItem(key(name));
    else sessionStorage.setItem(key(name), value);
  } catch {
    // The copy in memory is what remains.
  }
}

/** @param {Name} name */
function key(name) {
  return `paythread-${name}:${config.base}`;
}
