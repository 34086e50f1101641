// @ts-check
// The phone's messages app: conversations by sender, bubbles, a reply box.

import { carrierMenu, carrierMenuIsOpen } from "./carrier.js";
import { avatar, byId, clockTime, element, shortTime } from "./dom.js";
import { linked } from "./links.js";
import { post } from "./mailroom.js";
import { showToast } from "./notices.js";

/** @typedef {import("./mailroom.js").Message} Message */

const STATUS_WORDS = /** @type {Record<string, string>} */ ({
  delivered: "Delivered",
  read: "Read",
  undelivered: "Not delivered",
  failed: "Failed",
  sent: "Sent",
  queued: "On its way",
  accepted: "On its way",
});

/** @type {string | null} */
let openThread = null;
/** @type {Map<string, string>} what is typed and not sent, by conversation */
const drafts = new Map();
/** @type {Message[]} */
let shown = [];
let customer = "";
let drawn = "";

/** @type {(ids: string[]) => void} */
let markRead = () => {};
/** @type {(id: string) => boolean} */
let isRead = () => true;

/**
 * @param {(ids: string[]) => void} read
 * @param {(id: string) => boolean} known
 */
export function startSms(read, known) {
  markRead = read;
  isRead = known;
}

/**
 * Shows this customer's messages, oldest first.
 * @param {string} address
 * @param {Message[]} messages
 */
export function showSms(address, messages) {
  if (address !== customer) openThread = null;
  customer = address;
  shown = messages;
  draw();
}

/** @param {string | null} merchant */
export function openConversation(merchant) {
  openThread = merchant;
  draw();
}

/** The conversation that is open, if any. */
export function openedConversation() {
  return openThread;
}

/** @param {Message} message */
export function merchantOf(message) {
  return message.direction === "to_customer" ? message.from : message.to;
}

function draw() {
  const place = byId("sms");
  const thread = shown.filter((message) => merchantOf(message) === openThread);
  // Nothing is drawn anew under a trainer's open menu, or when nothing changed.
  const state = JSON.stringify([customer, openThread, shown.map((m) => [m.id, m.status, isRead(m.id)])]);
  if (carrierMenuIsOpen() || state === drawn) return;
  drawn = state;
  if (openThread !== null && thread.length) {
    drawConversation(place, openThread, thread);
  } else {
    openThread = null;
    drawList(place);
  }
}

/** @param {HTMLElement} place */
function drawList(place) {
  /** @type {Map<string, Message[]>} */
  const threads = new Map();
  for (const message of shown) {
    const merchant = merchantOf(message);
    threads.set(merchant, [...(threads.get(merchant) ?? []), message]);
  }
  const rows = [...threads.entries()].reverse().sort(([, a], [, b]) => latest(b).received_at.localeCompare(latest(a).received_at));
  const list = element("ul", { class: "threads", id: "conversation", tabindex: "-1" });
  for (const [merchant, thread] of rows) list.append(threadRow(merchant, thread));
  place.replaceChildren(
    element("div", { class: "app-title" }, element("h2", {}, "Messages")),
    rows.length ? list : element("div", { class: "empty", id: "conversation", tabindex: "-1" }, emptyPicture("No messages yet", customer ? `Texts to ${customer} appear here by themselves.` : "Choose a phone number, or send a text to one.")),
  );
}

/**
 * @param {string} merchant
 * @param {Message[]} thread
 */
function threadRow(merchant, thread) {
  const last = latest(thread);
  const unread = thread.filter((message) => !isRead(message.id)).length;
  return element(
    "li",
    {},
    element(
      "button",
      { type: "button", class: unread ? "thread unread" : "thread", onclick: () => openConversation(merchant) },
      avatar(merchant),
      element("span", { class: "thread-text" }, element("b", {}, merchant), element("span", { class: "snippet" }, last.text)),
      element("span", { class: "thread-side" }, shortTime(last.received_at), unread > 0 && element("span", { class: "count" }, String(unread), element("span", { class: "visually-hidden" }, " unread"))),
    ),
  );
}

/** @param {Message[]} thread */
function latest(thread) {
  return /** @type {Message} */ (thread.at(-1));
}

/**
 * @param {HTMLElement} place
 * @param {string} merchant
 * @param {Message[]} thread
 */
function drawConversation(place, merchant, thread) {
  const typing = document.activeElement?.id === "reply";
  const bubbles = element("ol", { class: "bubbles", id: "conversation", tabindex: "-1", "aria-label": `Conversation with ${merchant}` });
  for (const message of thread) bubbles.append(bubble(message));
  place.replaceChildren(
    element(
      "div",
      { class: "chat-title" },
      element("button", { type: "button", class: "back", "aria-label": "All messages", onclick: () => openConversation(null) }, "‹"),
      avatar(merchant),
      element("h2", {}, merchant),
    ),
    bubbles,
    thread.some((message) => message.answerable) ? replyBox(merchant) : element("p", { class: "no-reply" }, "This sender has a name instead of a number and cannot be answered."),
  );
  bubbles.scrollTop = bubbles.scrollHeight;
  if (typing) document.getElementById("reply")?.focus();
  markRead(thread.map((message) => message.id));
}

/** @param {Message} message */
function bubble(message) {
  const mine = message.direction === "to_merchant";
  const failed = message.status === "failed" || message.status === "undelivered";
  const word = mine ? "Sent" : STATUS_WORDS[message.status] ?? message.status;
  return element(
    "li",
    { class: mine ? "mine" : "theirs" },
    element("p", { class: "bubble", dir: "auto" }, element("span", { class: "visually-hidden" }, mine ? "You: " : ""), linked(message.text)),
    element(
      "div",
      { class: "under" },
      clockTime(message.received_at),
      element("span", { class: failed ? "bad" : "" }, message.error_code ? `${word} (${message.error_code})` : word),
      !mine && carrierMenu(message),
    ),
  );
}

/** @param {string} merchant */
function replyBox(merchant) {
  const input = element("textarea", { id: "reply", rows: "1", maxlength: "1600", placeholder: "Text message", "aria-label": "Reply" });
  input.value = drafts.get(merchant) ?? "";
  const send = element("button", { type: "submit", class: "send", "aria-label": "Send" }, "↑");
  const form = element("form", { class: "reply" }, input, send);
  const fit = () => {
    drafts.set(merchant, input.value);
    input.rows = Math.min(4, input.value.split("\n").length + Math.floor(input.value.length / 34));
    send.disabled = !input.value.trim();
  };
  input.addEventListener("input", fit);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (input.value.trim()) reply(merchant, input, fit);
  });
  fit();
  return form;
}

/**
 * @param {string} merchant
 * @param {HTMLTextAreaElement} input
 * @param {() => void} fit
 */
async function reply(merchant, input, fit) {
  const text = input.value;
  input.value = "";
  fit();
  const answer = await post("/api/messages", { channel: "sms", from: customer, to: merchant, text });
  if (answer.ok) return;
  showToast(answer.why);
  drafts.set(merchant, text);
  input.value = text;
  fit();
}

/**
 * @param {string} title
 * @param {string} text
 */
export function emptyPicture(title, text) {
  return element("div", { class: "empty-box" }, element("span", { class: "empty-glyph", "aria-hidden": "true" }, "✉"), element("b", {}, title), element("p", {}, text));
}
