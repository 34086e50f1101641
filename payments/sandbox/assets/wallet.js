// @ts-check
// How does the customer's choice in a wallet's sheet reach the merchant's page? As the name of a token, never as a card.

const about = new URLSearchParams(location.search);
const CHANNEL = about.get('channel') ?? '';
const PARENT_ORIGIN = about.get('origin') ?? '';
const buttons = [...document.querySelectorAll('button')];
let chosen = false;

/**
 * @param {string} say
 * @param {unknown} [detail]
 */
function tellParent(say, detail) {
  if (parent !== window) parent.postMessage({ channel: CHANNEL, say, detail }, PARENT_ORIGIN);
}

/** @param {string} token "" gives up */
function choose(token) {
  if (chosen) return;
  chosen = true;
  for (const button of buttons) button.setAttribute('aria-disabled', 'true');
  if (token) tellParent('chosen', token);
  else tellParent('over');
}

for (const button of buttons) button.addEventListener('click', () => choose(button.value));
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') choose('');
});

window.addEventListener('message', (event) => {
  if (event.source !== parent || event.origin !== PARENT_ORIGIN) return;
  const message = event.data;
  if (typeof message !== 'object' || message === null || message.channel !== CHANNEL) return;
  if (message.order === 'give_up') choose('');
  if (message.order === 'focus') document.querySelector('h1')?.focus();
});

tellParent('loaded');

export {};
