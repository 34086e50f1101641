// @ts-check
/**
 * From the press of the button to an answer. One press submits once; a payment whose answer was lost is never sent again: the
 * server is asked what became of it.
 */
import { focusAmount, readAmount } from "./amount.js";
import { askState, pause, pauseUntilLively, post } from "./calls.js";
import { config, counted, ownAddress, text } from "./config.js";
import { adapterModule, fieldsReady, firstUnfinished, focusField, leadsAway, loadedPsp } from "./fields.js";
import { follow, isPast, isSubmitting, learnFate, nextTurn, noteKept, offerForm, setSubmitting, showDeclined, showPaid, showState, showUnfinished, showUnreached, takeAmount } from "./outcome.js";
import { device } from "./progress.js";
import { becomePayer, randomKey, recall, remember } from "./tab.js";
import { alertText, element, say, setHidden, showWait } from "./view.js";

/** @typedef {import("./types").Details} Details */
/** @typedef {import("./types").Result} Result */
/** @typedef {import("./types").Agreed} Agreed */
/** @typedef {() => Promise<import("./types").Made>} MakeMethod */
/** @template T @typedef {import("./types").Answer<T>} Answer */

const CARD_MS_MAX = 45_000;
const RESUMES_MAX = 6;
const RESUME_MS = 2_000;
const WAIT_SECONDS_DEFAULT = 30;

/** What to say when no attempt began. @type {Record<string, string>} */
const REFUSALS = { psp_unavailable: "unavailable", method_unusable: "card_refused" };

/** The button was pressed. */
export async function pay() {
  if (isSubmitting()) return;
  alertText("");
  if (!fieldsReady()) return say("status", text("fields_loading"));
  const amount = readAmount();
  const wrong = firstUnfinished();
  if (amount === null || wrong) {
    alertText(text(amount === null ? "check_amount" : "check_fields"));
    return amount === null || !wrong ? focusAmount() : focusField(wrong);
  }
  const psp = loadedPsp();
  await payAgreed({ amount, revision: config.revision }, psp ? () => psp.makeMethod() : null);
}

/** What would be paid now, for a wallet's sheet to show; null after saying what is wrong with it. @returns {Agreed | null} */
export function agree() {
  if (isSubmitting()) return null;
  alertText("");
  const amount = readAmount();
  if (amount !== null) return { amount, revision: config.revision };
  alertText(text("check_amount"));
  focusAmount();
  return null;
}

/**
 * Pays what the customer agreed to, no more and no less: our server refuses it if something else is due by now.
 * @param {Agreed} agreed
 * @param {MakeMethod | null} makeMethod null where the customer pays at the PSP's page
 * @param {() => void} [failed] is told when it is certain that this try paid nothing
 */
export async function payAgreed(agreed, makeMethod, failed = () => {}) {
  if (isSubmitting() || element("panel-form").hidden) return failed();
  const mine = nextTurn();
  setSubmitting(true);
  say("status", text("sending"));
  try {
    await submit(agreed, makeMethod, mine, failed);
  } finally {
    // Whoever took the turn over has its own say about the button and the status.
    if (!isPast(mine)) {
      setSubmitting(false);
      say("status", "");
    }
  }
}

/** The page was loaded while an attempt was alive. */
export function followFromLoad() {
  if (config.attempt && config.attempt === recall("attempt")) showWait("checking");
  void follow(nextTurn());
}

/**
 * Takes up again what this tab had begun when the customer was led away from it: our server is asked once how it went.
 * @returns {Promise<boolean>} whether there was anything
 */
export async function comeBack() {
  const address = new URLSearchParams(location.search);
  const details = address.size ? ((await adapterModule())?.detailsIn?.(address) ?? null) : null;
  const attempt = recall("attempt") ?? (details && config.attempt);
  if (!attempt || !(details || leadsAway())) return false;
  const mine = nextTurn();
  if (address.size) history.replaceState(history.state, "", ownAddress());
  showWait("checking");
  void resume(attempt, mine, false, details);
  return true;
}

/** "Continue with your bank", or at the PSP's page. */
export async function chooseBank() {
  const attempt = recall("attempt");
  const mine = nextTurn();
  showWait("checking");
  if (attempt) await resume(attempt, mine, true);
  else await follow(mine);
}

/** "Use another card", or another way to pay. */
export async function chooseOtherCard() {
  const attempt = recall("attempt");
  const mine = nextTurn();
  loadedPsp()?.giveUp?.();
  showWait("checking");
  /** @type {Answer<Result>} */
  const answer = attempt ? await post(`/attempts/${attempt}/abandon`, {}) : { kind: "lost" };
  if (isPast(mine)) return;
  const stays = answer.kind === "ok" && answer.body.status === "challenge";
  if (stays) noteKept(answer.body.attempt);
  if (answer.kind === "ok" && !stays) await handle(answer.body, mine);
  else await follow(mine);
}

/** "Check again". */
export function checkAgain() {
  showWait("checking");
  void follow(nextTurn());
}

/** @param {Agreed} agreed @param {MakeMethod | null} makeMethod @param {number} mine @param {() => void} failed */
async function submit(agreed, makeMethod, mine, failed) {
  const { account } = config.psp;
  // A press without a card has a name of its own, so that it is known again.
  const method = makeMethod ? await nameOf(makeMethod) : `redirect_${randomKey()}`;
  if (!method) return failed();
  if (config.multi) becomePayer();
  /** @type {Answer<Result>} */
  const answer = await post("/attempts", { method, account, ...agreed, device: device() });
  if (paidNothing(answer)) failed();
  if (answer.kind === "ok") await handle(answer.body, mine);
  else if (answer.kind === "refused") await refused(answer, mine);
  else await learnFate(mine);
}

/** @param {Answer<Result>} answer @returns {boolean} whether it is certain; silence is not */
function paidNothing(answer) {
  if (answer.kind === "ok") return ["declined", "abandoned"].includes(answer.body.status);
  return answer.kind === "refused" && (answer.status < 500 || answer.code === "psp_unavailable");
}

/**
 * The PSP's name for the card; null after saying why there is none.
 * @param {MakeMethod} makeMethod
 * @returns {Promise<string | null>}
 */
async function nameOf(makeMethod) {
  const failed = { error: { type: "api_connection_error" } };
  const asked = makeMethod().catch(() => failed);
  const made = await Promise.race([asked, pause(CARD_MS_MAX).then(() => failed)]);
  if ("id" in made) return made.id;
  const unreached = ["api_connection_error", "api_error"].includes(made.error.type ?? "");
  if (!navigator.onLine) alertText(text("offline_pay"));
  else alertText(text(unreached ? "unavailable" : "card_refused"));
  element("alert").focus();
  return null;
}

/**
 * Our server said no.
 * @param {{status: number, code: string, retryAfterSeconds: number | null}} answer
 * @param {number} mine
 */
async function refused({ status, code, retryAfterSeconds }, mine) {
  if (code === "amount_changed" || code === "amount_not_allowed") return amountChanged(mine);
  if (code === "psp_changed") return reloadWith("psp_changed");
  if (code === "not_payable" || status === 404 || status === 410) return location.reload();
  if (status === 429) return countDown(retryAfterSeconds ?? WAIT_SECONDS_DEFAULT);
  // Any other fault of a server tells as little as silence: the attempt may have begun.
  if (code !== "psp_unavailable" && status >= 500) return learnFate(mine);
  alertText(text(REFUSALS[code] ?? "refused"));
  element("alert").focus();
}

/** @param {Result} result @param {number} mine @returns {Promise<void> | void} */
function handle(result, mine) {
  switch (result.status) {
    case "paid":
    case "authorised":
      return showPaid(result);
    case "declined":
      return showDeclined(result);
    case "abandoned":
      return offerForm(text(leadsAway() ? "other_way" : "other_card"), result.attempt);
    case "challenge":
      remember("attempt", result.attempt);
      return challenge(result, mine);
    case "elsewhere":
      showWait("elsewhere");
      return follow(mine);
    case "processing":
    case "review":
      remember("attempt", result.attempt);
      showWait(result.status);
      return follow(mine);
    default:
      remember("attempt", result.attempt);
      showWait("waiting");
      return follow(mine);
  }
}

/**
 * The challenge runs between the browser and the bank, or the PSP; then our server asks the PSP for the truth.
 * @param {Result} result
 * @param {number} mine
 */
async function challenge(result, mine) {
  const { attempt, url } = result;
  const psp = loadedPsp();
  if (url) {
    const { leave } = await import("./leaving.js");
    if (await leave(url, () => isPast(mine))) showUnfinished(attempt);
    return;
  }
  if (!psp?.canChallenge(result)) {
    showWait("bank", ["other"]);
    return follow(mine);
  }
  showWait("challenge", psp.giveUp ? ["other"] : []);
  const details = await psp.challenge(result).catch(() => null);
  if (isPast(mine)) return;
  showWait("checking");
  await resume(attempt, mine, false, details);
}

/**
 * Has our server ask the PSP how the challenge went. Asking again is harmless, so a lost answer is asked for again.
 * @param {string} attempt
 * @param {number} mine
 * @param {boolean} reopen whether an unfinished challenge is opened again at once
 * @param {Details | null} [details] what the PSP's script got from the bank
 */
async function resume(attempt, mine, reopen, details = null) {
  for (let asked = 1; asked <= RESUMES_MAX; asked++) {
    /** @type {Answer<Result>} */
    const answer = await post(`/attempts/${attempt}/resume`, details ? { details } : {});
    if (isPast(mine)) return;
    if (answer.kind === "ok" && answer.body.status === "challenge" && !reopen) {
      showUnfinished(attempt);
      break;
    }
    if (answer.kind === "ok") return handle(answer.body, mine);
    if (answer.kind === "refused" && answer.status < 500) break;
    showUnreached();
    await pauseUntilLively(RESUME_MS * asked);
  }
  return follow(mine);
}

/** Loads the page anew, which then says why. @param {string} notice names a text */
function reloadWith(notice) {
  remember("notice", notice);
  location.reload();
}

/** What the page was loaded anew for. */
export function tellNotice() {
  const notice = recall("notice");
  if (!notice) return;
  remember("notice", null);
  alertText(text(leadsAway() ? "psp_changed_press" : notice), "news");
}

/** @param {number} mine */
async function amountChanged(mine) {
  const answer = await askState();
  if (isPast(mine)) return;
  if (answer.kind === "ok" && answer.body.state !== "payable") {
    return showState(answer.body) ? undefined : follow(mine);
  }
  if (answer.kind === "ok") takeAmount(answer.body);
  else alertText(text("amount_changed_unknown"));
  element("alert").focus();
}

/** @param {number} seconds */
async function countDown(seconds) {
  alertText(text("too_many"));
  element("alert").focus();
  say("status", "");
  setHidden("countdown", false);
  for (let left = seconds; left > 0; left--) {
    say("countdown", counted("countdown", left));
    await pause(1_000);
  }
  setHidden("countdown", true);
  alertText(text("try_now"), "news");
}
