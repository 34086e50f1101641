// @ts-check
/**
 * Adyen's card component, version 6, which brings labels, boxes and errors of its own for all three fields.
 * https://docs.adyen.com/payment-methods/cards/web-component, https://docs.adyen.com/online-payments/build-your-integration/advanced-flow
 */
import { config } from "./config.js";
import { element } from "./view.js";

/** @typedef {import("./types").Adapter} Adapter */
/** @typedef {import("./types").AdyenCard} AdyenCard */
/** @typedef {import("./types").AdyenCardState} AdyenCardState */
/** @typedef {import("./types").FieldName} FieldName */
/** @typedef {import("./types").FieldWatch} FieldWatch */

/** @type {Record<FieldName, string>} */
const NAMES = { number: "encryptedCardNumber", expiry: "encryptedExpiryDate", cvc: "encryptedSecurityCode" };
const FIELDS = /** @type {FieldName[]} */ (Object.keys(NAMES));
/** What is encrypted for each field; all of it is needed. @type {Record<FieldName, string[]>} */
const PARTS = {
  number: ["encryptedCardNumber"],
  expiry: ["encryptedExpiryMonth", "encryptedExpiryYear"],
  cvc: ["encryptedSecurityCode"],
};
/** Without a list the component takes three brands only; whether a card is accepted is for the bank to say. */
const BRANDS = ["visa", "mc", "amex", "maestro", "discover", "diners", "jcb", "cup"];
/** Adyen's error codes by the names that our reports use; `.amex` may follow. @type {Record<string, string>} */
const CODES = {
  "cc.num.900": "incomplete_number",
  "cc.num.901": "incomplete_number",
  "cc.num.902": "invalid_number",
  "cc.num.903": "card_not_supported",
  "cc.dat.910": "incomplete_expiry",
  "cc.dat.911": "incomplete_expiry",
  "cc.dat.912": "invalid_expiry_year_past",
  "cc.cvc.920": "incomplete_cvc",
  "cc.cvc.921": "incomplete_cvc",
};
/** All that our server reads of the component's `paymentMethod`. */
const KEPT = [
  "type",
  "encryptedCardNumber",
  "encryptedExpiryMonth",
  "encryptedExpiryYear",
  "encryptedSecurityCode",
  "brand",
  "checkoutAttemptId",
  "sdkData",
];

export function isThere() {
  return Boolean(window.AdyenWeb);
}

/** The customer is back from a page of the bank's: what Adyen put into our address, for Adyen. @param {URLSearchParams} address */
export function detailsIn(address) {
  const redirectResult = address.get("redirectResult");
  return redirectResult ? { details: { redirectResult } } : null;
}

/** @returns {Promise<Adapter>} rejected for a key that Adyen's script does not take */
export async function open() {
  const { AdyenCheckout, Card } = /** @type {NonNullable<Window["AdyenWeb"]>} */ (window.AdyenWeb);
  addStyle(config.psp.config["style_url"]);
  const checkout = await AdyenCheckout({
    clientKey: config.psp.publishable_key,
    environment: config.psp.config["environment"] ?? "test",
    countryCode: config.psp.config["country"] ?? "GB",
    locale: config.psp_locale,
    amount: { currency: config.currency, value: config.amount },
    analytics: { enabled: false },
  });
  /** @type {AdyenCard} */
  let card;
  /** @type {FieldWatch} */
  let watch;
  let endChallenge = () => {};
  /** How often this card was submitted. */
  let presses = 0;
  /** @type {FieldName | null} */
  let focusLater = null;

  const mount = () => {
    presses = 0;
    card = new Card(checkout, {
      showPayButton: false,
      hasHolderName: false,
      brands: BRANDS,
      ...watching(watch),
      onConfigSuccess: () => {
        FIELDS.forEach(watch.ready);
        if (focusLater) card.setFocusOn(NAMES[focusLater]);
        focusLater = null;
      },
    });
    card.mount(element("card"));
  };

  return {
    mount(told) {
      watch = told;
      mount();
    },
    focus: (name) => card.setFocusOn(NAMES[name]),
    showMissing: () => card.showValidation(),
    // The component cannot be emptied, so a new one takes its place.
    clear([first = null]) {
      card.unmount();
      for (const name of FIELDS) watch.changed(name, { empty: true, complete: false });
      focusLater = first;
      mount();
    },
    async makeMethod() {
      const { paymentMethod, browserInfo } = card.data;
      const kept = KEPT.filter((name) => paymentMethod[name]).map((name) => [name, paymentMethod[name]]);
      const text = JSON.stringify({ ...Object.fromEntries(kept), ...(browserInfo && { browserInfo }) });
      // The same card pressed again is another submission, which our server knows by its text: one more space sets it apart.
      return { id: `{${" ".repeat(presses++)}${text.slice(1)}` };
    },
    canChallenge: (result) => Boolean(result.action),
    challenge({ action }) {
      endChallenge();
      return new Promise((resolve) => {
        const asked = checkout.createFromAction(/** @type {object} */ (action), {
          // As wide as the page.
          challengeWindowSize: "05",
          onAdditionalDetails: ({ data }) => end({ details: data.details, ...(data.paymentData && { paymentData: data.paymentData }) }),
          onError: () => end(null),
        });
        /** @param {import("./types").Details | null} details */
        const end = (details) => {
          endChallenge = () => {};
          asked.unmount();
          element("challenge").replaceChildren();
          resolve(details);
        };
        endChallenge = () => end(null);
        asked.mount(element("challenge"));
      });
    },
    giveUp: () => endChallenge(),
  };
}

/** The component's callbacks, in the page's words. @param {FieldWatch} watch */
function watching(watch) {
  /** @type {Set<string>} */
  const done = new Set();
  /** @param {string} fieldType @returns {FieldName | undefined} */
  const named = (fieldType) => FIELDS.find((name) => NAMES[name] === fieldType || PARTS[name].includes(fieldType));
  /** @type {Record<string, unknown>} */
  let errors = {};
  /** @param {FieldName} name */
  const tell = (name) => {
    const code = codeOf(name, errors[NAMES[name]] ?? PARTS[name].map((part) => errors[part]).find(Boolean));
    const complete = !code && PARTS[name].every((part) => done.has(part));
    watch.changed(name, { empty: !complete, complete, ...(code && { error: { code } }) });
  };
  return {
    /** @param {{focus?: boolean, fieldType: string}} told */
    onFocus: ({ focus, fieldType }) => {
      const name = named(fieldType);
      if (name && focus !== false) watch.focused(name);
    },
    /** @param {{encryptedFieldName: string, valid: boolean}} told */
    onFieldValid: ({ encryptedFieldName, valid }) => {
      if (valid) done.add(encryptedFieldName);
      else done.delete(encryptedFieldName);
      const name = named(encryptedFieldName);
      if (name) tell(name);
    },
    /** @param {AdyenCardState} state */
    onChange: (state) => {
      errors = state.errors ?? {};
      FIELDS.forEach(tell);
    },
    /** @param {{name?: string}} error */
    onError: ({ name }) => name !== "CANCEL" && watch.failed(),
  };
}

/** @param {FieldName} name @param {unknown} error @returns {string} "" for none */
function codeOf(name, error) {
  if (!error) return "";
  const code = String(/** @type {{error?: unknown}} */ (error).error ?? "").replace(/\.amex$/, "");
  return CODES[code] ?? (/^[a-z_]{1,60}$/.test(code) ? code : `invalid_${name}`);
}

/** @param {string | undefined} url */
function addStyle(url) {
  if (!url) return;
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = url;
  // Before ours, which have the last word.
  document.head.prepend(link);
}
