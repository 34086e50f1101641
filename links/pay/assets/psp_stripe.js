// @ts-check
/** Stripe's card fields: one Element in each box. https://docs.stripe.com/js/elements_object */
import { config } from "./config.js";
import { element } from "./view.js";

/** @typedef {import("./types").Adapter} Adapter */
/** @typedef {import("./types").FieldName} FieldName */
/** @typedef {import("./types").StripeElement} StripeElement */

/** @type {[FieldName, string][]} */
const KINDS = [
  ["number", "cardNumber"],
  ["expiry", "cardExpiry"],
  ["cvc", "cardCvc"],
];

export function isThere() {
  return Boolean(window.Stripe);
}

/** @returns {Promise<Adapter>} rejected for a key that Stripe's script does not take */
export async function open() {
  const make = /** @type {NonNullable<Window["Stripe"]>} */ (window.Stripe);
  const stripe = make(config.psp.publishable_key);
  /** @type {Map<FieldName, StripeElement>} */
  const made = new Map();

  /** Whatever goes wrong here, there is the card form. */
  async function mountWallets() {
    try {
      (await import("./psp_stripe_wallets.js")).mountWallets(stripe);
    } catch {
      document.getElementById("wallets")?.remove();
    }
  }

  /** @param {FieldName} name */
  const field = (name) => /** @type {StripeElement} */ (made.get(name));

  return {
    mount(watch) {
      const group = stripe.elements({ locale: config.psp_locale });
      for (const [name, kind] of KINDS) {
        const box = element(`box-${name}`);
        const options = { style: fieldStyle(), ...(name === "number" && { showIcon: true }) };
        const each = group.create(kind, options);
        made.set(name, each);
        each.on("ready", () => watch.ready(name));
        each.on("loaderror", watch.failed);
        each.on("focus", () => watch.focused(name));
        each.on("blur", () => watch.blurred(name));
        each.on("change", (change) => watch.changed(name, change));
        each.mount(box);
        for (const part of [box, element(`label-${name}`)]) part.addEventListener("click", () => each.focus());
      }
      const restyle = () => made.forEach((each) => each.update({ style: fieldStyle() }));
      matchMedia("(prefers-color-scheme: dark)").addEventListener("change", restyle);
      if (document.getElementById("wallets")) void mountWallets();
    },
    focus: (name) => field(name).focus(),
    clear: (names) => names.forEach((name) => field(name).clear()),
    async makeMethod() {
      const { paymentMethod, error } = await stripe.createPaymentMethod({ type: "card", card: field("number") });
      return paymentMethod ? { id: paymentMethod.id } : { error: error ?? {} };
    },
    canChallenge: (result) => Boolean(result.client_secret),
    async challenge({ client_secret: clientSecret = "" }) {
      await stripe.handleNextAction({ clientSecret });
      // Stripe tells our server itself how the challenge went.
      return null;
    },
  };
}

/** The fields live in Stripe's frames, so the page's colours are handed over. */
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
