// @ts-check
/** The PSP's card fields: loads its script, mounts them, shows their errors. What is typed stays inside them. */
import { config, textIfAny } from "./config.js";
import { noteOpened, report } from "./progress.js";
import { element, setHidden } from "./view.js";

/** @typedef {import("./types").FieldName} FieldName */
/** @typedef {import("./types").Psp} Psp */
/** @typedef {import("./types").PspElement} PspElement */
/** @typedef {import("./types").ElementError} ElementError */
/** @typedef {import("./types").ElementChange} ElementChange */
/**
 * @typedef {object} Field
 * @property {PspElement} element
 * @property {boolean} ready
 * @property {boolean} focusReported
 * @property {boolean} complete
 * @property {string} code the error shown, or ""
 */

const SCRIPT_MS_MAX = 15_000;
/** @type {[FieldName, string][]} */
const KINDS = [
  ["number", "cardNumber"],
  ["expiry", "cardExpiry"],
  ["cvc", "cardCvc"],
];

/** @type {Psp | null} */
let psp = null;
/** @type {Map<FieldName, Field>} */
const fields = new Map();
/** Whether a card was declined, and nobody has typed since. */
let declined = false;

/** @returns {Psp | null} the PSP's object once its script has arrived */
export function loadedPsp() {
  return psp;
}

/** Follows the PSP's script, which the page asked for already, and offers another try if it does not come. */
export function followScript() {
  element("script-again").addEventListener("click", loadAgain);
  const script = element("psp-script");
  script.addEventListener("load", start);
  script.addEventListener("error", scriptFailed);
  if (window.Stripe) return start();
  // Its error may have come before this module ran; the page's own load event waits for it either way.
  if (document.readyState === "complete") return scriptFailed();
  addEventListener("load", () => psp || window.Stripe || scriptFailed());
  setTimeout(() => psp || scriptFailed(), SCRIPT_MS_MAX);
}

/** Mounts the card fields, once, as soon as there is a PSP. */
export function mountFields() {
  if (!psp || fields.size) return;
  const group = psp.elements({ locale: config.locale });
  for (const [name, kind] of KINDS) {
    const options = { style: fieldStyle(), ...(name === "number" && { showIcon: true }) };
    mountField(name, group.create(kind, options));
  }
  const restyle = () => fields.forEach((field) => field.element.update({ style: fieldStyle() }));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", restyle);
}

export function fieldsReady() {
  return fields.size > 0 && [...fields.values()].every((field) => field.ready);
}

/** @returns {PspElement} the field that stands for the whole card */
export function cardElement() {
  return field("number").element;
}

/** Marks what is missing; answers the first field that is not right, or null if all are. */
export function firstUnfinished() {
  /** @type {FieldName | null} */
  let first = null;
  for (const [name] of KINDS) {
    if (field(name).complete) continue;
    first ??= name;
    showError(name, { code: field(name).code || `incomplete_${name}` });
  }
  return first;
}

/** @param {FieldName} name */
export function focusField(name) {
  field(name).element.focus();
}

/** After a decline, what is typed next is reported as a new try. */
export function expectNewTry() {
  declined = true;
}

/** Empties the fields and moves to the first of them. @param {FieldName[]} names */
export function clearFields(...names) {
  for (const name of names) field(name).element.clear();
  if (names[0]) focusField(names[0]);
}

/** @param {FieldName} name @returns {Field} */
function field(name) {
  return /** @type {Field} */ (fields.get(name));
}

function start() {
  if (psp || !window.Stripe) return;
  try {
    psp = window.Stripe(config.psp.publishable_key);
  } catch {
    return scriptFailed();
  }
  setHidden("script-failed", true);
  if (!element("panel-form").hidden) mountFields();
}

function scriptFailed() {
  if (!psp) setHidden("script-failed", false);
}

function loadAgain() {
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

/** @param {FieldName} name @param {PspElement} made */
function mountField(name, made) {
  const box = element(`box-${name}`);
  /** @type {Field} */
  const state = { element: made, ready: false, focusReported: false, complete: false, code: "" };
  fields.set(name, state);
  made.on("ready", () => {
    state.ready = true;
    box.classList.add("ready");
  });
  made.on("loaderror", scriptFailed);
  made.on("focus", () => focused(name, box));
  made.on("blur", () => box.classList.remove("focus"));
  made.on("change", (change) => changed(name, change));
  made.mount(box);
  for (const part of [box, element(`label-${name}`)]) part.addEventListener("click", () => made.focus());
}

/** @param {FieldName} name @param {HTMLElement} box */
function focused(name, box) {
  noteOpened("field");
  box.classList.add("focus");
  if (!field(name).focusReported) void report("field_focused", { field: name });
  field(name).focusReported = true;
}

/** @param {FieldName} name @param {ElementChange} change */
function changed(name, change) {
  const state = field(name);
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

/** @param {FieldName} name @param {ElementError | null} error */
function showError(name, error) {
  field(name).code = error?.code ?? "";
  element(`box-${name}`).classList.toggle("bad", error !== null);
  element(`error-${name}`).textContent = error ? errorText(name, error) : "";
}

/** @param {FieldName} name @param {ElementError} error */
function errorText(name, { code = "", message = "" }) {
  let kind = "invalid";
  if (code.startsWith("incomplete")) kind = "incomplete";
  else if (code.endsWith("_past")) kind = "past";
  return textIfAny(`${name}.${kind}`) ?? message;
}

/** The fields live in the PSP's frames, so the page's colours are handed over. */
function fieldStyle() {
  const styles = getComputedStyle(document.documentElement);
  /** @param {string} name */
  const value = (name) => styles.getPropertyValue(name).trim();
  return {
    base: {
      color: value("--ink"),
      iconColor: value("--muted"),
      fontFamily: value("--font"),
      fontSize: "17px",
      lineHeight: "24px",
      fontSmoothing: "antialiased",
      "::placeholder": { color: value("--muted") },
    },
    invalid: { color: value("--bad"), iconColor: value("--bad") },
  };
}
