// @ts-check
/** Inside an app: copies the page's address, for the customer's own browser. */
import { element, say } from "./view.js";

const field = /** @type {HTMLInputElement} */ (element("in-app-address"));
const button = element("in-app-copy");

field.value = location.href;
button.addEventListener("click", async () => {
  field.select();
  // Some of these browsers know no clipboard; then the address is selected, and copied by hand.
  const copied = await (navigator.clipboard?.writeText(field.value) ?? Promise.reject()).then(
    () => true,
    () => document.execCommand("copy"),
  );
  if (copied) say("in-app-status", button.dataset["done"] ?? "");
});
