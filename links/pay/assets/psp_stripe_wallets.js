// @ts-check
/**
 * Stripe's wallets below the card form: Apple Pay, Google Pay, Link, as the account and this browser have them. They may arrive late,
 * and there they push nothing away from under a finger. What the customer agrees to in a wallet's sheet becomes a payment method, and is paid with as a card is.
 * https://docs.stripe.com/js/elements_object/create_express_checkout_element
 */
import { onAmount } from "./amount.js";
import { agree, payAgreed } from "./checkout.js";
import { config } from "./config.js";
import { noteOpened, report } from "./progress.js";
import { element } from "./view.js";

/** @typedef {import("./types").Stripe} Stripe */

/** Stripe's own way to count, where it is not that of ISO 4217. https://docs.stripe.com/currencies#special-cases */
const SCALES = /** @type {Record<string, number>} */ ({ ISK: 100, UGX: 100, MGA: 0.01 });
/** Those whose payment methods are cards, which is what our server takes. */
const NOT_CARDS = { amazonPay: "never", klarna: "never", paypal: "never" };
const dark = matchMedia("(prefers-color-scheme: dark)");

/** Mounts the buttons; the area is shown once there are any, and taken away where there are none. @param {Stripe} stripe */
export function mountWallets(stripe) {
  const area = element("wallets");
  const group = stripe.elements({
    mode: "payment",
    amount: counted(config.amount),
    currency: config.currency.toLowerCase(),
    paymentMethodCreation: "manual",
    // From Stripe.js Endive on, another name: https://docs.stripe.com/changelog/endive
    paymentMethodTypes: ["card"],
    locale: config.psp_locale,
    appearance: look(),
  });
  const buttons = group.create("expressCheckout", {
    buttonHeight: 50,
    business: { name: config.merchant },
    paymentMethods: NOT_CARDS,
  });
  /** @type {import("./types").Agreed | null} */
  let agreed = null;
  buttons.on("ready", ({ availablePaymentMethods: found }) => {
    if (!found) return area.remove();
    area.classList.remove("off");
  });
  buttons.on("loaderror", () => area.remove());
  buttons.on("click", ({ expressPaymentType: method, resolve }) => {
    // A press in Stripe's frame is not heard by the page itself.
    noteOpened("field");
    agreed = agree();
    if (!agreed) return;
    void report("method_selected", { method });
    resolve();
  });
  buttons.on("confirm", ({ paymentFailed }) => {
    const failed = () => paymentFailed({ reason: "fail" });
    if (agreed) void payAgreed(agreed, makeMethod, failed);
    else failed();
  });
  onAmount((minor) => group.update({ amount: counted(minor) }));
  dark.addEventListener("change", () => group.update({ appearance: look() }));
  buttons.mount(element("box-wallets"));

  async function makeMethod() {
    const refused = await group.submit();
    if (refused.error) return { error: refused.error };
    const { paymentMethod, error } = await stripe.createPaymentMethod({ elements: group });
    return paymentMethod ? { id: paymentMethod.id } : { error: error ?? {} };
  }
}

/** @param {number} minor @returns {number} */
function counted(minor) {
  return Math.round(minor * (SCALES[config.currency] ?? 1));
}

/** The buttons take their colours from the theme. */
function look() {
  return { theme: dark.matches ? "night" : "stripe", variables: { borderRadius: "12px" } };
}
