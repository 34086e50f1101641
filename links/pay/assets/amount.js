// @ts-check
/** How much is paid: all that is due, or where the link lets the customer choose, what they typed into a field. */
import { config, text } from "./config.js";
import { say, setAmount, setDue, setHidden } from "./view.js";

/** @typedef {import("./types").State} State */

/** @type {(minor: number) => void} */
let heard = () => {};
/** What reads the field; most links have none. @type {typeof import("./later_amount.js") | null} */
let entry = null;

/** @param {(minor: number) => void} hear is told what would be paid, whenever that changes */
export function onAmount(hear) {
  heard = hear;
  typed();
}

/** Follows the amount field, where the page has one. */
export async function followAmount() {
  if (!amountField() || entry) return;
  entry = await import("./later_amount.js").catch(() => null);
  const field = amountField();
  if (field) entry?.followField(field, typed);
}

/** @returns {number | null} what is to be paid now, in minor units; null after saying what is wrong with it */
export function readAmount() {
  const field = amountField();
  if (!field) return config.amount;
  if (entry) return entry.readEntry(field);
  // Nothing is paid by a field that nobody has read.
  void followAmount();
  say("error-amount", text("fields_loading"));
  return null;
}

export function focusAmount() {
  amountField()?.focus();
}

/** Takes over what may be paid now. @param {State} now @returns {boolean} whether there is (still) something to choose */
export function takeRange({ amount, amount_text: due, minimum, leftover }) {
  Object.assign(config, { amount, amount_text: due, minimum, leftover });
  setDue(due);
  if (!amountField()) {
    if (document.getElementById("amount")) setHidden("field-amount", true);
    setAmount(due);
    heard(amount);
    return false;
  }
  entry?.showRange();
  typed();
  if (entry) readAmount();
  return true;
}

/** @returns {HTMLInputElement | null} the field, while there is something to choose */
export function amountField() {
  const field = /** @type {HTMLInputElement | null} */ (document.getElementById("amount"));
  return field && config.minimum !== null ? field : null;
}

function typed() {
  const field = amountField();
  const minor = field && entry ? entry.showEntry(field) : null;
  if (minor !== null) heard(minor);
}
