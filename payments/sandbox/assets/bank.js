// @ts-check
// How does the cardholder's answer reach the bank, and the merchant's page learn that it is over?

const form = document.querySelector('form');
const trouble = document.getElementById('trouble');
const about = new URLSearchParams(location.search);
const framed = about.get('framed') === '1' && parent !== window;
const CHANNEL = about.get('channel') ?? '';
const PARENT_ORIGIN = about.get('origin') ?? '';
let sending = false;

/** @param {string} say */
function tellParent(say) {
  if (framed && PARENT_ORIGIN !== '') parent.postMessage({ channel: CHANNEL, say }, PARENT_ORIGIN);
}

/** @param {boolean} busy */
function show(busy) {
  sending = busy;
  form?.setAttribute('aria-busy', String(busy));
  for (const button of form?.querySelectorAll('button') ?? []) {
    button.setAttribute('aria-disabled', String(busy));
  }
}

/** @param {string} outcome */
async function answer(outcome) {
  if (sending || form === null) return;
  show(true);
  if (trouble !== null) trouble.hidden = true;
  try {
    const response = await fetch(form.action, {
      method: 'POST',
      headers: { Accept: 'application/json' },
      body: new URLSearchParams({ outcome }),
    });
    if (!response.ok && response.status !== 410) throw new Error('not heard');
    const heard = await response.json();
    if (framed) tellParent('over');
    else if (typeof heard.next === 'string') location.replace(heard.next);
    else location.reload();
  } catch {
    show(false);
    if (trouble !== null) trouble.hidden = false;
  }
}

form?.addEventListener('submit', (event) => {
  event.preventDefault();
  const pressed = event.submitter;
  if (pressed instanceof HTMLButtonElement) void answer(pressed.value);
});

// On its own page Escape does what it does everywhere; in the merchant's page it gives up.
document.addEventListener('keydown', (event) => {
  if (framed && event.key === 'Escape') void answer('fail');
});

window.addEventListener('message', (event) => {
  if (!framed || event.source !== parent || event.origin !== PARENT_ORIGIN) return;
  const message = event.data;
  if (typeof message !== 'object' || message === null || message.channel !== CHANNEL) return;
  if (message.order === 'give_up') void answer('fail');
  if (message.order === 'focus') document.querySelector('h1')?.focus();
});

tellParent('loaded');
if (form === null) tellParent('over');
