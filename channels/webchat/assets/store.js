// @ts-check
// What survives a reload: the visitor's token, what is not sent yet, and how the chat is called.

/**
 * @typedef {{ id: string, text: string, at: string }} Pending
 * @typedef {{ name: string, greeting: Record<string, string>, pay_origin: string }} Config
 * @typedef {object} Saved
 * @property {string | null} token
 * @property {Pending[]} queue
 * @property {Config | null} config
 * @property {boolean} open
 * @property {boolean} phone
 *
 * @typedef {{ read: () => Saved, write: (change: Partial<Saved>) => void }} Store
 */

/**
 * Kept in the browser's storage; in memory where the browser has none for us.
 * @param {string} key
 * @returns {Store}
 */
export function openStore(key) {
  /** @type {Saved} */
  let memory = { token: null, queue: [], config: null, open: false, phone: false };
  let stored = true;

  /** @returns {Saved} */
  function read() {
    try {
      const text = stored ? localStorage.getItem(key) : null;
      if (text !== null) memory = { ...memory, ...JSON.parse(text) };
    } catch {
      // Storage that is switched off, or words that are not ours: memory has the rest.
    }
    return memory;
  }

  return {
    read,
    write(change) {
      memory = { ...read(), ...change };
      try {
        localStorage.setItem(key, JSON.stringify(memory));
      } catch {
        stored = false;
      }
    },
  };
}
