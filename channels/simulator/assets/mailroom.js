// @ts-check
// All messages this page knows, and the connection that brings them: a snapshot, then the changes after it.

/**
 * @typedef {object} Message
 * @property {string} id
 * @property {string} channel
 * @property {string} from
 * @property {string} to
 * @property {string} subject
 * @property {string} text
 * @property {string | null} html
 * @property {string[]} urls
 * @property {string} received_at
 * @property {string} from_name
 * @property {string} customer
 * @property {"to_customer" | "to_merchant"} direction
 * @property {string} status
 * @property {number | null} error_code
 * @property {boolean} answerable
 * @property {[string, string][]} headers
 */

/** @typedef {Record<string, number | string | null>} Faults */

const MESSAGES_MAX = 1000;
const POLL_MILLISECONDS = 3000;

/** @type {Map<string, Message>} */
const messages = new Map();

/** Everything known, oldest first. */
export function allMessages() {
  return [...messages.values()].sort((a, b) => a.received_at.localeCompare(b.received_at));
}

/**
 * @typedef {object} Listener
 * @property {(fresh: Message[]) => void} changed called after any change; `fresh` are the messages new to this page
 * @property {(faults: Faults | null) => void} faults
 * @property {(connected: boolean) => void} connection
 */

/**
 * Loads what there is and keeps it up to date for as long as the page is open.
 * @param {Listener} listener
 */
export async function connect(listener) {
  const change = await load(listener, true);
  if (typeof EventSource === "undefined") {
    poll(listener);
    return;
  }
  const source = new EventSource(change === null ? "/api/stream" : `/api/stream?after=${change}`);
  source.addEventListener("open", () => listener.connection(true));
  source.addEventListener("message", (event) => {
    const message = /** @type {Message} */ (JSON.parse(event.data));
    listener.changed(take([message]));
  });
  source.addEventListener("faults", (event) => {
    listener.faults(/** @type {Faults | null} */ (JSON.parse(/** @type {MessageEvent} */ (event).data)));
  });
  source.addEventListener("error", () => {
    listener.connection(false);
    if (source.readyState === EventSource.CLOSED) poll(listener);
  });
}

/** @param {Listener} listener */
function poll(listener) {
  setTimeout(async () => {
    await load(listener, false);
    poll(listener);
  }, POLL_MILLISECONDS);
}

/**
 * @param {Listener} listener
 * @param {boolean} first what is there at the start is not news
 * @returns {Promise<number | null>} where the stream goes on, null if the simulator does not answer
 */
async function load(listener, first) {
  try {
    const answer = await fetch("/api/snapshot");
    const snapshot = await answer.json();
    const fresh = take(snapshot.messages);
    listener.connection(true);
    listener.faults(snapshot.faults);
    listener.changed(first ? [] : fresh);
    return snapshot.change;
  } catch {
    listener.connection(false);
    return null;
  }
}

/**
 * @param {Message[]} arrived
 * @returns {Message[]} those that were not known
 */
function take(arrived) {
  const fresh = arrived.filter((message) => !messages.has(message.id));
  for (const message of arrived) messages.set(message.id, message);
  for (const id of messages.keys()) {
    if (messages.size <= MESSAGES_MAX) break;
    messages.delete(id);
  }
  return fresh;
}

/**
 * Sends the customer's words, or a carrier's report.
 * @param {"/api/messages" | "/api/receipts"} path
 * @param {Record<string, string>} body
 * @returns {Promise<{ok: true, message: Message} | {ok: false, why: string}>}
 */
export async function post(path, body) {
  try {
    const answer = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    const said = await answer.json();
    return answer.ok ? { ok: true, message: said } : { ok: false, why: said.error.message };
  } catch {
    return { ok: false, why: "The simulator does not answer." };
  }
}

/** Lets the simulator behave again. */
export async function clearFaults() {
  await fetch("/api/faults", { method: "DELETE" });
}
