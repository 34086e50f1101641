// @ts-check
// What is a card field to the merchant's page? A frame with Stripe's Element interface around it.

/**
 * @typedef {object} Group
 * @property {string} id
 * @property {string} locale
 * @property {Record<string, any>} appearance
 * @property {Map<FieldKind, CardField>} fields
 * @property {Payment | null} payment what is to be paid, where the page said it beforehand
 * @property {WalletButtons | null} wallets
 * @property {boolean} submitted
 */

/**
 * @typedef {object} Payment
 * @property {number} amount as Stripe counts it
 * @property {string} currency
 * @property {string[] | undefined} types
 * @property {boolean} manual whether payment methods may be made of it
 */

const STATE_CLASSES = {
  base: 'StripeElement',
  complete: 'StripeElement--complete',
  empty: 'StripeElement--empty',
  focus: 'StripeElement--focus',
  invalid: 'StripeElement--invalid',
};
const LEAST_HEIGHT_PX = 20;
const USUAL_HEIGHT_PX = 24;

class CardField extends Emitter {
  /**
   * @param {Group} group
   * @param {FieldKind} kind
   * @param {Record<string, any>} options
   */
  constructor(group, kind, options) {
    super();
    this.group = group;
    this.kind = kind;
    this.options = { ...options };
    this.channel = randomId();
    /** @type {HTMLIFrameElement | null} */
    this.frame = null;
    /** @type {HTMLElement | null} */
    this.container = null;
    this.ready = false;
    this.destroyed = false;
    /** @type {ResizeObserver | null} */
    this.observer = null;
    /** @type {Map<string, (answer: any) => void>} */
    this.waiting = new Map();
    this.scheme = window.matchMedia('(prefers-color-scheme: dark)');
    this.onScheme = () => this.sendLook();
  }

  /** @param {string | HTMLElement} target */
  mount(target) {
    if (this.destroyed) throw new Error('This Element has already been destroyed.');
    const found = typeof target === 'string' ? document.querySelector(target) : target;
    if (!(found instanceof HTMLElement)) {
      throw new Error('The selector you specified applies to no DOM elements on the page.');
    }
    if (this.container === found) return;
    this.unmount();
    this.container = found;
    const frame = document.createElement('iframe');
    frame.name = `sandbox-${this.kind}-${this.channel}`;
    frame.title = titleOf(this.group.locale, this.kind);
    frame.setAttribute('scrolling', 'no');
    frame.setAttribute('allowtransparency', 'true');
    frame.src = this.address();
    dress(frame, {
      border: '0',
      margin: '0',
      padding: '0',
      width: '1px',
      'min-width': '100%',
      display: 'block',
      overflow: 'hidden',
      background: 'transparent',
      'color-scheme': 'light',
      'user-select': 'none',
    });
    this.frame = frame;
    listening.set(this.channel, { frame, hear: (message) => this.hear(message) });
    found.classList.add(STATE_CLASSES.base, STATE_CLASSES.empty);
    found.replaceChildren(frame);
    this.fit();
    this.observer = new ResizeObserver(() => this.fit());
    this.observer.observe(found);
    this.scheme.addEventListener('change', this.onScheme);
  }

  unmount() {
    if (this.container === null) return;
    listening.delete(this.channel);
    this.observer?.disconnect();
    this.scheme.removeEventListener('change', this.onScheme);
    this.frame?.remove();
    this.container.classList.remove(...Object.values(STATE_CLASSES));
    this.container = null;
    this.frame = null;
    this.ready = false;
    for (const answer of this.waiting.values()) answer(fieldGone());
    this.waiting.clear();
  }

  destroy() {
    this.unmount();
    this.destroyed = true;
    this.group.fields.delete(this.kind);
  }

  focus() {
    this.order('focus');
  }

  blur() {
    this.order('blur');
  }

  clear() {
    this.order('clear');
  }

  /** @param {Record<string, any>} options */
  update(options) {
    this.options = { ...this.options, ...options };
    this.sendLook();
  }

  /**
   * Asks the frame for something that has an answer; resolves, never rejects.
   * @param {string} order
   * @param {Record<string, unknown>} detail
   * @returns {Promise<any>}
   */
  ask(order, detail) {
    if (this.frame === null || !this.ready) return Promise.resolve(fieldGone());
    const request = randomId();
    return new Promise((resolve) => {
      this.waiting.set(request, resolve);
      this.order(order, { ...detail, request });
    });
  }

  address() {
    const about = new URLSearchParams({
      channel: this.channel,
      group: this.group.id,
      locale: this.group.locale,
      origin: window.location.origin,
    });
    return `${OWN_ORIGIN}/frames/${this.kind}#${about}`;
  }

  /** Fills the box it is in, so that a touch anywhere in the box lands in the field. */
  fit() {
    const { container, frame } = this;
    if (container === null || frame === null) return;
    dress(frame, { height: '0' });
    const style = window.getComputedStyle(container);
    const padding = parseFloat(style.paddingTop) + parseFloat(style.paddingBottom);
    const room = Math.floor(container.clientHeight - (padding || 0));
    dress(frame, { height: `${room >= LEAST_HEIGHT_PX ? room : USUAL_HEIGHT_PX}px` });
  }

  /**
   * @param {string} order
   * @param {unknown} [detail]
   */
  order(order, detail) {
    if (this.frame !== null) tell(this.frame, this.channel, order, detail);
  }

  sendLook() {
    if (this.container === null) return;
    const around = window.getComputedStyle(this.container);
    this.order('look', {
      inherited: { color: around.color },
      appearance: this.group.appearance,
      style: this.options['style'] ?? {},
      placeholder: this.options['placeholder'],
      disabled: this.options['disabled'] === true,
    });
  }

  /** @param {FrameMessage} message */
  hear(message) {
    switch (message.say) {
      case 'loaded':
        this.sendLook();
        return;
      case 'ready':
        this.ready = true;
        this.emit('ready', { elementType: this.kind });
        return;
      case 'focus':
      case 'blur':
        this.container?.classList.toggle(STATE_CLASSES.focus, message.say === 'focus');
        this.emit(message.say, { elementType: this.kind });
        return;
      case 'change':
        this.show(message.detail);
        this.emit('change', { elementType: this.kind, value: undefined, ...message.detail });
        return;
      case 'escape':
        this.emit('escape', { elementType: this.kind });
        return;
      case 'submit':
        this.container?.closest('form')?.requestSubmit();
        return;
      case 'answer':
        this.waiting.get(message.detail?.request)?.(message.detail?.answer);
        this.waiting.delete(message.detail?.request);
    }
  }

  /** @param {{empty: boolean, complete: boolean, error?: object}} state */
  show(state) {
    const classes = this.container?.classList;
    classes?.toggle(STATE_CLASSES.empty, state.empty);
    classes?.toggle(STATE_CLASSES.complete, state.complete);
    classes?.toggle(STATE_CLASSES.invalid, state.error !== undefined);
  }
}

function fieldGone() {
  return {
    error: {
      type: 'invalid_request_error',
      code: 'element_not_mounted',
      message: 'The card field is not on the page, or not ready yet.',
    },
  };
}
