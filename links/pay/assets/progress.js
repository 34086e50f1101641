// @ts-check
/**
 * Reports each step to our server, in order, without ever standing in the way of the payment.
 * Reports say which field and which kind of error, never what was typed.
 */
import { activity, followActivity, noteTold } from "./activity.js";
import { pauseUntilLively, post } from "./calls.js";
import { config } from "./config.js";
import { recall, remember } from "./tab.js";

/** @typedef {import("./types").ProgressExtra} Extra */
/** @typedef {{event: string, extra: Extra, done: (delivered: boolean) => void}} Report */

const QUEUE_MAX = 40;
const TRIES_MAX = 5;
const BACK_OFF_MS = 1_000;
const HEARTBEAT_MS = 10_000;

/** @type {Report[]} */
const queue = [];
let sending = false;
let opened = false;
let openedBefore = false;
/** Whether agents see no more than opened, submitted and how it ended: then the page tells no more. */
let coarse = false;
const TOLD_EVEN_THEN = new Set(["loaded", "opened", "help_requested", "share_less", "share_all"]);
/** A service of an earlier version, in the middle of an upgrade, knows no activity. */
let activityKnown = true;
/** @type {() => void} */
let whenOpened = () => {};

/**
 * Queues one report.
 * @param {string} event
 * @param {Extra} [extra]
 * @returns {Promise<boolean>} whether it was delivered
 */
export function report(event, extra = {}) {
  return new Promise((done) => {
    if (coarse && !TOLD_EVEN_THEN.has(event)) return done(false);
    if (event === "heartbeat" && queue.some((waiting) => waiting.event === event)) return done(false);
    if (queue.length >= QUEUE_MAX) queue.splice(sending ? 1 : 0, 1)[0]?.done(false);
    queue.push({ event, extra, done });
    if (!sending) void sendAll();
  });
}

/**
 * Starts reporting this page view. `onOpened` is called once, when a person has touched the page.
 * @param {() => void} onOpened
 */
export function startReporting(onOpened) {
  whenOpened = onOpened;
  openedBefore = recall("opened") !== null;
  // On a link for many the choice is this tab's own, and its view of the page is a new one after a reload.
  const again = config.multi && recall("coarse") !== null && !config.sharing;
  setCoarse(config.sharing === "coarse" || again);
  void report("loaded", { device: device() });
  if (again) void report("share_less");
  if (openedBefore) join();
  document.addEventListener("pointerdown", (e) => noteTouch(e, e.pointerType === "touch" ? "touch" : "pointer"), true);
  document.addEventListener("touchstart", (e) => noteTouch(e, "touch"), { capture: true, passive: true });
  document.addEventListener("keydown", (e) => noteTouch(e, "key"), true);
  document.addEventListener("visibilitychange", beat);
  // A report that waits will say what the customer does when it leaves.
  followActivity(() => queue.length || beat());
  setInterval(beat, HEARTBEAT_MS);
  addEventListener("pagehide", leave);
  addEventListener("pageshow", (e) => e.persisted && present() && join());
}

/** The customer's own choice, which counts from this moment on. @param {boolean} all */
export function share(all) {
  setCoarse(!all);
  remember("coarse", all ? null : "1");
  void report(all ? "share_all" : "share_less");
  if (all) join();
}

/** @param {boolean} now */
function setCoarse(now) {
  coarse = now;
  const box = /** @type {HTMLInputElement | null} */ (document.getElementById("share"));
  if (box) box.checked = !now;
  // What still waits to be told is not told any more.
  for (const waiting of now ? queue.splice(sending ? 1 : 0) : []) {
    if (TOLD_EVEN_THEN.has(waiting.event)) queue.push(waiting);
    else waiting.done(false);
  }
}

/**
 * Reports, once, that a person has touched the page.
 * @param {NonNullable<Extra["by"]>} by
 */
export function noteOpened(by) {
  if (opened) return;
  opened = true;
  remember("opened", "1");
  void report("opened", { by, device: device() });
  if (!openedBefore) join();
  whenOpened();
}

/** @param {Event} event @param {"pointer" | "touch" | "key"} by */
function noteTouch(event, by) {
  if (event.isTrusted) noteOpened(by);
}

function present() {
  return opened || openedBefore;
}

function join() {
  if (document.visibilityState === "visible") void report("joined", { device: device() });
}

function beat() {
  // A page that nobody has touched may be a scanner's: it is not a customer being present.
  if (present() && document.visibilityState === "visible") void report("heartbeat");
}

function leave() {
  if (coarse || !present()) return;
  const body = JSON.stringify({ page: config.page, event: "left", nonce: config.nonce });
  navigator.sendBeacon(`${config.base}/progress`, new Blob([body], { type: "text/plain" }));
}

async function sendAll() {
  sending = true;
  for (let next = queue[0]; next; next = queue[0]) {
    const delivered = await deliver(next);
    queue.shift();
    next.done(delivered);
  }
  sending = false;
}

/** @param {Report} next @returns {Promise<boolean>} */
async function deliver({ event, extra }) {
  for (let attempt = 0; attempt < TRIES_MAX; attempt++) {
    if (attempt) await pauseUntilLively(BACK_OFF_MS * 2 ** attempt);
    const doing = present() && activityKnown && !coarse ? activity() : null;
    const answer = await post("/progress", { event, ...extra, ...(doing && { activity: doing }) }, 10_000);
    if (answer.kind === "ok") {
      if (doing) noteTold(doing);
      // Chosen in another tab.
      if (answer.body?.sharing && !event.startsWith("share")) setCoarse(true);
      return true;
    }
    if (doing && answer.kind === "refused" && answer.status === 422) {
      activityKnown = false;
      continue;
    }
    if (answer.kind === "refused" && answer.status < 500 && answer.status !== 429) return false;
  }
  return false;
}

/** Tells phones, tablets and desks apart by pointer and size, not by the browser's name. @returns {Extra["device"]} */
export function device() {
  if (!matchMedia("(pointer: coarse)").matches) return "desktop";
  return Math.min(screen.width, screen.height) < 600 ? "mobile" : "tablet";
}
