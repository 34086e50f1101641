// @ts-check
// How does the merchant's page talk to the sandbox's frames and to its API?
//
// Messages carry an id that only this page and its frames know, and both sides check the exact
// origin and the exact window. No message ever holds card data: it goes from frame to frame inside
// the sandbox's own origin, and from there to the API.

const loadedFrom = document.currentScript;
if (!(loadedFrom instanceof HTMLScriptElement)) {
  throw new Error('The script has to be loaded with a script element.');
}
const OWN_ORIGIN = new URL(loadedFrom.src).origin;

/**
 * @typedef {object} FrameMessage
 * @property {string} channel
 * @property {string} say
 * @property {any} [detail]
 */

/** @type {Map<string, {frame: HTMLIFrameElement, hear: (message: FrameMessage) => void}>} */
const listening = new Map();

window.addEventListener('message', (event) => {
  if (event.origin !== OWN_ORIGIN) return;
  const message = event.data;
  if (typeof message !== 'object' || message === null) return;
  const known = listening.get(message.channel);
  if (known === undefined || event.source !== known.frame.contentWindow) return;
  known.hear(message);
});

/** @returns {string} 128 random bits in hexadecimal. */
function randomId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * @param {HTMLIFrameElement} frame
 * @param {string} channel
 * @param {string} order
 * @param {unknown} [detail]
 */
function tell(frame, channel, order, detail) {
  frame.contentWindow?.postMessage({ channel, order, detail }, OWN_ORIGIN);
}

/**
 * Styles through the object model alone: the merchant's policy may forbid everything else.
 * @param {HTMLElement} element
 * @param {Record<string, string>} styles
 */
function dress(element, styles) {
  for (const [name, value] of Object.entries(styles)) {
    element.style.setProperty(name, value, 'important');
  }
}

/**
 * Nested values as Stripe's API takes them: `a[b]=c`.
 * @param {URLSearchParams} form
 * @param {string} name
 * @param {unknown} value
 */
function addToForm(form, name, value) {
  if (value === undefined || value === null) return;
  if (typeof value === 'object') {
    for (const [inner, each] of Object.entries(value)) addToForm(form, `${name}[${inner}]`, each);
  } else {
    form.append(name, String(value));
  }
}

/**
 * Never rejects: what goes wrong is an error object, as in Stripe's script.
 * @param {'GET' | 'POST'} method
 * @param {string} path
 * @param {Record<string, unknown>} values
 * @returns {Promise<any>}
 */
async function askApi(method, path, values) {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) addToForm(form, name, value);
  const url = new URL(path, OWN_ORIGIN);
  if (method === 'GET') url.search = form.toString();
  try {
    const response = await fetch(url, {
      method,
      body: method === 'GET' ? null : form,
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
    });
    return await response.json();
  } catch {
    return {
      error: {
        type: 'api_connection_error',
        message: 'The payment provider could not be reached. Check your connection and try again.',
      },
    };
  }
}
