// @ts-check
// The carrier's menu at each message: a trainer makes the carrier report what is to be practised.

import { element } from "./dom.js";
import { post } from "./mailroom.js";
import { showToast } from "./notices.js";

/** @type {[string, string][]} */
const REPORTS = [
  ["delivered", "Delivered"],
  ["read", "Read"],
  ["failed", "Failed"],
];

/** @type {HTMLElement | null} */
let openMenu = null;

document.addEventListener("click", (event) => {
  if (openMenu && !openMenu.contains(/** @type {Node} */ (event.target))) closeMenu(false);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && openMenu) closeMenu(true);
});

/**
 * A button that opens the menu for one message.
 * @param {import("./mailroom.js").Message} message
 */
export function carrierMenu(message) {
  const menu = element("div", { class: "carrier-menu", role: "menu", "aria-label": "Carrier reports", hidden: true });
  for (const [status, label] of REPORTS) {
    menu.append(
      element(
        "button",
        { type: "button", role: "menuitem", tabindex: "-1", onclick: () => report(message.id, status) },
        element("span", { class: `dot dot-${status}`, "aria-hidden": "true" }),
        label,
      ),
    );
  }
  menu.addEventListener("keydown", (event) => move(menu, event));
  const button = element(
    "button",
    {
      type: "button",
      class: "carrier-button",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      "aria-label": "What the carrier reports",
      title: "What the carrier reports",
      onclick: () => toggle(place),
    },
    "⋯",
  );
  const place = element("span", { class: "carrier" }, button, menu);
  return place;
}

/** True while a menu is open: the messages under it are then not drawn anew. */
export function carrierMenuIsOpen() {
  return openMenu !== null && openMenu.isConnected;
}

/** @param {HTMLElement} place */
function toggle(place) {
  const isOpen = openMenu === place;
  closeMenu(false);
  if (isOpen) return;
  openMenu = place;
  const [button, menu] = parts(place);
  menu.hidden = false;
  button.setAttribute("aria-expanded", "true");
  /** @type {HTMLElement | null} */ (menu.firstElementChild)?.focus();
  menu.scrollIntoView({ block: "nearest" });
}

/** @param {boolean} refocus */
function closeMenu(refocus) {
  if (!openMenu) return;
  const [button, menu] = parts(openMenu);
  menu.hidden = true;
  button.setAttribute("aria-expanded", "false");
  openMenu = null;
  if (refocus) button.focus();
}

/**
 * @param {HTMLElement} place
 * @returns {[HTMLElement, HTMLElement]}
 */
function parts(place) {
  return [/** @type {HTMLElement} */ (place.children[0]), /** @type {HTMLElement} */ (place.children[1])];
}

/**
 * @param {HTMLElement} menu
 * @param {KeyboardEvent} event
 */
function move(menu, event) {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (!step) return;
  event.preventDefault();
  const items = /** @type {HTMLElement[]} */ ([...menu.children]);
  const at = items.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  items[(at + step + items.length) % items.length]?.focus();
}

/**
 * @param {string} id
 * @param {string} status
 */
async function report(id, status) {
  closeMenu(true);
  const answer = await post("/api/receipts", { id, status });
  if (!answer.ok) showToast(answer.why);
}
