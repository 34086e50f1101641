// @ts-check
/**
 * From the first touch on: the page waits for news of its link, and shows them as they come. One question is open at a time; it is
 * answered when something has changed, or after a while. What few customers need is loaded when there is something to show.
 */
import { askState, pause, pauseUntilLively } from "./calls.js";
import { config } from "./config.js";
import { takeNews, thisTurn } from "./outcome.js";

/** @typedef {import("./types").State} State */

const ANSWER_MS = 10_000;
const PAUSE_MS = 2_000;
const BACK_OFF_MS_MAX = 30_000;
const UNSEEN_MS_MAX = 60_000;

let seen = "";
let cursor = "";
let following = false;
let poke = () => {};

/** Asks anew at once: there is something new to ask for. */
export function lookNow() {
  seen = "";
  poke();
}

/** Follows the link for as long as the page is there. */
export async function followLink() {
  if (following) return;
  following = true;
  for (let lost = 0; ; ) {
    if (document.visibilityState !== "visible") await pauseUntilLively(UNSEEN_MS_MAX);
    const turn = thisTurn();
    const query = new URLSearchParams({ wait: String(config.live), seen, ...(cursor && { chat: cursor }) });
    const poked = new Promise((resolve) => (poke = () => resolve(null)));
    const asked = askState(`?${query}`, (config.live ?? 0) * 1_000 + ANSWER_MS);
    const answer = await Promise.race([asked, /** @type {Promise<null>} */ (poked)]);
    if (answer === null) continue;
    if (answer.kind !== "ok") {
      await pauseUntilLively(Math.min(PAUSE_MS * 2 ** lost++, BACK_OFF_MS_MAX));
      continue;
    }
    lost = 0;
    if (!(await take(answer.body, turn))) await pause(PAUSE_MS);
    else if (!answer.body.waits) await pauseUntilLively(PAUSE_MS);
  }
}

/** @param {State} now @param {number} turn @returns {Promise<boolean>} false: it is to be looked at again */
async function take(now, turn) {
  try {
    if (now.chat?.messages.length) (await import("./later_chat.js")).takeChat(now.chat);
    if (now.chat) cursor = now.chat.cursor;
    if (now.ending || document.getElementById("ending")) (await import("./later_time.js")).showEnding(now.ending ?? null);
  } catch {
    // The part could not be loaded just now.
    return false;
  }
  const taken = takeNews(now, turn);
  seen = taken ? (now.seen ?? "") : "";
  return taken;
}
