// @ts-check
/** Talks to our own endpoints, and says honestly when an answer was lost. */
import { config } from "./config.js";
import { recall } from "./tab.js";

/** @typedef {import("./types").State} State */
/** @template T @typedef {import("./types").Answer<T>} Answer */

const READ_MS_MAX = 15_000;
const WRITE_MS_MAX = 60_000;
const RETRY_AFTER_SECONDS_MAX = 300;

/**
 * How the payment stands now.
 * @param {string} [query] to wait for news
 * @param {number} [msMax]
 * @returns {Promise<Answer<State>>}
 */
export function askState(query = "", msMax = READ_MS_MAX) {
  return call(`/state${query}`, { method: "GET" }, msMax);
}

/**
 * Posts once; never repeats by itself.
 * @template T
 * @param {string} path below the page's address
 * @param {object} body
 * @param {number} [msMax]
 * @returns {Promise<Answer<T>>}
 */
export function post(path, body, msMax = WRITE_MS_MAX) {
  const headers = { "Content-Type": "application/json", "X-Page-Nonce": config.nonce };
  const payload = JSON.stringify({ page: config.page, ...body });
  return call(path, { method: "POST", headers, body: payload, keepalive: true }, msMax);
}

/** @param {number} ms */
export function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/**
 * Waits up to `ms`, less if the connection comes back or the page is looked at again.
 * @param {number} ms
 * @returns {Promise<void>}
 */
export function pauseUntilLively(ms) {
  return new Promise((resolve) => {
    const wake = () => {
      clearTimeout(timer);
      removeEventListener("online", wake);
      document.removeEventListener("visibilitychange", wakeIfSeen);
      resolve();
    };
    const wakeIfSeen = () => document.visibilityState === "visible" && wake();
    const timer = setTimeout(wake, ms);
    addEventListener("online", wake);
    document.addEventListener("visibilitychange", wakeIfSeen);
  });
}

/**
 * @param {string} path
 * @param {RequestInit} options
 * @param {number} msMax
 * @returns {Promise<Answer<any>>}
 */
async function call(path, options, msMax) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), msMax);
  const payer = config.multi ? recall("payer") : null;
  const chat = recall("chat");
  try {
    const response = await fetch(config.base + path, {
      ...options,
      headers: {
        ...options.headers,
        "X-Page-Locale": config.locale ?? "",
        ...(payer && { "X-Payer-Key": payer }),
        ...(chat && { "X-Chat-Key": chat }),
      },
      signal: stop.signal,
      cache: "no-store",
      credentials: "omit",
    });
    if (!response.ok) return await refusal(response);
    return { kind: "ok", body: response.status === 204 ? null : await response.json() };
  } catch {
    // A cut line, a time-out and an answer cut short look alike: the request may have been carried out.
    return { kind: "lost" };
  } finally {
    clearTimeout(timer);
  }
}

/**
 * @param {Response} response
 * @returns {Promise<Answer<never>>}
 */
async function refusal(response) {
  /** @type {{code?: unknown}} */
  const problem = await response.json().catch(() => ({}));
  const after = Number(response.headers.get("Retry-After") ?? NaN);
  return {
    kind: "refused",
    status: response.status,
    code: String(problem?.code ?? ""),
    retryAfterSeconds: after > 0 ? Math.min(Math.ceil(after), RETRY_AFTER_SECONDS_MAX) : null,
  };
}
