// @ts-check
// Links in messages: found, shown as what they are, and opened as a phone would open them.

import { byId, element } from "./dom.js";

const URL_PATTERN = /https?:\/\/[^\s<>"'`\\{}|^\u0000-\u001f\u200b-\u200f\u202a-\u202e\u2066-\u2069]+/giu;
const TRAILING = /[.,;:!?'"»”’*_~]+$/u;

/** @type {string[]} */
let ownOrigins = [];

/** @param {string[]} origins links elsewhere open after a warning; none given, none warned of */
export function trustOrigins(origins) {
  ownOrigins = origins.map((origin) => new URL(origin).origin);
}

/**
 * The text with its links as links.
 * @param {string} text
 * @returns {DocumentFragment}
 */
export function linked(text) {
  const made = document.createDocumentFragment();
  let copied = 0;
  for (const found of text.matchAll(URL_PATTERN)) {
    const url = trimmed(found[0]);
    made.append(text.slice(copied, found.index), link(url));
    copied = found.index + url.length;
  }
  made.append(text.slice(copied));
  return made;
}

/**
 * One link, named by its address: what one sees is where it leads.
 * @param {string} url http or https
 */
export function link(url) {
  return linkTo(url, url);
}

/**
 * A link named by its sender, as a messenger's button is; no link, if it leads to no web page.
 * @param {string} url
 * @param {string} name
 */
export function linkTo(url, name) {
  if (!/^https?:\/\//iu.test(url)) return element("span", {}, name);
  return element(
    "a",
    { href: url, target: "_blank", rel: "noopener noreferrer", onclick: (/** @type {MouseEvent} */ event) => open(event, url) },
    name,
  );
}

/** @param {string} url */
function trimmed(url) {
  for (;;) {
    const shorter = url.replace(TRAILING, "");
    const last = shorter.at(-1);
    const unpaired =
      (last === ")" && count(shorter, ")") > count(shorter, "(")) || (last === "]" && count(shorter, "]") > count(shorter, "["));
    if (!unpaired) return shorter;
    url = shorter.slice(0, -1);
  }
}

/**
 * @param {string} text
 * @param {string} char
 */
function count(text, char) {
  return text.split(char).length - 1;
}

/**
 * @param {MouseEvent} event
 * @param {string} url
 */
function open(event, url) {
  if (!isOurs(url)) {
    event.preventDefault();
    warn(url);
    return;
  }
  const asked = event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0;
  if (asked || !wantsPopup()) return;
  event.preventDefault();
  const left = Math.max(0, Math.round(screen.availWidth / 2 - 195));
  window.open(url, "_blank", `popup,noopener,noreferrer,width=390,height=844,left=${left},top=40`);
}

/** @param {string} url */
function isOurs(url) {
  try {
    return ownOrigins.length === 0 || ownOrigins.includes(new URL(url).origin);
  } catch {
    return false;
  }
}

function wantsPopup() {
  const box = /** @type {HTMLInputElement} */ (byId("popup"));
  return box.checked && window.matchMedia("(min-width: 760px)").matches;
}

/** @param {string} url */
function warn(url) {
  byId("leaving-url").textContent = url;
  byId("leaving-go").setAttribute("href", url);
  /** @type {HTMLDialogElement} */ (byId("leaving")).showModal();
}
