// @ts-check
// Soft notices: a banner where the message arrived, a word for screen readers, a number in the title.

import { avatar, byId, element } from "./dom.js";

const BANNER_MILLISECONDS = 6000;
const TOAST_MILLISECONDS = 6000;

/** @type {Map<HTMLElement, number>} */
const timers = new Map();

/**
 * @param {import("./mailroom.js").Message} message
 * @param {() => void} open
 */
export function showBanner(message, open) {
  const place = byId(`banner-${message.channel}`);
  const from = message.from_name || message.from;
  const kind = message.channel === "sms" ? "Message" : "Mail";
  const close = () => place.replaceChildren();
  place.replaceChildren(
    element(
      "button",
      {
        type: "button",
        class: "banner",
        onclick: () => {
          close();
          open();
        },
      },
      avatar(from),
      element("span", { class: "banner-text" }, element("b", {}, from), element("span", {}, message.subject || message.text)),
      element("span", { class: "banner-when" }, "now"),
    ),
  );
  after(place, BANNER_MILLISECONDS, close);
  byId("live").textContent = `${kind} from ${from}: ${message.subject || message.text}`;
}

/** @param {string} text something went wrong, said once */
export function showToast(text) {
  const toast = byId("toast");
  toast.textContent = text;
  toast.hidden = false;
  after(toast, TOAST_MILLISECONDS, () => {
    toast.hidden = true;
  });
}

/**
 * @param {{sms: number, email: number}} unread
 */
export function showUnread(unread) {
  const total = unread.sms + unread.email;
  document.title = `${total ? `(${total}) ` : ""}Customer's phone and mailbox`;
  for (const app of /** @type {("sms" | "email")[]} */ (["sms", "email"])) {
    const badge = byId(`badge-${app}`);
    badge.hidden = unread[app] === 0;
    badge.replaceChildren(String(unread[app]), element("span", { class: "visually-hidden" }, " unread"));
  }
}

/**
 * @param {HTMLElement} place
 * @param {number} milliseconds
 * @param {() => void} act
 */
function after(place, milliseconds, act) {
  clearTimeout(timers.get(place));
  timers.set(place, setTimeout(act, milliseconds));
}
