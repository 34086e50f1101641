// @ts-check
/** Leads the customer to the PSP's own page, and nowhere that is not safe to pay at. */
import { pause } from "./calls.js";
import { showWait } from "./view.js";

const LEAVE_MS_MAX = 12_000;
/** Where a page without encryption stays on this machine. */
const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * @param {string} url
 * @param {() => boolean} isPast whether the page has gone on to something else meanwhile
 * @returns {Promise<boolean>} true if the page is still here after all, with nothing else going on
 */
export async function leave(url, isPast) {
  if (!isSafe(url)) return true;
  showWait("leaving");
  location.assign(url);
  await pause(LEAVE_MS_MAX);
  return !isPast();
}

/** @param {string} url */
function isSafe(url) {
  try {
    const { protocol, hostname } = new URL(url);
    return protocol === "https:" || (protocol === "http:" && LOOPBACK.has(hostname));
  } catch {
    return false;
  }
}
