// @ts-check
/** The link has run out: one press tells the agent that the customer wants a new one. */
import { post } from "./calls.js";
import { element, say, setHidden } from "./view.js";

const button = element("renewal");
setHidden("renewal", false);
button.addEventListener("click", async () => {
  if (button.getAttribute("aria-disabled") === "true") return;
  button.setAttribute("aria-disabled", "true");
  const answer = await post("/renewal", {});
  button.setAttribute("aria-disabled", "false");
  // A new link may have come meanwhile, or the money: the page that the link has now says so.
  if (answer.kind === "refused" && [403, 409].includes(answer.status)) return location.reload();
  const told = answer.kind === "ok";
  setHidden("renewal", told);
  say("renewal-status", element("renewal-status").dataset[told ? "told" : "failed"] ?? "");
});
