// @ts-check
/** "Send me a receipt": loaded only when it is asked for. Its words, and where the receipt can go, come with the question. */
import { config, hasConfig } from "./config.js";
import { recall } from "./tab.js";

/** @typedef {{channel: string, to: string}} Offer */
/** @typedef {{page: string, nonce: string, ready: boolean, channels: string[], offers: Offer[], words: Record<string, string>}} Ask */

const ANSWER_MS_MAX = 20_000;
const FIELD = "receipt-to";
/** What the page says to a refusal, by its code. @type {Record<string, string>} */
const REFUSALS = {
  consent_stopped: "mail.stopped",
  receipts_exhausted: "mail.enough",
  nothing_paid: "mail.later",
  invalid_field: "mail.wrong",
  invalid_request: "mail.wrong",
};

/** Puts the form in the button's place. @param {HTMLButtonElement} button @param {string} failed what to say if it cannot be had */
export async function askForReceipt(button, failed) {
  const status = made("p", { className: "small", role: "status" });
  button.after(status);
  button.disabled = true;
  const answer = await call("GET");
  button.disabled = false;
  if (!answer?.ok) {
    status.textContent = failed;
    setTimeout(() => status.remove(), 8_000);
    return;
  }
  /** @type {Ask} */
  const ask = await answer.json();
  if (!ask.ready || !ask.channels.length) {
    status.textContent = word(ask, ask.ready ? "mail.failed" : "mail.later");
    return;
  }
  const form = formOf(ask, status);
  button.replaceWith(form);
  form.querySelector("input")?.focus();
}

/** @param {Ask} ask @param {HTMLElement} status */
function formOf(ask, status) {
  const form = made("form", { className: "mail", noValidate: true });
  const group = made("fieldset");
  group.append(made("legend", { textContent: word(ask, "mail.title") }));
  const input = made("input", {
    id: FIELD,
    className: "box ready",
    type: "text",
    inputMode: ask.channels.includes("email") ? "email" : "tel",
    autocomplete: ask.channels.includes("email") ? "email" : "tel",
    maxLength: 254,
    dir: "ltr",
  });
  const label = made("label", { className: "label", htmlFor: FIELD, textContent: word(ask, addressWord(ask)) });
  const wrong = made("p", { className: "wrong", id: "receipt-wrong", role: "alert" });
  input.setAttribute("aria-describedby", wrong.id);
  const typed = made("div");
  typed.append(label, input);
  ask.offers.forEach(({ channel, to }, place) => {
    const words = word(ask, channel === "email" ? "mail.email" : "mail.sms", to);
    group.append(choice(String(place), words, place === 0));
  });
  if (ask.offers.length) {
    group.append(choice("other", word(ask, "mail.elsewhere"), false));
    typed.hidden = true;
    group.addEventListener("change", () => {
      typed.hidden = chosen(form) !== "other";
    });
  }
  group.append(typed);
  const send = made("button", { className: "first", textContent: word(ask, "mail.send") });
  form.append(group, wrong, send);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void submit(form, ask, { input, wrong, send, status, typed });
  });
  return form;
}

/**
 * @param {HTMLFormElement} form
 * @param {Ask} ask
 * @param {{input: HTMLInputElement, wrong: HTMLElement, send: HTMLButtonElement, status: HTMLElement, typed: HTMLElement}} parts
 */
async function submit(form, ask, { input, wrong, send, status, typed }) {
  if (send.getAttribute("aria-disabled") === "true") return;
  const offer = ask.offers[Number(chosen(form))];
  const to = input.value.trim();
  const told = (/** @type {string} */ words) => {
    wrong.textContent = words;
    input.setAttribute("aria-invalid", String(Boolean(words) && !typed.hidden));
  };
  told("");
  if (!offer && !to) {
    told(word(ask, "mail.empty"));
    return input.focus();
  }
  const typedChannel = to.includes("@") ? "email" : "sms";
  const channel = offer?.channel ?? (ask.channels.includes(typedChannel) ? typedChannel : ask.channels[0]);
  send.setAttribute("aria-disabled", "true");
  status.textContent = word(ask, "mail.sending");
  const answer = await call("POST", ask, { channel, to: offer ? null : to });
  send.setAttribute("aria-disabled", "false");
  status.textContent = "";
  const body = await answer?.json().catch(() => ({}));
  if (answer?.ok) {
    status.textContent = word(ask, "mail.sent", body.to);
    form.remove();
    status.tabIndex = -1;
    return status.focus();
  }
  told(word(ask, REFUSALS[body?.code] ?? "mail.failed"));
  (typed.hidden ? send : input).focus();
}

/** @param {Ask} ask */
function addressWord({ channels }) {
  if (channels.length > 1) return "mail.address";
  return channels[0] === "email" ? "mail.address_email" : "mail.address_sms";
}

/** @param {string} value @param {string} words @param {boolean} checked */
function choice(value, words, checked) {
  const label = made("label", { className: "choice" });
  label.append(made("input", { type: "radio", name: "where", value, checked }), ` ${words}`);
  return label;
}

/** @param {HTMLFormElement} form */
function chosen(form) {
  return String(new FormData(form).get("where") ?? "other");
}

/** @param {Ask} ask @param {string} key @param {string} [to] */
function word(ask, key, to = "") {
  // A number reads from the left, in whatever text it stands.
  return (ask.words[key] ?? "").replace("{to}", `\u2068${to}\u2069`);
}

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Partial<HTMLElementTagNameMap[K]>} [values]
 * @returns {HTMLElementTagNameMap[K]}
 */
function made(tag, values = {}) {
  return Object.assign(document.createElement(tag), values);
}

/**
 * @param {"GET" | "POST"} method
 * @param {Ask} [ask]
 * @param {object} [body]
 * @returns {Promise<Response | null>} null where there was no answer
 */
async function call(method, ask, body) {
  const base = hasConfig ? config.base : location.pathname.replace(/\/$/, "");
  const payer = hasConfig && config.multi ? recall("payer") : null;
  try {
    return await fetch(`${base}/receipts`, {
      method,
      headers: {
        ...(ask && { "Content-Type": "application/json", "X-Page-Nonce": ask.nonce }),
        ...(payer && { "X-Payer-Key": payer }),
      },
      ...(ask && { body: JSON.stringify({ page: ask.page, ...body }) }),
      cache: "no-store",
      credentials: "omit",
      signal: AbortSignal.timeout(ANSWER_MS_MAX),
    });
  } catch {
    return null;
  }
}
