// @ts-check
// The number that a visitor may leave.

import { make } from './dom.js';

/**
 * Where the conversation may go on if it is cut.
 * @param {import('./texts.js').Texts} texts
 * @param {import('./view.js').Doings} doings
 */
export function phoneForm(texts, doings) {
  const opener = make(
    'button',
    { class: 'plain', type: 'button', 'aria-expanded': 'false' },
    texts.cut,
  );
  const input = make('input', {
    id: 'phone',
    type: 'tel',
    autocomplete: 'tel',
    maxlength: '40',
    'aria-describedby': 'agree error',
  });
  const error = make('p', { class: 'error', id: 'error', role: 'alert' });
  const form = make(
    'form',
    { class: 'phone', hidden: '', novalidate: '' },
    make('label', { for: 'phone' }, texts.phone),
    make('div', { class: 'row' }, input, make('button', { class: 'solid' }, texts.save)),
    make('p', { class: 'hint', id: 'agree' }, texts.agree),
    error,
  );
  const done = make('p', { role: 'status' });
  const place = make('div', { class: 'more', hidden: '' }, opener, form, done);

  opener.addEventListener('click', () => {
    form.hidden = !form.hidden;
    opener.setAttribute('aria-expanded', String(!form.hidden));
    if (!form.hidden) input.focus();
  });
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const came = await doings.leavePhone(input.value.trim());
    const trouble = { saved: '', wrong: texts.wrong, later: texts.unreachable }[came];
    error.textContent = trouble;
    input.setAttribute('aria-invalid', String(came === 'wrong'));
    if (came !== 'saved') return input.focus();
    form.hidden = opener.hidden = true;
    done.textContent = texts.saved;
    done.tabIndex = -1;
    done.focus();
  });

  return {
    place,
    offer() {
      place.hidden = false;
    },
  };
}
