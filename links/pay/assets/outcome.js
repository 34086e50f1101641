// @ts-check
/**
 * How a payment stands, and what the page shows of it. While an attempt is alive no second payment is offered; the page asks our
 * server until there is an end. The page does one thing at a time: each has a `turn`, and a loop of an earlier turn ends.
 */
import { takeRange } from "./amount.js";
import { askState, pauseUntilLively } from "./calls.js";
import { config, ownAddress, text } from "./config.js";
import { clearFields, expectNewTry, fieldsReady, leadsAway, loadedPsp, mountFields } from "./fields.js";
import { recall, remember } from "./tab.js";
import { alertText, element, say, setBusy, setDescription, showForm, showReceipt, showWait } from "./view.js";

/** @typedef {import("./types").Result} Result */
/** @typedef {import("./types").State} State */

const ASK_MS_MIN = 2_000;
const ASK_MS_MAX = 10_000;
const ASK_GROWTH = 1.3;
const ASKS_MAX = 180;
/** Declines after which the same card may well work, so that it need not be typed again. */
const SAME_CARD = new Set([
  "authentication_failed",
  "processing_error",
  "try_again_later",
  "issuer_not_available",
  "reenter_transaction",
]);

/** Waiting in which the customer has nothing more to do. */
const DONE_WITH = new Set(["processing", "review"]);

/** @type {Set<Result["status"]>} */
const ENDS = new Set(["paid", "authorised", "declined"]);

let turn = 0;
let submitting = false;
/** Attempts whose end the customer has seen. @type {Set<string>} */
const seen = new Set();
/** Attempts that the PSP keeps open although the customer wants to pay another way. @type {Set<string>} */
const kept = new Set();

/** Begins something new and ends what was going on. @returns {number} */
export function nextTurn() {
  return ++turn;
}

/** What the page is at. @returns {number} */
export function thisTurn() {
  return turn;
}

/** @param {number} mine @returns {boolean} whether the page has gone on to something else */
export function isPast(mine) {
  return mine !== turn;
}

export function isSubmitting() {
  return submitting;
}

/** @param {boolean} now */
export function setSubmitting(now) {
  submitting = now;
  setBusy(now);
}

/** @param {Result} result */
export function showPaid({ receipt, status, attempt }) {
  end(attempt);
  showReceipt(receipt, status === "authorised" ? "authorised" : "paid");
}

/** @param {Result} result */
export function showDeclined({ problem, attempt }) {
  const code = problem?.code ?? "";
  const own = text(code === "authentication_failed" ? code : "declined");
  offerForm(problem?.customer_message || own, attempt, "bad");
  if (leadsAway()) return element("alert").focus();
  if (!fieldsReady()) return;
  expectNewTry();
  if (code === "incorrect_cvc" || code === "invalid_cvc") clearFields("cvc");
  else if (problem?.retryable && SAME_CARD.has(code)) element("alert").focus();
  else clearFields("number", "expiry", "cvc");
}

/**
 * Offers the form again.
 * @param {string} why
 * @param {string} [attempt] the one that has ended
 * @param {"bad" | "news"} [tone]
 */
export function offerForm(why, attempt = "", tone = "news") {
  end(attempt);
  setSubmitting(false);
  showForm(why, tone);
  mountFields();
}

/** Asks how the payment stands, so that a page left open shows no stale amount and offers no stale payment. */
export async function refresh() {
  if (submitting || element("panel-form").hidden) return;
  const mine = turn;
  const answer = await askState();
  if (answer.kind === "ok") takeNews(answer.body, mine);
}

/**
 * How the payment stands now, unasked for.
 * @param {State} state
 * @param {number} mine the turn in which it was asked for: an answer from before the customer paid knows nothing of how that ended
 * @returns {boolean} false: ask again when the customer is done
 */
export function takeNews(state, mine) {
  if (submitting || isPast(mine)) return false;
  if (element("panel-form").hidden) return true;
  if (state.state !== "payable") {
    if (!showState(state)) void follow(nextTurn());
    return true;
  }
  if (state.result) seen.add(state.result.attempt);
  if (state.revision !== config.revision || state.amount !== config.amount) tellChange(state);
  return true;
}

/** Nothing was pressed yet, so the customer is told by the button, and in no alarm. @param {State} state */
function tellChange(state) {
  const same = state.amount === config.amount;
  takeAmount(state);
  alertText("");
  const amount = state.amount_text;
  if (same) say("status", text("news.details"));
  else say("status", state.minimum === null ? text("news.amount", { amount }) : text("amount.range_changed"));
}

/** Shows the amount that is due now. @param {State} state */
export function takeAmount(state) {
  config.revision = state.revision;
  setDescription(state.description ?? "");
  const choice = takeRange(state);
  const words = choice ? text("amount.range_changed") : text("amount_changed", { amount: state.amount_text });
  alertText(words, "news");
}

/** The answer to a submitted payment was lost: finds out what became of it. @param {number} mine */
export async function learnFate(mine) {
  showUnreached();
  // The request may still be on its way, so one answer that knows of no attempt is not yet believed.
  await follow(mine, 2, text("not_arrived"));
}

/**
 * Asks how the payment stands until it has an end.
 * @param {number} mine
 * @param {number} [idleNeeded] how many answers in a row must say that nothing is going on before the form is offered
 * @param {string} [why] what to say then
 */
export async function follow(mine, idleNeeded = 1, why = text("free_again")) {
  let idle = 0;
  for (let asked = 0, wait = ASK_MS_MIN; asked < ASKS_MAX; asked++) {
    const answer = await askState();
    if (isPast(mine)) return;
    if (answer.kind !== "ok") {
      if (answer.kind === "refused" && answer.status === 404) return location.reload();
      showUnreached();
    } else if (answer.body.state === "payable" && !isNews(answer.body.result)) {
      idle++;
      if (idle >= idleNeeded) return offerForm(why, answer.body.result?.attempt);
      showWait("checking");
    } else {
      idle = 0;
      if (showState(answer.body)) return;
    }
    await pauseUntilLively(wait);
    wait = Math.min(wait * ASK_GROWTH, ASK_MS_MAX);
    if (isPast(mine)) return;
  }
  // Who has been told that there is nothing more to do is not troubled any more.
  if (!DONE_WITH.has(element("panel-wait").dataset["kind"] ?? "")) showWait("paused", ["check"]);
}

/** Shows what the server says. @param {State} now @returns {boolean} whether that was the end of it */
export function showState({ state, result, receipt, attempt }) {
  const status = result?.status === "authorised" ? "authorised" : "paid";
  // A link that is paid in parts, or whose money is only reserved, stays open: what counts is the attempt.
  if (state === "paid" || (result?.status === status && isNews(result))) {
    showPaid({ status, attempt: result?.attempt ?? "", receipt: result?.receipt ?? receipt });
  } else if (state === "in_progress") {
    showLive(result?.status, attempt);
    return false;
  } else if (state === "payable" && result) {
    showDeclined(result);
  } else {
    // The page that the link has now; to a payer who came to find their own payment, the link's.
    location.replace(ownAddress());
  }
  return true;
}

/** Says that we wait for our server, or for the connection to it. */
export function showUnreached() {
  showWait(navigator.onLine ? "checking" : "unreachable");
}

/** @param {Result["status"] | undefined} status @param {string | null} attempt */
function showLive(status, attempt) {
  const own = attempt !== null && attempt === recall("attempt");
  if (status === "processing" || status === "review") showWait(status);
  else if (!own) showWait("elsewhere");
  else if (status === "challenge") showUnfinished(attempt);
  else showWait("waiting");
}

/** Says that the customer has something left to do, at the bank or at the PSP's page. @param {string} attempt */
export function showUnfinished(attempt) {
  if (kept.has(attempt)) return showWait("kept", ["bank"]);
  if (leadsAway()) return showWait("unfinished", ["bank", "other"]);
  showWait("bank", loadedPsp() ? ["bank", "other"] : ["other"]);
}

/** The PSP does not let go of this attempt. @param {string} attempt */
export function noteKept(attempt) {
  kept.add(attempt);
}

/** @param {Result | null} result @returns {boolean} whether it is an end that the customer has not been told */
function isNews(result) {
  return result !== null && ENDS.has(result.status) && !seen.has(result.attempt);
}

/** @param {string} attempt */
function end(attempt) {
  nextTurn();
  if (attempt) seen.add(attempt);
  remember("attempt", null);
}
