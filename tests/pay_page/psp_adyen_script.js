// The far end's script in these tests: the part of Adyen Web 6 that the pay page uses, with fields in frames of another site.
(() => {
  const origin = new URL(document.currentScript.src).origin;
  const FIELDS = {
    encryptedCardNumber: ["cardNumber", "Card number", ["encryptedCardNumber"], "cc.num.90"],
    encryptedExpiryDate: ["cardExpiry", "Expiry date", ["encryptedExpiryMonth", "encryptedExpiryYear"], "cc.dat.91"],
    encryptedSecurityCode: ["cardCvc", "Security code", ["encryptedSecurityCode"], "cc.cvc.92"],
  };
  let next = 0;

  function make(tag, className, ...children) {
    const made = document.createElement(tag);
    made.className = className;
    made.append(...children);
    return made;
  }

  class Card {
    constructor(checkout, props) {
      this.props = props;
      this.fields = {};
      this.errors = {};
      this.blobs = {};
      this.hear = this.hear.bind(this);
    }
    mount(target) {
      if (target.childNodes.length) console.warn("mounted on a holder that is not empty");
      const box = make("div", "adyen-checkout__card-input");
      for (const [name, [kind, label]] of Object.entries(FIELDS)) {
        const frame = make("iframe", "js-iframe");
        const id = `adyen${next++}`;
        frame.src = `${origin}/frame?kind=${kind}&id=${id}`;
        const wrapper = make("span", "adyen-checkout__input-wrapper", frame);
        wrapper.dataset.cse = name;
        const wrong = make("span", "adyen-checkout-contextual-text--error");
        box.append(make("div", "adyen-checkout__field", make("span", "adyen-checkout__label__text", label), wrapper, wrong));
        this.fields[name] = { id, frame, wrong, ready: false };
      }
      target.append(box);
      this.target = target;
      addEventListener("message", this.hear);
      return this;
    }
    unmount() {
      removeEventListener("message", this.hear);
      this.target.replaceChildren();
      return this;
    }
    hear({ data, origin: from }) {
      const found = from === origin && Object.entries(this.fields).find(([, field]) => field.id === data.id);
      if (!found) return;
      const [name, field] = found;
      if (data.reply) return this.encrypted(name, data.value);
      if (data.event === "ready") {
        field.ready = true;
        if (Object.values(this.fields).every((each) => each.ready)) this.props.onConfigSuccess({ iframesConfigured: true });
      }
      if (data.event === "focus") this.props.onFocus({ action: "focus", focus: true, fieldType: name });
      if (data.event === "change") this.changed(name, data.detail);
    }
    changed(name, { complete, error }) {
      const [, , parts, codes] = FIELDS[name];
      this.say(name, error && codes + (error.code.startsWith("invalid") ? "2" : "1"));
      if (complete) return this.tell(name, { op: "value", reply: "value" });
      for (const part of parts) {
        if (!(part in this.blobs)) continue;
        delete this.blobs[part];
        this.props.onFieldValid({ fieldType: name, encryptedFieldName: part, valid: false });
      }
      this.props.onChange({ errors: this.errors }, this);
    }
    encrypted(name, value) {
      for (const part of FIELDS[name][2]) {
        this.blobs[part] = `adyenjs_${part}_${value.slice(-4)}`;
        this.props.onFieldValid({ fieldType: name, encryptedFieldName: part, valid: true, blob: this.blobs[part] });
      }
      this.props.onChange({ errors: this.errors }, this);
    }
    say(name, code) {
      this.errors[name] = code ? { isValid: false, error: code } : null;
      this.fields[name].wrong.textContent = code ? `Adyen says ${code}` : "";
    }
    tell(name, order) {
      this.fields[name].frame.contentWindow.postMessage(order, origin);
    }
    showValidation() {
      const missing = Object.keys(FIELDS).filter((name) => !FIELDS[name][2].every((part) => part in this.blobs));
      for (const name of missing) this.say(name, FIELDS[name][3] + "0");
      this.props.onChange({ errors: this.errors }, this);
      return this;
    }
    setFocusOn(name) {
      this.fields[name].frame.focus();
      this.tell(name, { op: "focus" });
      return this;
    }
    get data() {
      return {
        paymentMethod: { type: "scheme", holderName: "", ...this.blobs, brand: "visa" },
        browserInfo: { language: navigator.language },
        origin: location.origin,
        clientStateDataIndicator: true,
      };
    }
  }

  class Challenge {
    constructor(action, props) {
      this.props = props;
      this.hear = this.hear.bind(this);
    }
    mount(target) {
      this.frame = make("iframe", "");
      this.frame.title = "Your bank";
      this.frame.src = `${origin}/challenge`;
      target.append(make("div", "adyen-checkout__threeds2__challenge", this.frame));
      addEventListener("message", this.hear);
      return this;
    }
    unmount() {
      removeEventListener("message", this.hear);
    }
    hear({ data, origin: from }) {
      if (from !== origin || !data.challenge) return;
      this.props.onAdditionalDetails({ data: { details: { threeDSResult: data.challenge }, clientStateDataIndicator: true } }, this);
    }
  }

  async function AdyenCheckout({ clientKey, countryCode }) {
    if (!clientKey || !countryCode) throw new Error("You must specify a clientKey and a countryCode.");
    return { createFromAction: (action, props) => new Challenge(action, props) };
  }
  window.AdyenWeb = { AdyenCheckout, Card };
})();
