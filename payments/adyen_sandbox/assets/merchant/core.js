// @ts-check
// What is every component made with, and how is an action handled? One scope with `card.js`.
// https://docs.adyen.com/online-payments/build-your-integration/advanced-flow, https://github.com/Adyen/adyen-web

const script = /** @type {HTMLScriptElement} */ (document.currentScript);
const OWN_ORIGIN = new URL(script.src).origin;
const FIELDS = ['encryptedCardNumber', 'encryptedExpiryDate', 'encryptedSecurityCode'];
const CLASS_PARTS = {
  encryptedCardNumber: 'cardNumber',
  encryptedExpiryDate: 'exp-date',
  encryptedSecurityCode: 'cvc',
};
const BRANDS = { visa: 'visa', mastercard: 'mc', amex: 'amex', discover: 'discover', jcb: 'jcb' };
const FAILED = ['Refused', 'Error', 'Cancelled'];
const PATIENCE_MS = 600000;

/** @param {string} name @param {string} message */
function mistake(name, message) {
  const error = new Error(message);
  error.name = name;
  return error;
}

/** @param {string} tag @param {string} className */
function make(tag, className) {
  const element = document.createElement(tag);
  element.className = className;
  return element;
}

/** @param {string | HTMLElement} target */
function nodeOf(target) {
  const found = typeof target === 'string' ? document.querySelector(target) : target;
  if (!(found instanceof HTMLElement)) {
    throw mistake('IMPLEMENTATION_ERROR', 'Component could not mount. Root node was not found.');
  }
  return found;
}

function browserInfo() {
  return {
    acceptHeader: '*/*',
    colorDepth: screen.colorDepth,
    language: navigator.language,
    javaEnabled: false,
    screenHeight: screen.height,
    screenWidth: screen.width,
    userAgent: navigator.userAgent,
    timeZoneOffset: new Date().getTimezoneOffset(),
  };
}

/** The core: what every component is made with. */
class Core {
  /** @param {any} options */
  constructor(options) {
    this.options = { locale: 'en-US', ...options };
  }

  async initialize() {
    if (!this.options.clientKey) {
      throw mistake('IMPLEMENTATION_ERROR', 'You must specify a clientKey.');
    }
    if (!this.options.countryCode) {
      throw mistake('IMPLEMENTATION_ERROR', 'You must specify a countryCode.');
    }
    return this;
  }

  /** @param {any} options */
  async update(options) {
    this.options = { ...this.options, ...options };
    return this;
  }

  /** @param {any} action @param {any} [props] */
  createFromAction(action, props = {}) {
    if (!action || !action.type) {
      throw mistake('IMPLEMENTATION_ERROR', 'createFromAction::Invalid Action');
    }
    const given = { ...this.options, ...props };
    if (action.type === 'redirect') return new Redirect(action);
    if (action.type === 'threeDS2') return new Challenge(action, given);
    throw mistake('IMPLEMENTATION_ERROR', 'createFromAction::Invalid Action');
  }
}

/** The bank's or Adyen's own page. */
class Redirect {
  /** @param {any} action */
  constructor(action) {
    this.action = action;
  }

  mount() {
    window.location.assign(this.action.url);
    return this;
  }

  unmount() {}
}

/** The bank's question in the merchant's page, as EMVCo's browser flow has it. */
class Challenge {
  /** @param {any} action @param {any} props */
  constructor(action, props) {
    this.action = action;
    this.props = props;
    this.token = JSON.parse(window.atob(action.token));
    this.hear = this.hear.bind(this);
    this.over = false;
  }

  /** @param {string | HTMLElement} target */
  mount(target) {
    const node = nodeOf(target);
    const box = make('div', 'adyen-checkout__threeds2__challenge');
    const frame = document.createElement('iframe');
    frame.name = 'threeDSIframe';
    frame.title = 'Bank security check';
    frame.addEventListener('load', () => {
      this.props.onActionHandled?.({
        componentType: '3DS2Challenge',
        actionDescription: 'challenge-iframe-loaded',
      });
    });
    const { acsTransID, messageVersion, threeDSServerTransID } = this.token;
    const creq = { acsTransID, messageVersion, threeDSServerTransID, messageType: 'CReq' };
    const form = document.createElement('form');
    form.method = 'POST';
    form.action = this.token.acsURL;
    form.target = frame.name;
    form.hidden = true;
    const input = document.createElement('input');
    input.name = 'creq';
    const text = window.btoa(JSON.stringify({ ...creq, challengeWindowSize: '02' }));
    input.value = text.split('=')[0].replace(/\+/g, '-').replace(/\//g, '_');
    form.append(input);
    box.append(frame, form);
    node.replaceChildren(box);
    this.box = box;
    window.addEventListener('message', this.hear);
    this.patience = window.setTimeout(() => this.finish('U'), PATIENCE_MS);
    form.submit();
    return this;
  }

  unmount() {
    window.removeEventListener('message', this.hear);
    window.clearTimeout(this.patience);
    this.box?.remove();
  }

  /** @param {MessageEvent} event */
  hear(event) {
    if (event.origin !== new URL(this.token.threeDSNotificationURL).origin) return;
    let told = null;
    try {
      told = JSON.parse(String(event.data));
    } catch {
      return;
    }
    if (told?.type === 'challengeResult' && told.result) this.finish(told.result.transStatus);
  }

  /** @param {string} transStatus */
  finish(transStatus) {
    if (this.over) return;
    this.over = true;
    this.unmount();
    const { authorisationToken } = this.action;
    const threeDSResult = window.btoa(JSON.stringify({ transStatus, authorisationToken }));
    this.props.onAdditionalDetails({ data: { details: { threeDSResult } } }, this);
  }
}
