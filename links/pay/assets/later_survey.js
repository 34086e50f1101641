// @ts-check
/** How was it? Asked once the customer has paid; its words come with the question. Whoever leaves it alone loses nothing by it. */
import { config, hasConfig } from "./config.js";
import { recall } from "./tab.js";

/** @typedef {{ready: true, page: string, nonce: string, words: Record<string, string>}} Ask */

const ANSWER_MS_MAX = 20_000;
const LENGTH_MAX = 1_000;
const SCORES = ["survey.1", "survey.2", "survey.3", "survey.4", "survey.5"];
const base = hasConfig ? config.base : location.pathname.replace(/\/$/, "");
const query = hasConfig ? "" : location.search;

void ask();

async function ask() {
  const answer = await call();
  /** @type {Ask | {ready: false} | null} */
  const found = answer?.ok ? await answer.json().catch(() => null) : null;
  const place = document.querySelector(".receipt");
  if (!found?.ready || !place) return;
  const style = made("link", { rel: "stylesheet", href: new URL("later_survey.css", import.meta.url).href });
  document.head.append(style);
  place.append(formOf(found));
}

/** @param {Ask} found */
function formOf(found) {
  const { words } = found;
  const form = made("form", { className: "survey", noValidate: true });
  const scale = made("fieldset");
  scale.append(made("legend", { textContent: words["survey.ask"] ?? "" }));
  const choices = made("div", { className: "scale" });
  SCORES.forEach((key, place) => {
    const label = made("label");
    const value = String(place + 1);
    const input = made("input", { type: "radio", name: "score", value, required: true });
    const shown = new Intl.NumberFormat(document.documentElement.lang, { numberingSystem: numbers() }).format(place + 1);
    label.append(input, made("b", { textContent: shown }), made("span", { textContent: words[key] ?? "" }));
    choices.append(label);
  });
  scale.append(choices);
  const more = made("div", { hidden: true });
  const field = made("textarea", { id: "survey-comment", className: "box ready", rows: 2, maxLength: LENGTH_MAX, dir: "auto" });
  const hint = made("p", { id: "survey-hint", className: "small", textContent: words["survey.hint"] ?? "" });
  field.setAttribute("aria-describedby", hint.id);
  const label = made("label", { className: "label", htmlFor: field.id, textContent: words["survey.comment"] ?? "" });
  const send = made("button", { className: "second wide", textContent: words["survey.send"] ?? "" });
  more.append(label, field, hint, send);
  const status = made("p", { className: "small", role: "status" });
  form.append(scale, more, status);
  form.addEventListener("change", () => (more.hidden = false));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void submit(form, found, { field, send, status });
  });
  return form;
}

/**
 * @param {HTMLFormElement} form
 * @param {Ask} found
 * @param {{field: HTMLTextAreaElement, send: HTMLButtonElement, status: HTMLElement}} parts
 */
async function submit(form, found, { field, send, status }) {
  const score = Number(new FormData(form).get("score"));
  if (!score || send.getAttribute("aria-disabled") === "true") return;
  send.setAttribute("aria-disabled", "true");
  status.textContent = found.words["survey.sending"] ?? "";
  const answer = await call(found, { score, comment: field.value.trim() || null });
  send.setAttribute("aria-disabled", "false");
  // Answered from another tab, or by a press whose answer was lost: it is there.
  if (!answer?.ok && answer?.status !== 409) {
    status.textContent = found.words["survey.failed"] ?? "";
    return;
  }
  form.replaceChildren(status);
  status.textContent = found.words["survey.thanks"] ?? "";
  status.tabIndex = -1;
  status.focus();
}

function numbers() {
  return document.documentElement.dataset["numbers"] || "latn";
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
 * @param {Ask} [found]
 * @param {object} [body]
 * @returns {Promise<Response | null>} null where there was no answer
 */
async function call(found, body) {
  const payer = hasConfig && config.multi ? recall("payer") : null;
  try {
    return await fetch(`${base}/survey${query}`, {
      method: found ? "POST" : "GET",
      headers: {
        ...(hasConfig && { "X-Page-Locale": config.locale }),
        ...(found && { "Content-Type": "application/json", "X-Page-Nonce": found.nonce }),
        ...(payer && { "X-Payer-Key": payer }),
      },
      ...(found && { body: JSON.stringify({ page: found.page, ...body }) }),
      cache: "no-store",
      credentials: "omit",
      signal: AbortSignal.timeout(ANSWER_MS_MAX),
    });
  } catch {
    return null;
  }
}
