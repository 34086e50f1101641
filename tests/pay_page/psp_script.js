// The far end's script in these tests: the part of Stripe.js that the pay page uses, with fields in frames of another site.
(() => {
  const origin = new URL(document.currentScript.src).origin;
  let next = 0;

  function makeFrame(path, title) {
    const frame = document.createElement("iframe");
    frame.src = origin + path;
    frame.title = title;
    frame.style.border = "0";
    return frame;
  }

  class Field {
    constructor(kind, options) {
      this.id = `field${next++}`;
      this.kind = kind;
      this.options = options;
      this.handlers = {};
      this.answers = {};
      addEventListener("message", (message) => {
        if (message.origin !== origin || message.data.id !== this.id) return;
        if (message.data.reply) this.answers[message.data.reply](message.data.value);
        else for (const handler of this.handlers[message.data.event] ?? []) handler(message.data.detail);
        if (message.data.event === "ready") this.send({ op: "style", style: this.options.style });
      });
    }
    on(event, handler) {
      (this.handlers[event] ??= []).push(handler);
      return this;
    }
    mount(target) {
      if (target.childNodes.length) console.warn("mounted on a box that is not empty");
      this.frame = makeFrame(`/frame?kind=${this.kind}&id=${this.id}`, `Secure ${this.kind} input frame`);
      this.frame.style.width = "100%";
      this.frame.style.height = "24px";
      this.frame.style.display = "block";
      target.append(this.frame);
    }
    send(message) {
      this.frame.contentWindow.postMessage(message, origin);
    }
    ask(op) {
      const reply = `reply${next++}`;
      return new Promise((resolve) => {
        this.answers[reply] = resolve;
        this.send({ op, reply });
      });
    }
    update(options) {
      Object.assign(this.options, options);
      this.send({ op: "style", style: this.options.style });
    }
    focus() {
      this.frame.focus();
      this.send({ op: "focus" });
    }
    clear() {
      this.send({ op: "clear" });
    }
  }

  window.Stripe = (key) => ({
    elements: () => ({
      create(kind, options) {
        if (!kind.startsWith("card")) throw new Error(`no element ${kind}`);
        return new Field(kind, options);
      },
    }),
    async createPaymentMethod({ card }) {
      const value = await card.ask("value");
      if (!navigator.onLine) return { error: { type: "api_connection_error", message: "offline" } };
      return { paymentMethod: { id: `pm_${value.slice(-4)}` } };
    },
    handleNextAction: ({ clientSecret }) =>
      new Promise((resolve) => {
        const frame = makeFrame("/challenge", "Your bank");
        Object.assign(frame.style, { position: "fixed", inset: "10%", width: "80%", height: "80%", background: "white", zIndex: "9" });
        document.body.append(frame);
        addEventListener("message", function done(message) {
          if (message.origin !== origin || !message.data.challenge) return;
          removeEventListener("message", done);
          frame.remove();
          resolve(message.data.challenge === "Complete" ? { paymentIntent: { id: clientSecret } } : { error: { code: "payment_intent_authentication_failure" } });
        });
      }),
  });
})();
