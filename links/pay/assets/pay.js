// @ts-check
/** Starts the pay page: reporting, card fields, the button, help. A receipt page has only its receipt to start. */
import { config, hasConfig, text } from "./config.js";
import { checkAgain, chooseBank, chooseOtherCard, followFromLoad, pay } from "./checkout.js";
import { followScript } from "./fields.js";
import { refresh } from "./outcome.js";
import { report, startReporting } from "./progress.js";
import { element, say, setHidden, wireReceipt } from "./view.js";

wireReceipt();
if (hasConfig) startPage();

function startPage() {
  setHidden("slow", true);
  startReporting(refresh);
  followScript();
  element("form").addEventListener("submit", (event) => {
    event.preventDefault();
    void pay();
  });
  element("wait-bank").addEventListener("click", chooseBank);
  element("wait-other").addEventListener("click", chooseOtherCard);
  element("wait-check").addEventListener("click", checkAgain);
  element("help").addEventListener("click", askForHelp);
  addEventListener("offline", () => say("network", text("offline")));
  addEventListener("online", backOnline);
  addEventListener("pageshow", (event) => event.persisted && refresh());
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && refresh());
  if (config.state === "in_progress") followFromLoad();
}

function backOnline() {
  say("network", text("online"));
  setTimeout(() => navigator.onLine && say("network", ""), 5_000);
  refresh();
}

async function askForHelp() {
  const button = element("help");
  if (button.getAttribute("aria-disabled") === "true") return;
  button.setAttribute("aria-disabled", "true");
  say("help-status", text("help.telling"));
  const told = await report("help_requested");
  say("help-status", text(told ? "help.told" : "help.failed"));
  button.setAttribute("aria-disabled", "false");
}
