// @ts-check
// How does the cardholder's answer reach the bank, and the component or the shop learn of it?

const form = document.querySelector('form');
const trouble = document.getElementById('trouble');
let sending = false;

/** @param {string} outcome */
async function answer(outcome) {
  if (sending || form === null) return;
  sending = true;
  if (trouble !== null) trouble.hidden = true;
  try {
    const response = await fetch(form.action, {
      method: 'POST',
      body: new URLSearchParams({ outcome }),
    });
    if (!response.ok && response.status !== 410) throw new Error('not heard');
    const heard = await response.json();
    if (form.dataset['framed'] === 'yes') {
      const result = { transStatus: String(heard.transStatus) };
      // As Adyen's notification page does: the component believes nothing but where it comes from.
      parent.postMessage(JSON.stringify({ type: 'challengeResult', result }), '*');
    } else if (typeof heard.next === 'string') location.replace(heard.next);
    else location.reload();
  } catch {
    sending = false;
    if (trouble !== null) trouble.hidden = false;
  }
}

form?.addEventListener('submit', (event) => {
  event.preventDefault();
  const pressed = event.submitter;
  if (pressed instanceof HTMLButtonElement) void answer(pressed.value);
});
document.querySelector('h1')?.focus();
