// @ts-check
// How does an Element tell the merchant's page what happened? By Stripe's `on`, `once` and `off`.

/** @typedef {(event: any) => void} Handler */

class Emitter {
  constructor() {
    /** @type {Map<string, Set<Handler>>} */
    this.handlers = new Map();
  }

  /**
   * @param {string} event
   * @param {Handler} handler
   */
  on(event, handler) {
    const known = this.handlers.get(event) ?? new Set();
    known.add(handler);
    this.handlers.set(event, known);
    return this;
  }

  /**
   * @param {string} event
   * @param {Handler} handler
   */
  once(event, handler) {
    /** @type {Handler} */
    const only = (payload) => {
      this.off(event, only);
      handler(payload);
    };
    return this.on(event, only);
  }

  /**
   * @param {string} event
   * @param {Handler} [handler]
   */
  off(event, handler) {
    if (handler === undefined) this.handlers.delete(event);
    else this.handlers.get(event)?.delete(handler);
    return this;
  }

  /**
   * A handler's mistake is the page's own and does not keep the others from hearing.
   * @param {string} event
   * @param {object} payload
   */
  emit(event, payload) {
    for (const handler of [...(this.handlers.get(event) ?? [])]) {
      try {
        handler(payload);
      } catch (mistake) {
        window.setTimeout(() => {
          throw mistake;
        });
      }
    }
  }
}
