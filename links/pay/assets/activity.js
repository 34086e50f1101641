// @ts-check
/**
 * What the customer does at this moment: in a field, on the page, or nothing for a while. Which keys and which field stays here.
 * The PSP's fields are frames that show no keys, so being in one counts as typing until nothing has come of it for a while.
 */

/** @typedef {import("./types").Activity} Activity */

const TYPING_MS = 5_000;
const IDLE_MS = 45_000;
const NEWS_MS = 3_000;

let signAt = 0;
let keyAt = -TYPING_MS;
let inField = false;
let newsAt = -NEWS_MS;
/** @type {Activity | null} */
let told = null;
/** @type {() => void} */
let tell = () => {};

/** @returns {Activity} */
export function activity() {
  const now = performance.now();
  if (now - signAt >= IDLE_MS) return "idle";
  return inField || now - keyAt < TYPING_MS ? "typing" : "active";
}

/** Remembers, from a report that was delivered, what the server was told. @param {Activity} what */
export function noteTold(what) {
  told = what;
}

/**
 * Follows touches and keys on the page itself. `hear` is called when the customer begins to type or comes back to life; that they
 * have stopped can wait for the next heartbeat.
 * @param {() => void} hear
 */
export function followActivity(hear) {
  tell = hear;
  signAt = performance.now();
  for (const kind of ["pointerdown", "pointermove", "touchstart", "scroll"]) {
    addEventListener(kind, noteSign, { capture: true, passive: true });
  }
  addEventListener("keydown", noteKey, true);
}

/** The customer went into one of the PSP's fields, or out of it. @param {boolean} isIn */
export function noteField(isIn) {
  inField = isIn;
  signAt = performance.now();
}

/** The customer did something. */
export function noteSign() {
  signAt = performance.now();
  if (told === null || newsAt + NEWS_MS > signAt) return;
  const now = activity();
  if (now === told || (now === "active" && told === "typing")) return;
  newsAt = signAt;
  tell();
}

/** @param {KeyboardEvent} event */
function noteKey(event) {
  if (event.target instanceof HTMLInputElement) keyAt = performance.now();
  noteSign();
}
