// @ts-check
// What is the card component to the merchant's page? Three fields in frames, with the interface of Web Components 6.
// https://docs.adyen.com/payment-methods/cards/web-component

/** The card component: three fields in frames of this origin. */
class Card {
  static type = 'scheme';

  /** @param {Core} checkout @param {any} [props] */
  constructor(checkout, props = {}) {
    this.core = checkout;
    this.props = { showPayButton: true, ...checkout.options, ...props };
    this.type = Card.type;
    this.channel = Array.from(crypto.getRandomValues(new Uint8Array(12)), (b) => b.toString(16)).join('');
    /** @type {Map<string, any>} */
    this.fields = new Map();
    this.brand = null;
    this.holderName = '';
    this.status = 'ready';
    this.hear = this.hear.bind(this);
  }

  get isValid() {
    return (
      FIELDS.every((name) => this.fields.get(name)?.valid === true) &&
      !(this.props.hasHolderName && this.props.holderNameRequired && this.holderName.trim() === '')
    );
  }

  get data() {
    const blobs = Object.assign({}, ...[...this.fields.values()].map((each) => each.blobs));
    return {
      paymentMethod: {
        type: Card.type,
        holderName: this.holderName,
        ...blobs,
        ...(this.brand === null ? {} : { brand: this.brand }),
      },
      browserInfo: browserInfo(),
      origin: window.location.origin,
      clientStateDataIndicator: true,
    };
  }

  get state() {
    /** @type {Record<string, any>} */
    const errors = {};
    /** @type {Record<string, boolean>} */
    const valid = {};
    for (const [name, each] of this.fields) {
      valid[name] = each.valid;
      errors[name] = each.code === null ? null : { isValid: false, errorMessage: each.error, errorI18n: each.error, error: each.code, rootNode: this.node };
    }
    return { data: this.data, errors, valid, isValid: this.isValid };
  }

  /** @param {string | HTMLElement} target */
  mount(target) {
    this.unmount();
    this.node = nodeOf(target);
    const box = make('div', 'adyen-checkout__card-input');
    const pair = make('div', 'adyen-checkout__field-group');
    box.append(this.addField('encryptedCardNumber'), pair);
    pair.append(this.addField('encryptedExpiryDate'), this.addField('encryptedSecurityCode'));
    if (this.props.hasHolderName) box.append(this.addHolderName());
    if (this.props.showPayButton) {
      const button = make('button', 'adyen-checkout__button adyen-checkout__button--pay');
      button.textContent = 'Pay';
      button.addEventListener('click', () => this.submit());
      box.append(button);
    }
    window.addEventListener('message', this.hear);
    this.node.replaceChildren(box);
    return this;
  }

  unmount() {
    window.removeEventListener('message', this.hear);
    this.node?.replaceChildren();
    this.action?.unmount();
    this.fields.clear();
    return this;
  }

  remove() {
    this.unmount();
  }

  /** @param {string} name */
  addField(name) {
    const part = CLASS_PARTS[name];
    const box = make('div', `adyen-checkout__field adyen-checkout__field--${part}`);
    const label = make('span', 'adyen-checkout__label__text');
    const wrapper = make('span', `adyen-checkout__input-wrapper adyen-checkout__card__${part}__input`);
    wrapper.dataset['cse'] = name;
    const wrong = make('span', 'adyen-checkout-contextual-text--error');
    const frame = document.createElement('iframe');
    frame.className = 'js-iframe';
    frame.title = `Iframe for ${part}`;
    frame.setAttribute('scrolling', 'no');
    const locale = String(this.props.locale ?? 'en').split(/[-_]/)[0];
    const about = new URLSearchParams({ channel: this.channel, locale, origin: location.origin });
    frame.src = `${OWN_ORIGIN}/securedfields/${name}#${about}`;
    wrapper.append(frame);
    box.append(label, wrapper, wrong);
    this.fields.set(name, { name, frame, label, wrapper, wrong, valid: false, code: null, error: '', blobs: {}, loaded: false });
    return box;
  }

  addHolderName() {
    const box = make('label', 'adyen-checkout__field adyen-checkout__card__holderName');
    const label = make('span', 'adyen-checkout__label__text');
    label.textContent = this.props.holderNameLabel ?? 'Name on card';
    const wrapper = make('span', 'adyen-checkout__input-wrapper');
    const input = /** @type {HTMLInputElement} */ (make('input', 'adyen-checkout__input'));
    input.name = 'holderName';
    input.autocomplete = 'cc-name';
    input.addEventListener('input', () => {
      this.holderName = input.value;
      this.props.onChange?.(this.state, this);
    });
    wrapper.append(input);
    box.append(label, wrapper);
    return box;
  }

  /** @param {MessageEvent} event */
  hear(event) {
    if (event.origin !== OWN_ORIGIN || event.data?.channel !== this.channel) return;
    const field = [...this.fields.values()].find((each) => each.frame.contentWindow === event.source);
    if (field === undefined) return;
    const message = event.data;
    if (message.say === 'loaded') this.loaded(field, message.label);
    else if (message.say === 'focus') this.focused(field, message.focus === true);
    else if (message.say === 'brand') this.branded(message.brand);
    else if (message.say === 'state') this.changed(field, message);
    else if (message.say === 'enter' && this.props.showPayButton) this.submit();
  }

  /** @param {any} field @param {string} label */
  loaded(field, label) {
    field.loaded = true;
    field.label.textContent = label;
    field.frame.title = label;
    if (![...this.fields.values()].every((each) => each.loaded)) return;
    this.props.onLoad?.({ iframesLoaded: true });
    this.props.onConfigSuccess?.({ iframesConfigured: true, type: 'card', rootNode: this.node });
    this.props.onReady?.();
  }

  /** @param {any} field @param {boolean} focus */
  focused(field, focus) {
    field.wrapper.classList.toggle('adyen-checkout__input-wrapper--focus', focus);
    const told = { action: 'focus', focus, fieldType: field.name, type: 'card', rootNode: this.node, currentFocusObject: focus ? field.name : null };
    (focus ? this.props.onFocus : this.props.onBlur)?.(told);
  }

  /** @param {string} name */
  branded(name) {
    this.brand = BRANDS[name] ?? null;
    this.tell(this.fields.get('encryptedSecurityCode'), { order: 'brand', brand: name });
    this.props.onBrand?.({ type: 'card', rootNode: this.node, brand: this.brand ?? 'card', brandImageUrl: '' });
  }

  /** @param {any} field @param {any} told */
  changed(field, told) {
    field.code = told.code ?? null;
    field.error = told.error ?? '';
    field.wrong.textContent = field.error;
    field.wrapper.classList.toggle('adyen-checkout__input-wrapper--invalid', field.code !== null);
    const was = field.blobs;
    field.valid = told.valid === true;
    field.blobs = told.blobs ?? {};
    const names = Object.keys(field.valid ? field.blobs : was);
    for (const encryptedFieldName of names) {
      this.props.onFieldValid?.({
        fieldType: field.name,
        encryptedFieldName,
        uid: `card-encrypted-${encryptedFieldName}`,
        type: 'card',
        valid: field.valid,
        rootNode: this.node,
        ...(field.valid ? { blob: field.blobs[encryptedFieldName] } : {}),
        ...(told.endDigits ? { endDigits: told.endDigits, issuerBin: Number(told.issuerBin) } : {}),
      });
    }
    this.props.onChange?.(this.state, this);
  }

  /** @param {any} field @param {object} order */
  tell(field, order) {
    field?.frame.contentWindow?.postMessage({ channel: this.channel, ...order }, OWN_ORIGIN);
  }

  showValidation() {
    const faulty = [...this.fields.values()].filter((each) => !each.valid);
    for (const each of faulty) this.tell(each, { order: 'validate' });
    this.tell(faulty[0], { order: 'focus' });
    return this;
  }

  /** @param {string} name */
  setFocusOn(name) {
    this.tell(this.fields.get(name), { order: 'focus' });
    return this;
  }

  /** @param {string} status */
  setStatus(status) {
    this.status = status;
    return this;
  }

  submit() {
    if (!this.isValid) {
      this.showValidation();
      return;
    }
    this.setStatus('loading');
    const given = { data: this.data, isValid: this.isValid };
    this.settle((actions) => this.props.onSubmit(given, this, actions));
  }

  /** @param {any} action @param {any} [props] */
  handleAction(action, props = {}) {
    const node = this.node;
    const handled = this.core.createFromAction(action, {
      ...this.props,
      ...props,
      onAdditionalDetails: (/** @type {any} */ state) => {
        this.settle((actions) => this.props.onAdditionalDetails(state, this, actions));
      },
    });
    this.unmount();
    this.action = handled;
    if (node !== undefined) handled.mount(node);
    return handled;
  }

  /**
   * Hands over to the page, and goes on as it resolves: with an action, or to the end.
   * @param {(actions: {resolve: (answer: any) => void, reject: (error?: any) => void}) => void} handOver
   */
  settle(handOver) {
    new Promise((resolve, reject) => {
      handOver({ resolve, reject });
    })
      .then((/** @type {any} */ answer) => {
        this.setStatus('ready');
        if (answer.action) this.handleAction(answer.action);
        else if (FAILED.includes(answer.resultCode)) this.props.onPaymentFailed?.(answer, this);
        else this.props.onPaymentCompleted?.(answer, this);
      })
      .catch((error) => {
        this.setStatus('ready');
        this.props.onPaymentFailed?.(error, this);
      });
  }
}

/** @param {any} options */
const AdyenCheckout = async (options) => new Core(options).initialize();
Object.assign(window, { AdyenWeb: { AdyenCheckout, Card } });
