// @ts-check
// Puts the page together: whose phone, what arrived, which app is in front.

import { openApp, showChats, startChats } from "./chat.js";
import { byId, element, hoursAndMinutes } from "./dom.js";
import { adoptLatest, identity, startIdentity } from "./identity.js";
import { trustOrigins } from "./links.js";
import { openMessage, openedMail, showMail, startMail } from "./mail.js";
import { allMessages, clearFaults, connect } from "./mailroom.js";
import { showBanner, showUnread } from "./notices.js";
import { merchantOf, openConversation, openedConversation, showSms, startSms } from "./sms.js";

/** @typedef {import("./mailroom.js").Message} Message */

const READ_KEY = "paythread-simulator-read";
const READ_MAX = 2000;

const FAULT_WORDS = /** @type {Record<string, (value: string) => string>} */ ({
  slow: (value) => `answers ${value} s late`,
  fail: (value) => `next ${value} refused, try again`,
  reject: (value) => `next ${value} refused for good`,
  timeout_after: (value) => `next ${value} accepted without an answer`,
  callback_lost: (value) => `next ${value} reports lost`,
  callback_duplicated: (value) => `each report ${value} more times`,
  callback_delayed: (value) => `reports ${value} s late`,
  mailbox_drops: (value) => `next ${value} mails break off`,
  mailbox_renumbered: (value) => `mailbox renumbered ${value} times`,
  channel: (value) => `only ${value}`,
});

const read = new Set(remembered());

/** @param {string[]} ids */
function markRead(ids) {
  const fresh = ids.filter((id) => !read.has(id));
  if (!fresh.length) return;
  for (const id of fresh) read.add(id);
  try {
    localStorage.setItem(READ_KEY, JSON.stringify([...read].slice(-READ_MAX)));
  } catch {
    // Without storage, what was read is known until the page is closed.
  }
  queueMicrotask(draw);
}

/** @returns {string[]} */
function remembered() {
  try {
    const kept = JSON.parse(localStorage.getItem(READ_KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter((id) => typeof id === "string") : [];
  } catch {
    return [];
  }
}

/** @param {string} id */
const isRead = (id) => read.has(id);

function draw() {
  const all = allMessages();
  adoptLatest(all);
  const mine = (/** @type {"sms" | "email"} */ channel) =>
    all.filter((message) => message.channel === channel && message.customer === identity[channel]);
  const texts = mine("sms");
  const mails = mine("email");
  for (const message of [...texts, ...mails]) if (message.direction === "to_merchant") read.add(message.id);
  showSms(identity.sms, texts);
  showMail(identity.email, mails);
  showChats(all, identity.sms, isRead, markRead);
  const unread = (/** @type {Message[]} */ list) => list.filter((message) => !isRead(message.id)).length;
  showUnread({ sms: unread(texts), email: unread(mails) });
}

/** @param {Message[]} fresh */
function arrived(fresh) {
  draw();
  for (const message of fresh) {
    if (message.channel !== "sms" && message.channel !== "email") continue; // a messenger's badge tells
    if (message.direction !== "to_customer" || message.customer !== identity[message.channel]) continue;
    const inFront = document.body.dataset.app === message.channel || window.matchMedia("(min-width: 760px)").matches;
    const open = message.channel === "sms" ? openedConversation() === merchantOf(message) : openedMail() === message.id;
    if (!(open && inFront)) showBanner(message, () => goTo(message));
  }
}

/** @param {Message} message */
function goTo(message) {
  bringToFront(message.channel);
  if (message.channel === "sms") {
    openApp("sms");
    openConversation(merchantOf(message));
  }
  else openMessage(message.id);
}

/** @param {string} app */
function bringToFront(app) {
  document.body.dataset.app = app;
  for (const tab of document.querySelectorAll(".tabs button")) {
    tab.setAttribute("aria-pressed", String(tab.getAttribute("data-app") === app));
  }
}

/** @param {import("./mailroom.js").Faults | null} faults */
function showFaults(faults) {
  const place = byId("faults");
  place.hidden = faults === null;
  if (faults === null) return;
  const words = Object.entries(faults)
    .filter(([, value]) => value !== 0 && value !== null)
    .map(([name, value]) => FAULT_WORDS[name]?.(String(value)) ?? name);
  place.replaceChildren(
    element("b", {}, "Faults are on: "),
    `${words.join(" · ")} `,
    element("button", { type: "button", class: "quiet", onclick: () => clearFaults() }, "Behave again"),
  );
}

function tick() {
  byId("clock").textContent = hoursAndMinutes(new Date());
}

function start() {
  const settings = JSON.parse(document.documentElement.dataset.settings ?? "{}");
  trustOrigins(settings.link_origins);
  byId("numbers").append(
    ...settings.numbers.map((/** @type {[string, string]} */ [number, what]) =>
      element("tr", {}, element("td", {}, element("code", {}, number)), element("td", {}, what)),
    ),
  );
  for (const button of document.querySelectorAll("[data-close]")) {
    button.addEventListener("click", () => button.closest("dialog")?.close());
  }
  byId("leaving-go").addEventListener("click", () => /** @type {HTMLDialogElement} */ (byId("leaving")).close());
  for (const tab of document.querySelectorAll(".tabs button")) {
    tab.addEventListener("click", () => bringToFront(tab.getAttribute("data-app") ?? "sms"));
  }
  startSms(markRead, isRead);
  startMail(markRead, isRead, settings.mail_answers);
  startIdentity(draw);
  startChats(settings.chats, draw);
  draw();
  tick();
  setInterval(tick, 5000);
  connect({
    changed: arrived,
    faults: showFaults,
    connection: (connected) => {
      byId("offline").hidden = connected;
    },
  });
}

start();
