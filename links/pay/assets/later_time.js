// @ts-check
/** The link ends soon: the customer is told, and may take more time with one press (WCAG 2.2.1). */
import { post } from "./calls.js";
import { config, counted, text } from "./config.js";
import { lookNow } from "./later_live.js";
import { loadWords } from "./later_words.js";
import { element, localTime, say, setHidden } from "./view.js";

/** @typedef {import("./types").Ending} Ending */

const TICK_MS = 1_000;
/** @type {Promise<void> | null} */
let ready = null;
let endsAt = 0;

/** @param {Ending | null} ending null: there is time enough */
export async function showEnding(ending) {
  if (ending === null) {
    endsAt = 0;
    return setHidden("ending", true);
  }
  await (ready ??= build().catch((reason) => {
    ready = null;
    throw reason;
  }));
  // Counted by our server's clock, for a phone's may be wrong.
  endsAt = performance.now() + ending.seconds * 1_000;
  setHidden("ending", false);
  setHidden("ending-more", ending.minutes === null);
  tick();
}

async function build() {
  await loadWords("time");
  const box = document.createElement("div");
  box.id = "ending";
  box.className = "alert";
  box.dataset["tone"] = "news";
  const words = document.createElement("p");
  words.id = "ending-words";
  words.setAttribute("role", "status");
  const more = document.createElement("button");
  more.type = "button";
  more.id = "ending-more";
  more.className = "second";
  more.textContent = text("time.more");
  more.addEventListener("click", takeMore);
  box.append(words, more);
  element("network").after(box);
  setInterval(tick, TICK_MS);
}

/** Said anew only when the words change: once a minute. */
function tick() {
  if (!endsAt) return;
  const minutes = Math.ceil((endsAt - performance.now()) / 60_000);
  const words = counted("time.left", Math.max(1, minutes));
  if (element("ending-words").textContent !== words) say("ending-words", words);
}

async function takeMore() {
  const button = element("ending-more");
  if (button.getAttribute("aria-disabled") === "true") return;
  button.setAttribute("aria-disabled", "true");
  const answer = /** @type {import("./types").Answer<{ending: Ending | null, expires_at: string}>} */ (await post("/more-time", {}));
  button.setAttribute("aria-disabled", "false");
  if (answer.kind !== "ok") return say("ending-words", text("time.failed", { merchant: config.merchant }));
  endsAt = 0;
  const when = localTime(answer.body.expires_at, false);
  setHidden("ending", true);
  say("network", text("time.given", { when }));
  const until = document.getElementById("expires");
  if (until) until.hidden = true;
  element("form-title").focus();
  lookNow();
}
