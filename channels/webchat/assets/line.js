// @ts-check
// The line to the service. A refusal is an answer; anything else that goes wrong is a lost network.

export class Refusal extends Error {
  /**
   * @param {number} status
   * @param {number} waitSeconds
   */
  constructor(status, waitSeconds) {
    super(`refused: ${status}`);
    this.status = status;
    this.waitSeconds = waitSeconds;
  }

  /** Whether asking again, later, may help. */
  get passes() {
    return this.status >= 500 || this.status === 429 || this.status === 408;
  }

  /** Whether the visitor is known no more. */
  get forgets() {
    return this.status === 401 || this.status === 410;
  }
}

/** What the service knows a message by, however often it is sent. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * @param {string} url
 * @param {string | undefined} origin
 */
export function leadsTo(url, origin) {
  try {
    const found = new URL(url);
    return /^https?:$/.test(found.protocol) && found.origin === origin;
  } catch {
    return false;
  }
}

/**
 * @typedef {{ token?: string | null, body?: unknown, seconds?: number, signal?: AbortSignal }} Options
 * @typedef {(method: 'GET' | 'POST', path: string, options?: Options) => Promise<any>} Line
 */

/**
 * @param {string} base
 * @returns {Line}
 */
export function openLine(base) {
  return async (method, path, options = {}) => {
    const { token, body, seconds = 15, signal } = options;
    const giveUp = new AbortController();
    const timer = setTimeout(() => giveUp.abort(), seconds * 1000);
    signal?.addEventListener('abort', () => giveUp.abort());
    /** @type {Record<string, string>} */
    const headers = {};
    if (token) headers.Authorization = `Bearer ${token}`;
    if (body !== undefined) headers['Content-Type'] = 'application/json';
    try {
      const answer = await fetch(base + path, {
        method,
        headers,
        body: body === undefined ? undefined : JSON.stringify(body),
        credentials: 'omit',
        cache: 'no-store',
        referrerPolicy: 'strict-origin',
        signal: giveUp.signal,
      });
      if (!answer.ok) throw new Refusal(answer.status, Number(answer.headers.get('Retry-After')));
      return answer.status === 204 ? null : await answer.json();
    } finally {
      clearTimeout(timer);
    }
  };
}
