// @ts-check
// What are wallets to the merchant's page? Stripe's Express Checkout Element: buttons in a frame, and a sheet on a press.
// https://docs.stripe.com/js/elements_object/create_express_checkout_element

/** @type {Record<string, string>} */
const OPTION_NAMES = { google_pay: 'googlePay', apple_pay: 'applePay' };
const RESOLVE_PATIENCE_MS = 1000;
const BUTTON_HEIGHT_PX = 44;
const BUTTON_HEIGHT_MIN_PX = 40;
const BUTTON_HEIGHT_MAX_PX = 55;

class WalletButtons extends Emitter {
  /**
   * @param {Group} group
   * @param {Record<string, any>} options
   */
  constructor(group, options) {
    super();
    if (group.payment === null) {
      throw new Error('The expressCheckout element needs elements() with a mode, an amount and a currency.');
    }
    this.group = group;
    this.options = { ...options };
    this.channel = randomId();
    /** @type {HTMLIFrameElement | null} */
    this.frame = null;
    /** @type {string[]} */
    this.offered = [];
    this.ready = false;
    /** @type {{wallet: string, token: string, close: () => void} | null} */
    this.agreed = null;
    this.busy = false;
  }

  /** @param {string | HTMLElement} target */
  mount(target) {
    const found = typeof target === 'string' ? document.querySelector(target) : target;
    if (!(found instanceof HTMLElement)) {
      throw new Error('The selector you specified applies to no DOM elements on the page.');
    }
    this.unmount();
    const frame = document.createElement('iframe');
    const about = new URLSearchParams({
      channel: this.channel,
      locale: this.group.locale,
      origin: window.location.origin,
    });
    frame.title = titleOf(this.group.locale, 'wallets');
    frame.setAttribute('scrolling', 'no');
    frame.allow = 'payment';
    frame.src = `${OWN_ORIGIN}/wallets#${about}`;
    dress(frame, {
      border: '0',
      // The outlines of focused buttons stand out of the box that they are laid out in.
      margin: '-4px',
      width: 'calc(100% + 8px)',
      height: '0',
      display: 'block',
      background: 'transparent',
      'color-scheme': 'light',
    });
    this.frame = frame;
    listening.set(this.channel, { frame, hear: (message) => this.hear(message) });
    found.replaceChildren(frame);
  }

  unmount() {
    listening.delete(this.channel);
    this.agreed?.close();
    this.frame?.remove();
    this.frame = null;
    this.ready = false;
  }

  destroy() {
    this.unmount();
    this.group.wallets = null;
  }

  /** @param {Record<string, any>} options */
  update(options) {
    this.options = { ...this.options, ...options };
    this.sendLook();
  }

  focus() {
    if (this.frame !== null) tell(this.frame, this.channel, 'focus');
  }

  sendLook() {
    if (this.frame === null) return;
    const { theme, variables } = this.group.appearance;
    const height = Number(this.options['buttonHeight']) || BUTTON_HEIGHT_PX;
    tell(this.frame, this.channel, 'look', {
      wallets: this.offered,
      dark: theme === 'night',
      height: Math.min(Math.max(height, BUTTON_HEIGHT_MIN_PX), BUTTON_HEIGHT_MAX_PX),
      radius: String(variables?.borderRadius ?? '4px'),
    });
  }

  /** @param {FrameMessage} message */
  hear(message) {
    const { say, detail } = message;
    if (say === 'loaded' && Array.isArray(detail)) this.show(detail);
    if (say === 'size' && this.frame !== null) dress(this.frame, { height: `${Number(detail)}px` });
    if (say === 'focus' || say === 'blur') this.emit(say, { elementType: 'expressCheckout' });
    if (say === 'click' && this.offered.includes(detail)) this.pressed(detail);
  }

  /** @param {string[]} known the wallets of this account */
  show(known) {
    const wanted = this.options['paymentMethods'] ?? {};
    const cards = this.group.payment?.types?.includes('card') ?? true;
    const may = (/** @type {string} */ name) => wanted[OPTION_NAMES[name] ?? ''] !== 'never';
    this.offered = cards ? known.filter(may) : [];
    this.sendLook();
    this.ready = true;
    const available = {
      amazonPay: false,
      applePay: this.offered.includes('apple_pay'),
      googlePay: this.offered.includes('google_pay'),
      klarna: false,
      link: false,
      paypal: false,
    };
    const availablePaymentMethods = this.offered.length ? available : undefined;
    this.emit('ready', { elementType: 'expressCheckout', availablePaymentMethods });
  }

  /** @param {string} wallet */
  pressed(wallet) {
    if (this.busy) return;
    let open = true;
    const resolve = (/** @type {Record<string, any>} */ details = {}) => {
      if (open) this.openSheet(wallet, details);
      open = false;
    };
    window.setTimeout(() => {
      if (open) console.warn('The click event was not resolved within one second.');
      open = false;
    }, RESOLVE_PATIENCE_MS);
    if (!this.handlers.get('click')?.size) resolve();
    this.emit('click', { elementType: 'expressCheckout', expressPaymentType: wallet, resolve });
  }

  /**
   * @param {string} wallet
   * @param {Record<string, any>} details
   */
  openSheet(wallet, details) {
    const { payment, locale } = this.group;
    if (payment === null) return;
    this.busy = true;
    this.group.submitted = false;
    const business = details['business'] ?? this.options['business'];
    const close = openSheet(
      `/wallets/${wallet}`,
      {
        amount: String(payment.amount),
        currency: payment.currency,
        merchant: String(business?.name ?? ''),
      },
      locale,
      {
        chosen: (token) => this.confirm(wallet, token, close),
        closed: () => this.over(),
      },
    );
  }

  /** The sheet is gone: given up, or done with. */
  over() {
    const agreed = this.agreed;
    this.busy = false;
    this.agreed = null;
    if (agreed === null) this.emit('cancel', { elementType: 'expressCheckout' });
  }

  /**
   * @param {string} wallet
   * @param {string} token
   * @param {() => void} close
   */
  confirm(wallet, token, close) {
    this.agreed = { wallet, token, close };
    this.emit('confirm', {
      elementType: 'expressCheckout',
      expressPaymentType: wallet,
      billingDetails: { name: 'Test Customer' },
      paymentFailed: close,
    });
  }

  /**
   * What the customer agreed to in the sheet, once; handing it over ends the sheet.
   * @returns {{token: string, wallet: string} | null}
   */
  take() {
    const agreed = this.agreed;
    if (agreed === null || !this.group.submitted) return null;
    this.group.submitted = false;
    return { token: agreed.token, wallet: agreed.wallet };
  }

  close() {
    this.agreed?.close();
  }
}

/**
 * Opens the wallet's own window in a modal dialog. Answers what closes it; `closed` is called once.
 * @param {string} path
 * @param {Record<string, string>} about
 * @param {string} locale
 * @param {{chosen: (token: string) => void, closed: () => void}} hear
 * @returns {() => void}
 */
function openSheet(path, about, locale, hear) {
  const url = new URL(path, OWN_ORIGIN);
  url.search = new URLSearchParams(about).toString();
  let chosen = false;
  const close = openFramed(url, titleOf(locale, 'wallet'), locale, {
    heard: ({ say, detail }) => {
      if (chosen) return;
      if (say === 'over') close();
      if (say === 'chosen') {
        chosen = true;
        hear.chosen(String(detail));
      }
    },
    closed: hear.closed,
  });
  return close;
}
