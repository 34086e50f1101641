// @ts-check
/** Starts the pay page: reporting, card fields, the button, help. A receipt page has only its receipt to start. */
import { followAmount } from "./amount.js";
import { askState } from "./calls.js";
import { config, hasConfig, ownAddress, text } from "./config.js";
import { checkAgain, chooseBank, chooseOtherCard, comeBack, followFromLoad, pay, tellNotice } from "./checkout.js";
import { followScript } from "./fields.js";
import { refresh } from "./outcome.js";
import { report, share, startReporting } from "./progress.js";
import { recall, remember } from "./tab.js";
import { element, say, setHidden, wireReceipt } from "./view.js";

const PHONE_MS = 4_000;
let live = false;

wireReceipt();
if (document.getElementById("in-app")) void import("./later_in_app.js");
if (hasConfig) {
  if (config.renewable) void import("./later_renewal.js");
  else if (config.ended) void findOwn();
  else startPage();
}

function startPage() {
  setHidden("slow", true);
  startReporting(comeAlive);
  if (recall("opened")) void goLive();
  void followScript();
  void followAmount();
  element("form").addEventListener("submit", (event) => {
    event.preventDefault();
    void pay();
  });
  element("wait-bank").addEventListener("click", chooseBank);
  element("wait-other").addEventListener("click", chooseOtherCard);
  element("wait-check").addEventListener("click", checkAgain);
  element("more").addEventListener("click", payMore);
  element("help").addEventListener("click", askForHelp);
  const sharing = /** @type {HTMLInputElement | null} */ (document.getElementById("share"));
  sharing?.addEventListener("change", () => share(sharing.checked));
  element("handover").addEventListener("toggle", followPhone);
  addEventListener("offline", () => say("network", text("offline")));
  addEventListener("online", backOnline);
  addEventListener("pageshow", (event) => event.persisted && takeUpAgain());
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && refresh());
  tellNotice();
  void takeUp();
}

/** A link for many has ended. Whoever was paying with it from this tab is shown how their own payment stands. */
async function findOwn() {
  if (recall("payer") === null) return;
  const answer = await askState();
  const found = answer.kind === "ok" && ["in_progress", "paid"].includes(answer.body.state);
  if (found) location.replace(ownAddress(true));
}

async function takeUp() {
  if (await comeBack()) return;
  if (config.state === "in_progress") followFromLoad();
  // The page of a link for many is the same for everybody; how this payer's own payment stands is asked.
  else if (config.multi && recall("payer")) void refresh();
}

/** The customer went back, and the browser had kept the page as it was left. */
async function takeUpAgain() {
  if (!(await comeBack())) void refresh();
}

/** The rest of a debt, or on a link for many another payment: the page begins anew. */
function payMore() {
  if (config.multi) remember("payer", null);
  location.reload();
}

function backOnline() {
  say("network", text("online"));
  setTimeout(() => navigator.onLine && say("network", ""), 5_000);
  refresh();
}

/** While the code is shown, what happens on the phone that read it is shown here too. */
function followPhone() {
  const timer = setInterval(() => {
    if (!element("handover").hasAttribute("open")) clearInterval(timer);
    else if (document.visibilityState === "visible") refresh();
  }, PHONE_MS);
}

function comeAlive() {
  void refresh();
  void goLive();
}

/** From the first touch on, the page hears at once of what changes. Without that part it still asks now and then. */
async function goLive() {
  if (live || !config.live) return;
  live = true;
  await import("./later_live.js").then(({ followLink }) => void followLink()).catch(() => (live = false));
}

async function askForHelp() {
  const button = element("help");
  if (button.getAttribute("aria-disabled") === "true") return;
  button.setAttribute("aria-disabled", "true");
  say("help-status", text("help.telling"));
  if (config.live) void import("./later_chat.js").then(({ openChat }) => openChat(true)).catch(() => {});
  const told = await report("help_requested");
  say("help-status", text(told ? "help.told" : "help.failed"));
  button.setAttribute("aria-disabled", "false");
}
