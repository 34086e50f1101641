// @ts-check
// What does `Stripe(key)` give the merchant's page? Stripe's calls, answered by the sandbox.

/** Which group a page's `elements` object is. @type {WeakMap<object, Group>} */
const GROUPS = new WeakMap();
/** @type {readonly FieldKind[]} */
const FIELD_KINDS = ['cardNumber', 'cardExpiry', 'cardCvc'];

/**
 * @param {string} publishableKey
 * @param {{locale?: string}} [options]
 */
function Stripe(publishableKey, options = {}) {
  if (typeof publishableKey !== 'string' || !publishableKey.startsWith('pk_')) {
    throw new Error('Stripe() needs a publishable key, which begins with pk_.');
  }
  const locale = spokenLocale(options.locale);
  const call = new Calls(publishableKey, locale);
  return {
    elements: (/** @type {Record<string, any>} */ given = {}) => cardElements(given, locale),
    createPaymentMethod: (/** @type {any} */ data, /** @type {any} */ more) =>
      call.createPaymentMethod(typeof data === 'string' ? legacyArguments(data, more) : data),
    confirmCardPayment: (
      /** @type {string} */ secret,
      /** @type {any} */ data,
      /** @type {any} */ more,
    ) => call.confirmCardPayment(secret, data ?? {}, more ?? {}),
    handleNextAction: (/** @type {{clientSecret: string}} */ data) =>
      call.handleNextAction(data?.clientSecret),
    handleCardAction: (/** @type {string} */ secret) => call.handleNextAction(secret),
    retrievePaymentIntent: (/** @type {string} */ secret) => call.retrieve(secret),
    registerAppInfo() {},
    _registerWrapper() {},
  };
}
Stripe.version = 3;

/**
 * @param {string} type
 * @param {any} card
 */
function legacyArguments(type, card) {
  return { type, card };
}

/**
 * @param {Record<string, any>} given
 * @param {string} fallback
 */
function cardElements(given, fallback) {
  /** @type {Group} */
  const group = {
    id: randomId(),
    locale: given['locale'] === undefined ? fallback : spokenLocale(given['locale']),
    appearance: given['appearance'] ?? {},
    fields: new Map(),
    payment: paymentIn(given),
    wallets: null,
    submitted: false,
  };
  const made = {
    /**
     * @param {FieldKind | 'expressCheckout'} kind
     * @param {Record<string, any>} [options]
     */
    create(kind, options = {}) {
      if (kind === 'expressCheckout') {
        if (group.wallets) throw new Error(`Can only create one Element of type ${kind}.`);
        group.wallets = new WalletButtons(group, options);
        return group.wallets;
      }
      if (!FIELD_KINDS.includes(kind)) {
        throw new Error(`The sandbox makes the elements ${FIELD_KINDS.join(', ')}, expressCheckout.`);
      }
      if (group.fields.has(kind)) {
        throw new Error(`Can only create one Element of type ${kind}.`);
      }
      const field = new CardField(group, kind, options);
      group.fields.set(kind, field);
      return field;
    },
    getElement: (/** @type {FieldKind | 'expressCheckout'} */ kind) =>
      (kind === 'expressCheckout' ? group.wallets : group.fields.get(kind)) ?? null,
    update(/** @type {Record<string, any>} */ changes) {
      if (changes['appearance'] !== undefined) group.appearance = changes['appearance'];
      if (group.payment) Object.assign(group.payment, countedIn({ ...group.payment, ...changes }));
      for (const field of group.fields.values()) field.sendLook();
      group.wallets?.sendLook();
    },
    /** Has to be called before a payment method is made of a wallet. */
    submit: async () => {
      group.submitted = true;
      return {};
    },
  };
  GROUPS.set(made, group);
  return made;
}

/**
 * @param {Record<string, any>} given
 * @returns {Payment | null}
 */
function paymentIn(given) {
  if (given['mode'] === undefined) return null;
  if (given['mode'] !== 'payment') throw new Error('The sandbox knows the mode payment alone.');
  const manual = given['paymentMethodCreation'] === 'manual';
  return { ...countedIn(given), types: given['paymentMethodTypes'], manual };
}

/** @param {Record<string, any>} given */
function countedIn({ amount, currency }) {
  if (!Number.isInteger(amount) || amount <= 0) {
    throw new Error('elements() needs an amount greater than 0, in the smallest unit.');
  }
  if (!/^[a-z]{3}$/.test(currency)) {
    throw new Error('elements() needs a currency of three small letters.');
  }
  return { amount, currency };
}

class Calls {
  /**
   * @param {string} key
   * @param {string} locale
   */
  constructor(key, locale) {
    this.key = key;
    this.locale = locale;
  }

  /** @param {any} data */
  async createPaymentMethod(data) {
    if (data?.elements !== undefined) return this.takeFromWallet(GROUPS.get(data.elements), data.params);
    const card = data?.card;
    if (data?.type !== 'card' || card === undefined) {
      return mistaken('createPaymentMethod() needs type "card" and a card element.');
    }
    const extra = { billing_details: data.billing_details, metadata: data.metadata };
    if (card instanceof CardField) return this.tokenise(card.group, extra);
    if (typeof card.token === 'string') {
      const made = await askApi('POST', '/v1/payment_methods', {
        key: this.key,
        type: 'card',
        card: { token: card.token },
        ...extra,
      });
      return 'error' in made ? { error: made.error } : { paymentMethod: made };
    }
    return mistaken('createPaymentMethod() takes card data from card elements alone.');
  }

  /**
   * @param {Group | undefined} group
   * @param {any} params
   */
  async takeFromWallet(group, params) {
    if (!group?.payment?.manual) {
      throw new Error("createPaymentMethod() of elements needs paymentMethodCreation: 'manual'.");
    }
    const agreed = group.wallets?.take();
    if (!agreed) {
      throw new Error('elements.submit() must be called before createPaymentMethod(), in the confirm event.');
    }
    const made = await askApi('POST', '/v1/payment_methods', {
      key: this.key,
      type: 'card',
      card: agreed,
      billing_details: { name: 'Test Customer', ...params?.billing_details },
    });
    group.wallets?.close();
    return 'error' in made ? { error: made.error } : { paymentMethod: made };
  }

  /**
   * The number's frame gathers the rest from its siblings and speaks to the API by itself.
   * @param {Group} group
   * @param {Record<string, unknown>} extra
   * @returns {Promise<any>}
   */
  async tokenise(group, extra) {
    const number = group.fields.get('cardNumber');
    if (number === undefined) return mistaken('There is no cardNumber element.');
    const mounted = [...group.fields.values()].filter((field) => field.ready);
    return number.ask('tokenise', {
      key: this.key,
      extra: JSON.parse(JSON.stringify(extra)),
      siblings: mounted.map((field) => field.kind).filter((kind) => kind !== 'cardNumber'),
    });
  }

  /**
   * @param {string} secret
   * @param {any} data
   * @param {{handleActions?: boolean}} more
   */
  async confirmCardPayment(secret, data, more) {
    const chosen = data.payment_method;
    let method = typeof chosen === 'string' ? chosen : chosen?.id;
    if (chosen?.card !== undefined) {
      const made = await this.createPaymentMethod({ type: 'card', ...chosen });
      if (made.error !== undefined) return made;
      method = made.paymentMethod.id;
    }
    const path = intentPath(secret);
    if (path === null) return mistaken('That is not the client secret of a PaymentIntent.');
    const intent = await askApi('POST', `${path}/confirm`, {
      key: this.key,
      client_secret: secret,
      payment_method: method,
      return_url: data.return_url,
      use_stripe_sdk: 'true',
    });
    if (intent.error !== undefined) return { error: intent.error };
    if (intent.status !== 'requires_action' || more.handleActions === false) {
      return { paymentIntent: intent };
    }
    return this.act(secret, intent);
  }

  /** @param {string} secret */
  async handleNextAction(secret) {
    const found = await this.retrieve(secret);
    if (found.error !== undefined || found.paymentIntent.status !== 'requires_action') {
      return found;
    }
    return this.act(secret, found.paymentIntent);
  }

  /**
   * @param {string} secret
   * @param {any} intent
   */
  async act(secret, intent) {
    const next = intent.next_action;
    if (next?.type === 'redirect_to_url') {
      window.location.assign(next.redirect_to_url.url);
      return new Promise(() => {});
    }
    const address = next?.use_stripe_sdk?.stripe_js;
    if (typeof address === 'string') await askBank(address, this.locale);
    return this.outcome(secret);
  }

  /**
   * What became of the challenge, told by the API and not by any window.
   * @param {string} secret
   */
  async outcome(secret) {
    const found = await this.retrieve(secret);
    if (found.error !== undefined) return found;
    const intent = found.paymentIntent;
    if (intent.status === 'requires_payment_method' && intent.last_payment_error) {
      return { error: { ...intent.last_payment_error, payment_intent: intent } };
    }
    if (intent.status === 'requires_action') {
      const failure = mistaken('The bank security check was closed before it was finished.');
      return {
        error: {
          ...failure.error,
          code: 'payment_intent_authentication_failure',
          payment_intent: intent,
        },
      };
    }
    return { paymentIntent: intent };
  }

  /**
   * @param {string} secret
   * @returns {Promise<any>}
   */
  async retrieve(secret) {
    const path = intentPath(secret);
    if (path === null) return mistaken('That is not the client secret of a PaymentIntent.');
    const found = await askApi('GET', path, { key: this.key, client_secret: secret });
    return found.error === undefined ? { paymentIntent: found } : { error: found.error };
  }
}

/**
 * @param {unknown} secret
 * @returns {string | null}
 */
function intentPath(secret) {
  const match = typeof secret === 'string' ? /^(pi_[A-Za-z0-9]+)_secret_/.exec(secret) : null;
  return match ? `/v1/payment_intents/${match[1]}` : null;
}

/** @param {string} message */
function mistaken(message) {
  return { error: { type: 'invalid_request_error', message } };
}

Object.defineProperty(window, 'Stripe', { value: Stripe, configurable: true, writable: true });
