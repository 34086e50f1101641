// @ts-check
// The messenger apps on the phone, one conversation each: WhatsApp, Messenger, Instagram, and any that comes.

import { carrierMenu, carrierMenuIsOpen } from "./carrier.js";
import { avatar, byId, clockTime, element } from "./dom.js";
import { linkTo, linked } from "./links.js";
import { post } from "./mailroom.js";
import { showToast } from "./notices.js";

/** @typedef {import("./mailroom.js").Message} Message */
/** @typedef {{channel: string, address: string, name: string, phones: boolean}} Chat where the customer can write */

const LABELS = /** @type {Record<string, string>} */ ({
  sms: "Messages",
  whatsapp: "WhatsApp",
  messenger: "Messenger",
  instagram: "Instagram",
  telegram: "Telegram",
  chatbot: "Chatbot",
});
const STATUS_WORDS = /** @type {Record<string, string>} */ ({ queued: "On its way", sent: "Sent", delivered: "Delivered", read: "Read", failed: "Failed" });
const HANDLE_KEY = "paythread-simulator-handle-";

/** @type {Chat[]} */
let chats = [];
/** @type {Map<string, string>} what is typed and not sent, by channel */
const drafts = new Map();
let drawn = "";
/** @type {() => void} */
let changed = () => {};

/**
 * @param {Chat[]} known
 * @param {() => void} whenChanged another app was brought to the front
 */
export function startChats(known, whenChanged) {
  chats = known;
  changed = whenChanged;
  byId("apps").hidden = !chats.length;
  byId("apps").replaceChildren(...["sms", ...chats.map((chat) => chat.channel)].map(appButton));
  openApp("sms");
}

/** @param {string} app */
function appButton(app) {
  const badge = element("span", { class: "badge", id: `badge-app-${app}`, hidden: true });
  return element("button", { type: "button", "data-phone-app": app, onclick: () => openApp(app) }, LABELS[app] ?? app, badge);
}

/** @param {string} app */
export function openApp(app) {
  document.body.dataset.phoneApp = app;
  byId("sms").hidden = app !== "sms";
  byId("chat").hidden = app === "sms";
  for (const button of document.querySelectorAll("[data-phone-app]")) {
    if (button !== document.body) button.setAttribute("aria-pressed", String(button.getAttribute("data-phone-app") === app));
  }
  changed();
}

/**
 * Shows the app in front, and how much is unread in each.
 * @param {Message[]} all oldest first
 * @param {string} phone whose phone this is
 * @param {(id: string) => boolean} isRead
 * @param {(ids: string[]) => void} markRead
 */
export function showChats(all, phone, isRead, markRead) {
  for (const chat of chats) {
    const customer = customerOf(chat, all, phone);
    const mine = all.filter((message) => message.channel === chat.channel && message.customer === customer);
    const inFront = document.body.dataset.phoneApp === chat.channel;
    if (inFront) {
      draw(chat, customer, mine);
      markRead(mine.map((message) => message.id));
    }
    const unread = inFront ? 0 : mine.filter((message) => message.direction === "to_customer" && !isRead(message.id)).length;
    const badge = byId(`badge-app-${chat.channel}`);
    badge.hidden = unread === 0;
    badge.replaceChildren(String(unread), element("span", { class: "visually-hidden" }, " unread"));
  }
}

/**
 * Who the customer is there: the phone's number, or what the network calls this browser.
 * @param {Chat} chat
 * @param {Message[]} all
 * @param {string} phone
 */
function customerOf(chat, all, phone) {
  if (chat.phones) return phone;
  const key = HANDLE_KEY + chat.channel;
  try {
    const kept = localStorage.getItem(key);
    if (kept) return kept;
    const last = all.filter((message) => message.channel === chat.channel).at(-1);
    const made = last?.customer ?? `1000${Math.floor(1e11 + Math.random() * 9e11)}`;
    localStorage.setItem(key, made);
    return made;
  } catch {
    return "100000000000001"; // without storage there is one customer
  }
}

/**
 * @param {Chat} chat
 * @param {string} customer
 * @param {Message[]} messages
 */
function draw(chat, customer, messages) {
  const state = JSON.stringify([chat.channel, customer, messages.map((m) => [m.id, m.status])]);
  if (carrierMenuIsOpen() || state === drawn) return;
  drawn = state;
  const place = byId("chat");
  const typing = document.activeElement?.id === "chat-reply";
  const name = messages.find((message) => message.from_name)?.from_name || chat.name || chat.address;
  const label = LABELS[chat.channel] ?? chat.channel;
  const bubbles = element("ol", { class: "bubbles", tabindex: "-1", "aria-label": `${label} conversation with ${name}` });
  for (const message of messages) bubbles.append(bubble(message));
  const nobody = !customer && element("p", { class: "no-reply" }, "Choose a phone number first.");
  place.replaceChildren(
    element("div", { class: "chat-title" }, avatar(name), element("h2", {}, name), element("span", { class: "muted" }, label)),
    bubbles,
    nobody || replyBox(chat, customer),
  );
  bubbles.scrollTop = bubbles.scrollHeight;
  if (typing) document.getElementById("chat-reply")?.focus();
}

/** @param {Message} message */
function bubble(message) {
  const mine = message.direction === "to_merchant";
  const word = mine ? "Sent" : STATUS_WORDS[message.status] ?? message.status;
  const carried = new Map(message.headers);
  const url = carried.get("button_url");
  return element(
    "li",
    { class: mine ? "mine" : "theirs" },
    element("p", { class: "bubble", dir: "auto" }, element("span", { class: "visually-hidden" }, mine ? "You: " : ""), linked(message.text)),
    url !== undefined && element("p", { class: "chat-button" }, linkTo(url, carried.get("button") ?? url)),
    element(
      "div",
      { class: "under" },
      clockTime(message.received_at),
      element("span", { class: message.status === "failed" ? "bad" : "" }, message.error_code ? `${word} (${message.error_code})` : word),
      !mine && carrierMenu(message),
    ),
  );
}

/**
 * @param {Chat} chat
 * @param {string} customer
 */
function replyBox(chat, customer) {
  const input = element("textarea", { id: "chat-reply", rows: "1", maxlength: "1000", placeholder: "Message", "aria-label": `Write by ${LABELS[chat.channel] ?? chat.channel}` });
  input.value = drafts.get(chat.channel) ?? "";
  const send = element("button", { type: "submit", class: "send", "aria-label": "Send" }, "↑");
  const form = element("form", { class: "reply" }, input, send);
  const fit = () => {
    drafts.set(chat.channel, input.value);
    send.disabled = !input.value.trim();
  };
  input.addEventListener("input", fit);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = input.value;
    if (!text.trim()) return;
    input.value = "";
    fit();
    const answer = await post("/api/messages", { channel: chat.channel, from: customer, to: chat.address, text });
    if (answer.ok) return;
    showToast(answer.why);
    input.value = text;
    fit();
  });
  fit();
  return form;
}
