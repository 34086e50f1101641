// @ts-check
// Builds what is on the page. Text is only ever set as text, so that no message can become markup.

/** @typedef {string | Node | null | undefined | false} Child */

/**
 * An element with attributes, listeners (`onclick: fn`) and children.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, unknown>} [attributes] true sets an empty attribute; false, null and undefined set none
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (typeof value === "function") {
      made.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    } else {
      made.setAttribute(name, value === true ? "" : String(value));
    }
  }
  for (const child of children) if (child) made.append(child);
  return made;
}

/**
 * The element of the page with this id; its absence is a mistake of ours.
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found;
}

const time = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "short" });

/**
 * The time if it was today, else the day.
 * @param {string} moment RFC 3339
 */
export function shortTime(moment) {
  const date = new Date(moment);
  const today = date.toDateString() === new Date().toDateString();
  return element("time", { datetime: moment, title: full.format(date) }, today ? time.format(date) : day.format(date));
}

/** @param {string} moment RFC 3339 */
export function clockTime(moment) {
  const date = new Date(moment);
  return element("time", { datetime: moment, title: full.format(date) }, time.format(date));
}

/** @param {string} moment RFC 3339 */
export function fullTime(moment) {
  return element("time", { datetime: moment }, full.format(new Date(moment)));
}

/** @param {Date} date */
export function hoursAndMinutes(date) {
  return time.format(date);
}

/**
 * A round picture with initials, in a colour that belongs to the name.
 * @param {string} name
 */
export function avatar(name) {
  const letters = name.match(/(?<!\p{L})\p{L}/gu)?.slice(0, 2).join("").toUpperCase() || "#";
  let hash = 0;
  for (const char of name) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) % 997;
  return element("span", { class: `avatar avatar-${hash % 6}`, "aria-hidden": "true" }, letters);
}
