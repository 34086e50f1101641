// @ts-check
// Whose phone and mailbox this is: chosen among those that received something, typed, or given by `?to=`.

import { byId, element, shortTime } from "./dom.js";

/** @typedef {{sms: string, email: string}} Identity */
/** @typedef {{address: string, channel: "sms" | "email", messages: number, last_at: string}} Known */

/** @type {Identity} */
export const identity = { sms: "", email: "" };

/** @type {() => void} */
let changed = () => {};

/**
 * Reads `?to=` (once for each address) and makes the chooser work.
 * @param {() => void} whenChanged
 */
export function startIdentity(whenChanged) {
  changed = whenChanged;
  for (const address of new URLSearchParams(location.search).getAll("to")) adopt(address);
  show();
  const dialog = chooser();
  byId("identity").addEventListener("click", async () => {
    byId("chooser-error").textContent = "";
    await listKnown();
    dialog.showModal();
  });
  byId("chooser-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const input = /** @type {HTMLInputElement} */ (byId("chooser-input"));
    if (!adopt(input.value)) {
      byId("chooser-error").textContent = "Write a number like +447700900123, or an email address.";
      input.focus();
      return;
    }
    input.value = "";
    dialog.close();
    choose();
  });
}

/**
 * Takes the owner of the first message to arrive while nobody is chosen.
 * @param {import("./mailroom.js").Message[]} messages oldest first
 */
export function adoptLatest(messages) {
  for (const channel of /** @type {("sms" | "email")[]} */ (["sms", "email"])) {
    const last = messages.filter((message) => message.channel === channel).at(-1);
    if (!identity[channel] && last) identity[channel] = last.customer;
  }
  show();
}

/**
 * @param {string} text
 * @returns {boolean} false if it is neither a number nor an email address
 */
function adopt(text) {
  const bare = text.trim();
  if (/^[^\s@]+@[^\s@]+$/u.test(bare)) {
    identity.email = bare.toLowerCase();
    return true;
  }
  // A bare plus in a query string arrives as a space.
  const number = bare.replace(/[\s().-]/gu, "").replace(/^00/u, "+");
  if (!/^\+?[0-9]{7,15}$/u.test(number)) return false;
  identity.sms = number.startsWith("+") ? number : `+${number}`;
  return true;
}

function choose() {
  const query = new URLSearchParams();
  for (const address of [identity.sms, identity.email]) if (address) query.append("to", address);
  history.replaceState(null, "", `?${query}`);
  show();
  changed();
}

function show() {
  byId("identity-phone").textContent = identity.sms || "No phone yet";
  byId("identity-mail").textContent = identity.email || "No mailbox yet";
}

async function listKnown() {
  const place = byId("chooser-known");
  /** @type {Known[]} */
  let known = [];
  try {
    const answer = await fetch("/api/addresses");
    known = await answer.json();
  } catch {
    // Without the list one can still type.
  }
  const kinds = /** @type {[("sms" | "email"), string][]} */ ([["sms", "Phones"], ["email", "Mailboxes"]]);
  place.replaceChildren(
    ...kinds.map(([channel, title]) => {
      const list = element("ul", { class: "known" });
      for (const one of known.filter((each) => each.channel === channel)) list.append(knownRow(one));
      return element("section", {}, element("h3", {}, title), list.children.length ? list : element("p", { class: "muted" }, "Nothing has arrived yet."));
    }),
  );
}

/** @param {Known} one */
function knownRow(one) {
  const current = identity[one.channel] === one.address;
  return element(
    "li",
    {},
    element(
      "button",
      {
        type: "button",
        "aria-current": current ? "true" : null,
        onclick: () => {
          identity[one.channel] = one.address;
          chooser().close();
          choose();
        },
      },
      element("span", {}, one.address),
      element("span", { class: "muted" }, `${one.messages} · `, shortTime(one.last_at)),
    ),
  );
}

function chooser() {
  return /** @type {HTMLDialogElement} */ (byId("chooser"));
}
