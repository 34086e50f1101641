// @ts-check
// The web chat of one account, embedded with one script tag:
//   <script src="https://pay.example.com/chat/cha_…/widget.js" async></script>

import { Refusal, leadsTo, newId, openLine } from './line.js';
import { openStore } from './store.js';
import { directionOf, languageOf, textsOf } from './texts.js';
import { fillsScreen, makeView } from './view.js';

const QUEUE_MAX = 20;
const WAIT_SECONDS = 20;
const RETRY_SECONDS_MAX = 30;
// How often to ask where the service has no place to wait in.
const ASK_SECONDS = 5;

/** @param {string} base */
function begin(base) {
  const language = languageOf(document.documentElement.lang || navigator.language || 'en');
  const texts = textsOf(language);
  const line = openLine(base);
  const store = openStore(`paythread.${base}`);
  const view = makeView(texts, language, directionOf(language), {
    send,
    opened,
    leavePhone,
    isPayPage: (url) => leadsTo(url, store.read().config?.pay_origin),
  });

  /** @type {Map<string, import('./view.js').Told>} */
  const known = new Map();
  /** @type {string | null} */
  let cursor = null;
  let following = false;
  let flushing = false;
  let confirming = false;
  let tries = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let retry;
  let poll = new AbortController();
  let wake = () => {};

  /** @param {number} seconds */
  function pause(seconds) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, seconds * 1000);
      wake = () => {
        clearTimeout(timer);
        resolve(undefined);
      };
    });
  }

  // Going on after a loss

  /** @param {unknown} error */
  function trouble(error) {
    tries += 1;
    const limited = error instanceof Refusal && error.status === 429;
    if (!limited) view.note(navigator.onLine ? texts.unreachable : texts.offline);
    const growing =
      Math.min(RETRY_SECONDS_MAX, 2 ** Math.min(tries, 5)) * (0.75 + Math.random() / 2);
    return error instanceof Refusal ? Math.max(growing, error.waitSeconds || 0) : growing;
  }

  function well() {
    tries = 0;
    if (navigator.onLine) view.note(null);
  }

  function goOn() {
    view.note(navigator.onLine ? null : texts.offline);
    if (!navigator.onLine) return;
    poll.abort();
    wake();
    void flush();
    void follow();
  }

  function forget() {
    store.write({ token: null });
    cursor = null;
    known.clear();
    view.clear();
    for (const each of store.read().queue) pending(each);
  }

  async function token() {
    const mine = store.read().token;
    if (mine !== null) return mine;
    const made = await line('POST', '/visitors', { body: {} });
    store.write({ token: made.token });
    return /** @type {string} */ (made.token);
  }

  // Writing

  /** @param {import('./store.js').Pending} each @param {string} [state] */
  function pending(each, state = texts.sending) {
    const { id, text, at } = each;
    view.tell(
      { id, client_id: id, direction: 'in', text, at, button: null, status: 'pending' },
      state,
    );
  }

  /** @param {string} text */
  function send(text) {
    const { queue, phone } = store.read();
    if (queue.length >= QUEUE_MAX) {
      view.note(texts.full);
      return false;
    }
    // eslint-disable-next-line no-control-regex
    const plain = text.replace(/[\x00-\x08\x0b-\x1f\x7f]/g, ' ');
    const one = { id: newId(), text: plain, at: new Date().toISOString() };
    store.write({ queue: [...queue, one] });
    pending(one);
    if (!phone) view.offerPhone();
    void flush();
    return true;
  }

  /** @param {string} id */
  function drop(id) {
    store.write({ queue: store.read().queue.filter((each) => each.id !== id) });
  }

  async function flush() {
    if (flushing) return;
    flushing = true;
    let renewed = false;
    clearTimeout(retry);
    try {
      for (let next = store.read().queue[0]; next; next = store.read().queue[0]) {
        const { id, text } = next;
        try {
          await line('POST', '/messages', { token: await token(), body: { id, text } });
          drop(id);
          if (!known.has(id)) pending(next, '');
          well();
        } catch (error) {
          if (!(error instanceof Refusal) || error.passes) throw error;
          if (error.forgets && renewed) throw error;
          if (error.forgets) {
            renewed = true;
            forget();
          } else {
            drop(id);
            pending(next, texts.failed);
          }
        }
      }
    } catch (error) {
      retry = setTimeout(flush, trouble(error) * 1000);
    } finally {
      flushing = false;
    }
    void follow();
  }

  // Reading

  async function follow() {
    if (following) return;
    following = true;
    while (store.read().token !== null && document.visibilityState === 'visible') {
      try {
        poll = new AbortController();
        const query = `?wait=${cursor === null ? 0 : WAIT_SECONDS}${cursor ? `&after=${cursor}` : ''}`;
        const news = await line('GET', `/messages${query}`, {
          token: store.read().token,
          seconds: WAIT_SECONDS + 10,
          signal: poll.signal,
        });
        well();
        cursor = news.cursor;
        take(news.data, news.whole);
        if (!news.waits) await pause(ASK_SECONDS);
      } catch (error) {
        if (error instanceof Refusal && error.forgets) forget();
        else if (!poll.signal.aborted) await pause(trouble(error));
      }
    }
    following = false;
  }

  /** @param {import('./view.js').Told[]} news @param {boolean} whole */
  function take(news, whole) {
    if (whole) view.hush();
    for (const each of news) {
      known.set(each.client_id ?? each.id, each);
      if (each.client_id !== null) drop(each.client_id);
      view.tell(each);
    }
    if (whole) {
      // What is not sent yet may have been shown before what was said before it.
      const waiting = store.read().queue.map((each) => each.id);
      view.arrange([...news.map((each) => each.client_id ?? each.id), ...waiting]);
    }
    if (known.size && !store.read().phone) view.offerPhone();
    count();
    void confirm();
  }

  function unread() {
    return [...known.values()].filter((each) => each.direction === 'out' && each.status !== 'read');
  }

  function isRead() {
    return view.isOpen && document.visibilityState === 'visible';
  }

  function count() {
    view.badge(isRead() ? 0 : unread().length);
  }

  /** Says what has been shown and what has been read, once. */
  async function confirm() {
    const state = isRead() ? 'read' : 'delivered';
    const fresh = unread().filter((each) => state === 'read' || each.status === 'sent');
    if (confirming || !fresh.length) return;
    confirming = true;
    const to = fresh.reduce((newest, each) => (each.id > newest ? each.id : newest), '');
    try {
      await line('POST', '/read', { token: store.read().token, body: { to, state } });
      for (const each of fresh) each.status = state;
    } catch {
      // The next message, or the next opening, says it again.
      return;
    } finally {
      confirming = false;
    }
    // It may have been opened meanwhile.
    void confirm();
  }

  /** @param {boolean} open */
  function opened(open) {
    store.write({ open });
    count();
    void confirm();
  }

  /** @param {string} phone @returns {Promise<'saved' | 'wrong' | 'later'>} */
  async function leavePhone(phone) {
    try {
      await line('POST', '/phone', { token: await token(), body: { phone } });
      store.write({ phone: true });
      return 'saved';
    } catch (error) {
      return error instanceof Refusal && error.status === 422 ? 'wrong' : 'later';
    }
  }

  async function start() {
    const saved = store.read();
    try {
      store.write({ config: await line('GET', '') });
    } catch (error) {
      // A page that is not allowed may not read its refusal, so it looks like a lost network.
      const refused = error instanceof Refusal && !error.passes;
      if (refused || saved.config === null) {
        console.warn('The chat does not show here: is this page’s origin allowed?');
        if (!refused) window.addEventListener('online', start, { once: true });
        return;
      }
    }
    const { config, queue, open } = store.read();
    if (config === null) return;
    view.introduce(config);
    document.body.append(view.host);
    for (const each of queue) pending(each);
    // A dialog that fills the screen would hide the page that was asked for.
    if (open && !fillsScreen()) view.show(true);
    window.addEventListener('online', goOn);
    window.addEventListener('offline', goOn);
    document.addEventListener('visibilitychange', () => {
      count();
      void confirm();
      void follow();
    });
    goOn();
  }

  void start();
}

const tag = document.currentScript;
const base = tag instanceof HTMLScriptElement ? tag.src.replace(/\/widget\.js(\?.*)?$/, '') : '';
const once = `paythread:${base}`;
if (base && !(once in window)) {
  Object.defineProperty(window, once, { value: true });
  if (document.body) begin(base);
  else document.addEventListener('DOMContentLoaded', () => begin(base));
}
