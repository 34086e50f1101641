// @ts-check
/** What the page shows: one of three panels, the messages, the amount and the receipt. */
import { config, text, textIfAny } from "./config.js";

/** @typedef {import("./types").Receipt} Receipt */
/** @typedef {"form" | "wait" | "receipt"} Panel */
/** @typedef {"bank" | "other" | "check"} Choice */

/** @type {Panel[]} */
const PANELS = ["form", "wait", "receipt"];
/** @type {Choice[]} */
const CHOICES = ["bank", "other", "check"];
let waitShown = "";

/** @param {string} id @returns {HTMLElement} */
export function element(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`missing #${id}`);
  return found;
}

/** @param {string} id @param {boolean} hidden */
export function setHidden(id, hidden) {
  element(id).hidden = hidden;
}

/** @param {string} id @param {string} words */
export function say(id, words) {
  element(id).textContent = words;
}

/**
 * @param {string} words what happened and what to do; "" takes it away
 * @param {"bad" | "news"} [tone]
 */
export function alertText(words, tone = "bad") {
  element("alert").dataset["tone"] = tone;
  say("alert", words);
}

/** @param {boolean} busy */
export function setBusy(busy) {
  element("pay").setAttribute("aria-disabled", String(busy));
  element("form").setAttribute("aria-busy", String(busy));
  document.getElementById("amount")?.toggleAttribute("readonly", busy);
}

/** @param {string} amount what a press of the button pays; "" while that is not known */
export function setAmount(amount) {
  for (const holder of document.querySelectorAll("[data-amount]")) holder.textContent = amount;
  say("pay-text", amount ? text("pay", { amount }) : text("pay_nothing"));
}

/** @param {string} amount all that is due */
export function setDue(amount) {
  for (const holder of document.querySelectorAll("[data-due]")) holder.textContent = amount;
}

/** @param {string} words what is paid for; "" leaves what is shown */
export function setDescription(words) {
  if (words) for (const holder of document.querySelectorAll("[data-description]")) holder.textContent = words;
}

/** Shows the form again, with a word on why. @param {string} why @param {"bad" | "news"} tone */
export function showForm(why, tone) {
  waitShown = "";
  say("status", "");
  alertText(why, tone);
  if (showPanel("form")) element("alert").focus();
}

/**
 * Shows the calm page: the payment is on its way and must not be made twice.
 * @param {string} kind names two texts, `kind.title` and `kind.body`
 * @param {Choice[]} [choices]
 */
export function showWait(kind, choices = []) {
  for (const choice of CHOICES) setHidden(`wait-${choice}`, !choices.includes(choice));
  if (kind === waitShown && !element("panel-wait").hidden) return;
  waitShown = kind;
  say("wait-title", text(`${kind}.title`));
  say("wait-body", text(`${kind}.body`, { merchant: config.merchant }));
  element("panel-wait").dataset["kind"] = kind;
  if (showPanel("wait")) element("wait-title").focus();
}

/**
 * @param {Receipt | null | undefined} receipt
 * @param {"paid" | "authorised"} kind
 */
export function showReceipt(receipt, kind) {
  const { merchant } = config;
  for (const holder of document.querySelectorAll("[data-receipt]")) {
    const name = /** @type {keyof Receipt} */ (/** @type {HTMLElement} */ (holder).dataset["receipt"]);
    const value = receipt?.[name] ?? holder.textContent;
    holder.textContent = name === "paid_at" && value ? localTime(value) : (value ?? "");
    const row = holder.closest("div");
    if (row) row.hidden = !value;
  }
  const rest = Boolean(receipt?.remaining_text);
  const words = rest && kind === "paid" ? "part" : kind;
  say("title", text("done", { merchant }));
  say("receipt-title", text(`${words}.title`));
  if (textIfAny(`${words}.body`)) say("receipt-body", text(`${words}.body`, { merchant }));
  document.title = text(`${words}.title`);
  setHidden("more", !(words === "part" || config.multi));
  setHidden("receipt-keep", words === "part");
  say("more", text(words === "part" ? "more.rest" : "more.another"));
  showPanel("receipt");
  element("receipt-title").focus();
  void import("./later_survey.js").catch(() => {});
}

/** Makes every print button print, lets receipts be asked for, and tells times in the reader's own zone. */
export function wireReceipt() {
  for (const button of document.querySelectorAll("button[data-mail]")) {
    const asked = /** @type {HTMLButtonElement} */ (button);
    const failed = asked.dataset["mail"] ?? "";
    asked.addEventListener("click", () => {
      import("./receipts.js")
        .then((part) => part.askForReceipt(asked, failed))
        .catch(() => (asked.textContent = failed));
    });
  }
  for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());
  for (const time of document.querySelectorAll("time")) time.textContent = localTime(time.dateTime);
}

/** @param {string} moment RFC 3339 @param {boolean} [day] whether with the day */
export function localTime(moment, day = true) {
  const { lang } = document.documentElement;
  // The reader's own kind of the page's language: "en" alone would mean American dates.
  const locale = navigator.languages.find((known) => known.split("-")[0] === lang) ?? lang;
  const numbers = document.documentElement.dataset["numbers"];
  // Of some languages a browser knows no months: then figures alone, rather than another language's words.
  const known = Intl.DateTimeFormat.supportedLocalesOf(lang).length;
  const how = {
    ...(day && { dateStyle: known ? "long" : "short" }),
    timeStyle: "short",
    ...(numbers && { numberingSystem: numbers }),
  };
  const written = new Intl.DateTimeFormat(known ? locale : "en-GB", /** @type {Intl.DateTimeFormatOptions} */ (how));
  return written.format(new Date(moment));
}

/** @param {Panel} shown @returns {boolean} whether it was another one before */
function showPanel(shown) {
  const changed = Boolean(element(`panel-${shown}`).hidden);
  for (const panel of PANELS) setHidden(`panel-${panel}`, panel !== shown);
  document.body.dataset["panel"] = shown;
  return changed;
}
