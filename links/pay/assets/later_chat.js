// @ts-check
/**
 * The conversation beside the form. What the customer writes is shown at once and sent until it has arrived, once. A tab's chat is
 * its own: the key that it is found by never leaves the tab but to our server.
 */
import { post } from "./calls.js";
import { config, text } from "./config.js";
import { followLink, lookNow } from "./later_live.js";
import { loadWords } from "./later_words.js";
import { randomKey, recall, remember } from "./tab.js";
import { element } from "./view.js";

/** @typedef {import("./types").ChatMessage} ChatMessage */

const LENGTH_MAX = 2_000;
/** What may be a card number, written as people write them. */
const DIGITS = /\d(?:[ .-]?\d){12,18}/g;

/** What is shown, by our id or by the page's own. @type {Map<string, HTMLElement>} */
const shown = new Map();
/** @type {Promise<HTMLElement> | null} */
let made = null;

/** @param {boolean} focus whether the customer asked for it */
export async function openChat(focus) {
  const panel = await (made ??= build().catch((reason) => {
    made = null;
    throw reason;
  }));
  const before = panel.hidden;
  panel.hidden = false;
  document.body.dataset["chat"] = "";
  element("help").setAttribute("aria-expanded", "true");
  document.getElementById("chat-new")?.remove();
  if (before) scrollDown();
  if (focus) element("chat-text").focus();
}

/** @param {{messages: ChatMessage[], whole: boolean}} news */
export async function takeChat({ messages }) {
  const closed = document.getElementById("chat")?.hidden !== false;
  await openChat(false);
  const fresh = messages.filter((message) => show(message));
  if (fresh.some((message) => message.direction === "out")) pointOut(closed);
  scrollDown();
}

async function build() {
  await loadWords("chat");
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = new URL("later_chat.css", import.meta.url).href;
  document.head.append(style);
  const { merchant } = config;
  const panel = make("section", { id: "chat", class: "chat", "aria-labelledby": "chat-title" });
  const bar = make("div", { class: "chat-bar" });
  const close = make("button", { type: "button", class: "second", id: "chat-close", "aria-label": text("chat.close") }, "×");
  bar.append(make("h3", { id: "chat-title" }, text("chat.title", { merchant })), close);
  const log = make("div", { id: "chat-log", role: "log", tabindex: "0", "aria-labelledby": "chat-title" });
  const form = make("form", { id: "chat-form" });
  const field = make("textarea", { id: "chat-text", class: "box ready", rows: "2", maxlength: String(LENGTH_MAX), dir: "auto", autocomplete: "off", "aria-describedby": "chat-hint" });
  form.append(
    make("label", { for: "chat-text", class: "label" }, text("chat.label")),
    field,
    make("p", { id: "chat-hint", class: "small" }, text("chat.hint")),
    make("button", { class: "second", id: "chat-send" }, text("chat.send")),
    make("p", { id: "chat-status", class: "small", role: "status" }),
  );
  panel.append(bar, log, form);
  panel.hidden = true;
  element("help-status").after(panel);
  const help = element("help");
  help.setAttribute("aria-controls", "chat");
  close.addEventListener("click", closeChat);
  panel.addEventListener("keydown", (event) => event.key === "Escape" && closeChat());
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    write();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    write();
  });
  void followLink();
  return panel;
}

function closeChat() {
  element("chat").hidden = true;
  delete document.body.dataset["chat"];
  const help = element("help");
  help.setAttribute("aria-expanded", "false");
  help.focus();
}

function write() {
  const field = /** @type {HTMLTextAreaElement} */ (element("chat-text"));
  const written = field.value.trim();
  const words = withoutCards(written);
  if (!words) return field.focus();
  field.value = "";
  element("chat-status").textContent = words === written ? "" : text("chat.masked");
  const id = randomKey();
  const line = show({ id, client_id: id, direction: "in", text: words, at: "", button: null });
  scrollDown();
  if (line) void send(id, words, line);
}

/** @param {string} id @param {string} words @param {HTMLElement} line */
async function send(id, words, line) {
  if (recall("chat") === null) remember("chat", randomKey());
  note(line, text("chat.sending"));
  const answer = await post("/chat", { id, text: words });
  if (answer.kind === "ok") {
    note(line, "");
    return lookNow();
  }
  const off = answer.kind === "refused" && ["chat_switched_off", "subject_erased"].includes(answer.code);
  note(line, text(off ? "chat.off" : "chat.failed"));
  if (off) return;
  const again = make("button", { type: "button", class: "second" }, text("chat.again"));
  again.addEventListener("click", () => {
    element("chat-text").focus();
    void send(id, words, line);
  });
  line.append(again);
}

/** @param {ChatMessage} message @returns {HTMLElement | null} its line; null if it was there */
function show({ id, client_id: own, direction, text: words, button }) {
  const known = shown.get(id) ?? (own && shown.get(own));
  if (known) {
    shown.set(id, known);
    const body = known.querySelector("bdi");
    if (body && body.textContent !== words) {
      body.textContent = words;
      element("chat-status").textContent = text("chat.masked");
    }
    note(known, "");
    return null;
  }
  const line = make("div", { class: direction === "in" ? "mine" : "theirs" });
  const name = direction === "in" ? text("chat.you") : config.merchant;
  line.append(make("span", { class: "who" }, name), make("bdi", {}, words));
  if (button) line.append(make("a", { href: button.url }, button.label));
  element("chat-log").append(line);
  shown.set(id, line);
  if (own) shown.set(own, line);
  return line;
}

/** @param {HTMLElement} line @param {string} words */
function note(line, words) {
  for (const old of line.querySelectorAll(".small, button")) old.remove();
  if (words) line.append(make("span", { class: "small" }, words));
}

function scrollDown() {
  const log = element("chat-log");
  log.scrollTop = log.scrollHeight;
}

/** An answer that came where nobody looks is pointed to; a chat that was closed stays where it is. @param {boolean} closed */
function pointOut(closed) {
  const { top, bottom } = element("chat-log").getBoundingClientRect();
  const seen = bottom > 0 && top < innerHeight;
  if ((seen && !closed) || document.getElementById("chat-new")) return;
  const pill = make("button", { type: "button", id: "chat-new", class: "first" }, text("chat.new", { merchant: config.merchant }));
  pill.addEventListener("click", () => {
    pill.remove();
    element("chat").scrollIntoView({ block: "nearest" });
    element("chat-text").focus();
  });
  document.body.append(pill);
}

/** A card number never leaves the browser; our server looks again, and more closely. @param {string} words */
function withoutCards(words) {
  return words.replace(DIGITS, (found) => (isCard(found.replace(/\D/g, "")) ? "••••" : found));
}

/** Whether the last digit checks the others (ISO/IEC 7812-1, annex B). @param {string} digits */
function isCard(digits) {
  let sum = 0;
  for (let at = 0; at < digits.length; at++) {
    const digit = Number(digits[digits.length - 1 - at]) * (at % 2 ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 === 0;
}

/** @param {string} name @param {Record<string, string>} [attributes] @param {string} [words] */
function make(name, attributes = {}, words = "") {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = words;
  return made;
}
