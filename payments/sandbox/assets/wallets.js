// @ts-check
// What is inside the frame of the wallets' buttons? Buttons alone: which were pressed, and how much room they take.

const about = new URLSearchParams(location.hash.slice(1));
const CHANNEL = about.get('channel') ?? '';
const PARENT_ORIGIN = about.get('origin') ?? '';
const main = /** @type {HTMLElement} */ (document.querySelector('main'));
const buttons = [...document.querySelectorAll('button')];

/**
 * @param {string} say
 * @param {unknown} [detail]
 */
function tellParent(say, detail) {
  parent.postMessage({ channel: CHANNEL, say, detail }, PARENT_ORIGIN);
}

/** @param {{wallets: string[], dark: boolean, height: number, radius: string}} look */
function apply(look) {
  for (const button of buttons) button.hidden = !look.wallets.includes(button.value);
  document.documentElement.classList.toggle('dark', look.dark);
  main.style.setProperty('--height', `${look.height}px`);
  if (CSS.supports('border-radius', look.radius)) main.style.setProperty('--radius', look.radius);
  tellParent('size', main.offsetHeight);
}

for (const button of buttons) {
  button.addEventListener('click', () => tellParent('click', button.value));
  button.addEventListener('focus', () => tellParent('focus'));
  button.addEventListener('blur', () => tellParent('blur'));
}
new ResizeObserver(() => tellParent('size', main.offsetHeight)).observe(main);

window.addEventListener('message', (event) => {
  if (event.source !== parent || event.origin !== PARENT_ORIGIN) return;
  const message = event.data;
  if (typeof message !== 'object' || message === null || message.channel !== CHANNEL) return;
  if (message.order === 'look') apply(message.detail);
  if (message.order === 'focus') buttons.find((button) => !button.hidden)?.focus();
});

document.documentElement.lang = about.get('locale') ?? 'en';
tellParent(
  'loaded',
  buttons.map((button) => button.value),
);

export {};
