// @ts-check
/**
 * The PSP's card fields: follows its script, mounts them, shows their errors. What is typed stays inside them. Where the customer
 * pays at the PSP's own page there are none, and nothing to wait for.
 */
import { noteField, noteSign } from "./activity.js";
import { config, textIfAny } from "./config.js";
import { noteOpened, report } from "./progress.js";
import { element, setHidden } from "./view.js";

/** @typedef {import("./types").Adapter} Adapter */
/** @typedef {import("./types").FieldChange} FieldChange */
/** @typedef {import("./types").FieldError} FieldError */
/** @typedef {import("./types").FieldName} FieldName */
/** @typedef {{ready: boolean, focusReported: boolean, complete: boolean, code: string}} Field */

const SCRIPT_MS_MAX = 15_000;
/** @type {FieldName[]} */
const NAMES = ["number", "expiry", "cvc"];
/** Only the one that is needed is loaded. @type {Record<string, () => Promise<import("./types").AdapterModule>>} */
const ADAPTERS = { stripe: () => import("./psp_stripe.js"), adyen: () => import("./psp_adyen.js") };

/** @type {import("./types").AdapterModule | null} */
let module = null;
/** @type {Adapter | null} */
let psp = null;
let opening = false;
let moduleFailed = false;
/** @type {Map<FieldName, Field>} */
const fields = new Map();
/** Whether a card was declined, and nobody has typed since. */
let declined = false;

/** @returns {boolean} whether the customer pays at the PSP's own page */
export function leadsAway() {
  return config.psp.mode === "redirect";
}

/** @returns {Adapter | null} the PSP's part once its script has arrived; none where the customer pays at its own page */
export function loadedPsp() {
  return psp;
}

/** Loads what knows this PSP. @returns {Promise<import("./types").AdapterModule | null>} */
export async function adapterModule() {
  module ??= (await ADAPTERS[config.psp.provider]?.().catch(() => null)) ?? null;
  return module;
}

/** Follows the PSP's script, which the page asked for already, and offers another try if it does not come. */
export async function followScript() {
  if (leadsAway()) return;
  element("script-again").addEventListener("click", loadAgain);
  const script = element("psp-script");
  script.addEventListener("load", start);
  script.addEventListener("error", scriptFailed);
  addEventListener("load", () => isThere() || scriptFailed());
  setTimeout(() => psp || scriptFailed(), SCRIPT_MS_MAX);
  moduleFailed = (await adapterModule()) === null;
  if (isThere()) return start();
  // Its error may have come before this module ran; the page's own load event waits for it either way.
  if (document.readyState === "complete") scriptFailed();
}

/** Mounts the card fields, once, as soon as there is a PSP. */
export function mountFields() {
  if (!psp || fields.size) return;
  for (const name of NAMES) fields.set(name, { ready: false, focusReported: false, complete: false, code: "" });
  psp.mount({
    ready,
    failed: scriptFailed,
    focused,
    blurred,
    changed,
  });
}

export function fieldsReady() {
  return leadsAway() || (fields.size > 0 && [...fields.values()].every((field) => field.ready));
}

/** Marks what is missing; answers the first field that is not right, or null if all are. */
export function firstUnfinished() {
  const unfinished = leadsAway() ? [] : NAMES.filter((name) => !field(name).complete);
  if (unfinished.length) psp?.showMissing?.();
  for (const name of unfinished) showError(name, { code: field(name).code || `incomplete_${name}` });
  return unfinished[0] ?? null;
}

/** @param {FieldName} name */
export function focusField(name) {
  psp?.focus(name);
}

/** After a decline, what is typed next is reported as a new try. */
export function expectNewTry() {
  declined = true;
}

/** Empties the fields and moves to the first of them. @param {FieldName[]} names */
export function clearFields(...names) {
  if (!psp) return;
  psp.clear(names);
  if (names[0]) focusField(names[0]);
}

/** @param {FieldName} name @returns {Field} */
function field(name) {
  return /** @type {Field} */ (fields.get(name));
}

/** @param {FieldName} name @returns {HTMLElement | null} none where the PSP brings boxes of its own */
function box(name) {
  return document.getElementById(`box-${name}`);
}

function isThere() {
  return Boolean(module?.isThere());
}

async function start() {
  if (opening || !module || !isThere()) return;
  opening = true;
  try {
    psp = await module.open();
  } catch {
    opening = false;
    return scriptFailed();
  }
  setHidden("script-failed", true);
  if (!element("panel-form").hidden) mountFields();
}

function scriptFailed() {
  if (!fieldsReady()) setHidden("script-failed", false);
}

function loadAgain() {
  // A module of ours that did not come once may be remembered as failed.
  if (moduleFailed || opening) return location.reload();
  setHidden("script-failed", true);
  const script = document.createElement("script");
  script.nonce = element("psp-script").nonce ?? "";
  script.src = scriptUrl();
  script.addEventListener("load", start);
  script.addEventListener("error", scriptFailed);
  document.head.append(script);
}

/** @type {ReturnType<NonNullable<Window["trustedTypes"]>["createPolicy"]> | undefined} */
let policy;

/** Under Trusted Types a script's address needs a policy; this one lets the PSP's script pass and nothing else. */
function scriptUrl() {
  const url = config.psp.script_url;
  policy ??= window.trustedTypes?.createPolicy("paythread-psp", {
    createScriptURL: (asked) => {
      if (asked !== url) throw new TypeError("not the PSP's script");
      return asked;
    },
  });
  return policy ? policy.createScriptURL(url) : url;
}

/** @param {FieldName} name */
function ready(name) {
  field(name).ready = true;
  box(name)?.classList.add("ready");
  if (fieldsReady()) setHidden("script-failed", true);
}

/** @param {FieldName} name */
function focused(name) {
  noteOpened("field");
  box(name)?.classList.add("focus");
  noteField(true);
  if (field(name).focusReported) return noteSign();
  field(name).focusReported = true;
  void report("field_focused", { field: name });
}

/** @param {FieldName} name */
function blurred(name) {
  box(name)?.classList.remove("focus");
  noteField(false);
}

/** @param {FieldName} name @param {FieldChange} change */
function changed(name, change) {
  const state = field(name);
  noteSign();
  // We moved the focus ourselves after the decline; only what is typed says that the customer tries again.
  if (declined && !change.empty) {
    declined = false;
    void report("field_focused", { field: name, again: true });
  }
  if (change.complete && !state.complete) void report("field_completed", { field: name });
  state.complete = change.complete;
  const code = change.error?.code ?? "";
  if (code && code !== state.code) void report("field_invalid", { field: name, code });
  showError(name, change.error ?? null);
}

/** @param {FieldName} name @param {FieldError} error */
function errorText(name, { code = "", message = "" }) {
  let kind = "invalid";
  if (code.startsWith("incomplete")) kind = "incomplete";
  else if (code.endsWith("_past")) kind = "past";
  return textIfAny(`${name}.${kind}`) ?? message;
}

/** @param {FieldName} name @param {FieldError | null} error */
function showError(name, error) {
  field(name).code = error?.code ?? "";
  // A PSP that brings its own boxes shows its own errors.
  if (!box(name)) return;
  element(`box-${name}`).classList.toggle("bad", error !== null);
  element(`error-${name}`).textContent = error ? errorText(name, error) : "";
}
