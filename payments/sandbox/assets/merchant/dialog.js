// @ts-check
// How does a page of ours stand before the merchant's, for the bank's question or the wallet's window? In a modal dialog.

const LOADING_PATIENCE_MS = 15000;

/**
 * Shows the page in a frame until what is answered is called; `closed` is called once, whoever closes it.
 * @param {URL} url of our own origin
 * @param {string} title
 * @param {string} locale
 * @param {{heard: (message: FrameMessage) => unknown, closed: () => void}} hear
 * @returns {() => void}
 */
function openFramed(url, title, locale, hear) {
  const channel = randomId();
  url.searchParams.set('locale', locale);
  url.searchParams.set('channel', channel);
  url.searchParams.set('origin', window.location.origin);
  const dialog = document.createElement('dialog');
  const frame = frameOf(url.href, title);
  dialog.setAttribute('aria-label', title);
  dressDialog(dialog);
  dialog.append(guard(frame), frame, guard(frame));
  const before = document.activeElement;
  const scrolling = document.documentElement.style.overflow;
  const close = () => {
    if (!listening.delete(channel)) return;
    window.clearTimeout(patience);
    document.documentElement.style.overflow = scrolling;
    if (dialog.open) dialog.close();
    dialog.remove();
    if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    hear.closed();
  };
  // A page that cannot be loaded must not hold the customer: a phone has no Escape key.
  const patience = window.setTimeout(close, LOADING_PATIENCE_MS);
  listening.set(channel, {
    frame,
    hear: (message) => {
      if (message.say === 'loaded') {
        window.clearTimeout(patience);
        tell(frame, channel, 'focus');
      }
      hear.heard(message);
    },
  });
  // Escape gives up: the page is told, and says when it is over. Pressed twice, the browser
  // closes the dialog by itself; a bank's question then stays open at the bank.
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    tell(frame, channel, 'give_up');
  });
  dialog.addEventListener('close', close);
  document.body.append(dialog);
  document.documentElement.style.overflow = 'hidden';
  dialog.showModal();
  frame.focus();
  return close;
}

/**
 * Sends a focus that leaves the frame back into it: past the dialog's ends, browsers let Tab go on to frames of the
 * page behind, and a card field under a bank's question must not take what is typed.
 * @param {HTMLIFrameElement} frame
 */
function guard(frame) {
  const stop = document.createElement('span');
  stop.tabIndex = 0;
  stop.addEventListener('focus', () => frame.focus());
  dress(stop, { position: 'fixed', outline: '0' });
  return stop;
}

/**
 * @param {string} address
 * @param {string} title
 */
function frameOf(address, title) {
  const frame = document.createElement('iframe');
  const phone = window.innerWidth <= 480;
  frame.src = address;
  frame.title = title;
  dress(frame, {
    border: '0',
    width: 'min(420px, 100vw)',
    height: phone ? '100dvh' : 'min(600px, 100dvh)',
    margin: 'auto',
    display: 'block',
    background: '#fff',
    'color-scheme': 'light',
    'border-radius': phone ? '0' : '16px',
    'box-shadow': '0 24px 64px rgba(0, 0, 0, 0.35)',
  });
  return frame;
}

/** @param {HTMLDialogElement} dialog */
function dressDialog(dialog) {
  dress(dialog, {
    position: 'fixed',
    inset: '0',
    width: '100vw',
    height: '100dvh',
    'max-width': 'none',
    'max-height': 'none',
    margin: '0',
    padding: '0',
    border: '0',
    display: 'grid',
    'place-items': 'center',
    background: 'rgba(13, 20, 33, 0.62)',
    'z-index': '2147483647',
    overflow: 'hidden',
  });
}
