// @ts-check
// The chat on the screen: a button in the corner, and a dialog beside it.

import { dress, icon, make } from './dom.js';
import { phoneForm } from './phone.js';
import { CSS } from './styles.js';

/**
 * @typedef {object} Told
 * @property {string} id
 * @property {string | null} client_id
 * @property {'in' | 'out'} direction
 * @property {string} text
 * @property {string} at
 * @property {{ label: string, url: string } | null} button
 * @property {string} status
 *
 * @typedef {object} Doings
 * @property {(text: string) => boolean} send
 * @property {(open: boolean) => void} opened
 * @property {(phone: string) => Promise<'saved' | 'wrong' | 'later'>} leavePhone
 * @property {(url: string) => boolean} isPayPage
 *
 * @typedef {ReturnType<typeof makeView>} View
 */

const BUBBLE = 'M21 12a8 8 0 0 1-8 8H4l2-3.5A8 8 0 1 1 21 12Z';
const CROSS = 'M6 6l12 12M18 6L6 18';
const ARROW = 'M4 12h15M13 6l6 6-6 6';
const TEXT_LENGTH_MAX = '2000';
const SETTLE_MS = 1000;

/** Whether the open chat leaves nothing of the page: as the styles have it. */
export function fillsScreen() {
  return matchMedia('(max-width: 30rem), (max-height: 26rem)').matches;
}

/**
 * @param {import('./texts.js').Texts} texts
 * @param {string} language
 * @param {string} direction
 * @param {Doings} doings
 */
export function makeView(texts, language, direction, doings) {
  const host = document.createElement('paythread-chat');
  const shadow = host.attachShadow({ mode: 'open' });
  dress(shadow, CSS);
  // Of some languages a browser knows no words for the time of day: then figures alone.
  const [known = 'en-GB'] = Intl.DateTimeFormat.supportedLocalesOf(language);
  const clock = new Intl.DateTimeFormat(known, { hour: 'numeric', minute: '2-digit' });

  const badge = make('span', { class: 'badge', 'aria-hidden': 'true', hidden: '' });
  const launcher = make(
    'button',
    { class: 'launcher', type: 'button', 'aria-expanded': 'false', 'aria-label': texts.open },
    icon(BUBBLE),
    badge,
  );
  const live = make('p', { class: 'hidden', role: 'status' });
  const title = make('h2', { id: 'title' });
  const close = make('button', { class: 'close', type: 'button', 'aria-label': texts.close });
  close.append(icon(CROSS));
  const notice = make('p', { class: 'notice', hidden: '' });
  const log = make('div', {
    class: 'log',
    role: 'log',
    'aria-live': 'polite',
    'aria-label': texts.log,
    tabindex: '0',
  });
  const input = make('textarea', { id: 'text', rows: '1', maxlength: TEXT_LENGTH_MAX });
  const send = make('button', { class: 'solid send', 'aria-label': texts.send }, icon(ARROW));
  const composer = make(
    'form',
    { class: 'composer row' },
    make('label', { class: 'hidden', for: 'text' }, texts.write),
    input,
    send,
  );
  input.placeholder = texts.write;
  const phone = phoneForm(texts, doings);
  const panel = make(
    'section',
    { class: 'panel', role: 'dialog', 'aria-labelledby': 'title', hidden: '' },
    make('header', {}, title, close),
    // The region stands before it has words: else they would not be read out.
    make('div', { role: 'status' }, notice),
    log,
    phone.place,
    composer,
  );
  const root = make(
    'div',
    { class: 'root', lang: language, dir: direction },
    launcher,
    live,
    panel,
  );
  shadow.append(root);

  /** @type {Map<string, HTMLElement>} */
  const shown = new Map();

  /** @param {boolean} open */
  function show(open) {
    panel.hidden = !open;
    root.classList.toggle('open', open);
    launcher.setAttribute('aria-expanded', String(open));
    panel.setAttribute('aria-modal', String(fillsScreen()));
    if (open) log.scrollTop = log.scrollHeight;
    doings.opened(open);
  }

  function shut() {
    show(false);
    launcher.focus();
  }

  /**
   * Where the dialog hides the page, the focus must not go behind it.
   * @param {KeyboardEvent} event
   */
  function stay(event) {
    /** @type {NodeListOf<HTMLElement>} */
    const all = panel.querySelectorAll('button, a, input, textarea, [tabindex="0"]');
    const places = [...all].filter((each) => each.getClientRects().length > 0);
    const [from, to] = event.shiftKey ? [0, places.length - 1] : [places.length - 1, 0];
    if (shadow.activeElement !== places[from]) return;
    event.preventDefault();
    places[to].focus();
  }

  function submit() {
    const text = input.value.trim();
    if (text && doings.send(text)) input.value = '';
    input.focus();
  }

  launcher.addEventListener('click', () => {
    show(!root.classList.contains('open'));
    if (!panel.hidden) input.focus();
  });
  close.addEventListener('click', shut);
  panel.addEventListener('keydown', (event) => {
    if (event.key === 'Tab' && fillsScreen()) stay(event);
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    shut();
  });
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  });
  composer.addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
  });

  /**
   * @param {Told} told
   * @param {string} state
   */
  function drawn(told, state) {
    const mine = told.direction === 'in';
    const words = make('p', { class: 'text', dir: 'auto' }, told.text);
    const time = make('time', { datetime: told.at }, clock.format(new Date(told.at)));
    const meta = make('p', { class: 'meta' }, time, ' ', make('span', { class: 'state' }, state));
    const who = make('span', { class: 'hidden' }, `${mine ? texts.you : title.textContent}:`);
    const made = make('div', { class: `message ${mine ? 'me' : 'them'}` }, who);
    if (told.button !== null && doings.isPayPage(told.button.url)) {
      const pay = make(
        'a',
        { class: 'pay', href: told.button.url, target: '_blank', rel: 'noopener' },
        told.button.label,
        make('span', { class: 'hidden' }, ` (${texts.tab})`),
      );
      made.append(make('div', { class: 'card' }, words, pay));
    } else {
      made.append(words);
    }
    made.append(meta);
    return made;
  }

  return {
    host,
    /** @param {import('./store.js').Config} config */
    introduce(config) {
      title.textContent = config.name;
      const words =
        config.greeting[language] ?? config.greeting.en ?? Object.values(config.greeting)[0];
      if (!words || log.querySelector('.greeting')) return;
      const text = make('p', { class: 'text', dir: 'auto' }, words);
      log.prepend(make('div', { class: 'message them greeting' }, text));
    },
    /**
     * Shows a message, or what has become of one that is shown already.
     * @param {Told} told
     * @param {string} [state]
     */
    tell(told, state = '') {
      const key = told.client_id ?? told.id;
      const made = drawn(told, state);
      made.classList.toggle('failed', state === texts.failed);
      const old = shown.get(key);
      shown.set(key, made);
      if (old) {
        if (old.textContent !== made.textContent) old.replaceWith(made);
        else shown.set(key, old);
        return;
      }
      log.append(made);
      log.scrollTop = log.scrollHeight;
    },
    /** A whole thread that is shown again is not read out from its start. */
    hush() {
      log.setAttribute('aria-live', 'off');
      setTimeout(() => log.setAttribute('aria-live', 'polite'), SETTLE_MS);
    },
    /**
     * Puts these behind everything else, in this order.
     * @param {string[]} keys
     */
    arrange(keys) {
      log.append(...keys.flatMap((key) => shown.get(key) ?? []));
      log.scrollTop = log.scrollHeight;
    },
    clear() {
      for (const each of shown.values()) each.remove();
      shown.clear();
    },
    /** @param {string | null} words */
    note(words) {
      notice.textContent = words ?? '';
      notice.hidden = words === null;
    },
    /** @param {number} count */
    badge(count) {
      const words = texts.fresh.replace('{n}', String(count));
      badge.hidden = count === 0;
      badge.textContent = String(count);
      launcher.setAttribute('aria-label', count ? `${texts.open}. ${words}` : texts.open);
      live.textContent = count ? words : '';
    },
    offerPhone: phone.offer,
    show,
    get isOpen() {
      return !panel.hidden;
    },
  };
}
