/**
 * `<paythread-panel>`: the panel as an element of the host's own page (docs/embedding.md). One file that needs no other.
 *
 * It makes the frame, hands it what the attributes and methods say, and tells what comes back as `paythread` events.
 * Only the panel's window at the service's origin is heard, and only it is spoken to.
 */
import type { PanelMessage, Prefill, Who } from './protocol';

(() => {
  const VERSION = 1;
  const NAME = 'paythread-panel';
  const ATTRIBUTES = ['phone', 'email', 'external-id', 'customer'] as const;
  const script = document.currentScript;
  const home = script instanceof HTMLScriptElement ? new URL(script.src).origin : null;
  if (customElements.get(NAME) !== undefined) return;

  class PaythreadPanel extends HTMLElement {
    static readonly observedAttributes: readonly string[] = ATTRIBUTES;
    /** Asks the host's own server for a ticket; `ticket-url` does the same by a POST there. */
    getTicket: (() => Promise<string>) | null = null;
    private frame: HTMLIFrameElement | null = null;
    private origin = '';
    private isReady = false;
    /** What was asked before the panel was there to hear it. */
    private waiting: object[] = [];
    /** Told again to a panel that was loaded anew. */
    private last: Who | null = null;

    connectedCallback(): void {
      const base = this.getAttribute('base') ?? home;
      if (base === null || this.frame !== null) return;
      this.origin = new URL(base, location.href).origin;
      const frame = document.createElement('iframe');
      frame.title = this.getAttribute('frame-title') ?? 'Payment links';
      frame.style.cssText = 'border:0;width:100%;height:100%;display:block';
      frame.allow = 'clipboard-write';
      frame.referrerPolicy = 'strict-origin';
      const language = this.getAttribute('lang') ?? '';
      const spoken = language === '' ? '' : `&lang=${encodeURIComponent(language)}`;
      frame.src = `${this.origin}/embed?host=${encodeURIComponent(location.origin)}${spoken}`;
      if (this.style.display === '') this.style.display = 'block';
      this.frame = frame;
      addEventListener('message', this.hear);
      this.append(frame);
      this.openByAttributes();
    }

    disconnectedCallback(): void {
      removeEventListener('message', this.hear);
      this.frame?.remove();
      this.frame = null;
      this.isReady = false;
      this.waiting = [];
    }

    attributeChangedCallback(_name: string, before: string | null, after: string | null): void {
      if (this.frame !== null && before !== after) this.openByAttributes();
    }

    open(who: Who): void {
      this.last = who;
      this.say({ type: 'open', ...who });
    }

    compose(fill: Prefill): void {
      this.say({ type: 'compose', ...fill });
    }

    show(link: string): void {
      this.say({ type: 'show', link });
    }

    signIn(ticket: string): void {
      this.say({ type: 'sign_in', ticket });
    }

    private openByAttributes(): void {
      const name = ATTRIBUTES.find((each) => (this.getAttribute(each) ?? '') !== '');
      if (name === undefined) return;
      this.open({ [name.replace('-', '_')]: this.getAttribute(name) } as unknown as Who);
    }

    private say(message: object): void {
      if (!this.isReady) {
        this.waiting = [...this.waiting.slice(-9), message];
        return;
      }
      this.frame?.contentWindow?.postMessage({ paythread: VERSION, ...message }, this.origin);
    }

    private readonly hear = (event: MessageEvent<unknown>): void => {
      if (event.source !== this.frame?.contentWindow || event.origin !== this.origin) return;
      const data = event.data as ({ paythread?: unknown } & PanelMessage) | null;
      if (typeof data !== 'object' || data?.paythread !== VERSION) return;
      if (data.type === 'ready') {
        const waiting =
          this.isReady && this.last !== null ? [{ type: 'open', ...this.last }] : this.waiting;
        this.isReady = true;
        this.waiting = [];
        for (const message of waiting) this.say(message);
      }
      if (data.type === 'sign_in_needed' && data.reason !== 'refused') void this.bringTicket();
      this.dispatchEvent(new CustomEvent('paythread', { detail: data, bubbles: true }));
    };

    private async bringTicket(): Promise<void> {
      try {
        const ticket = await this.ticket();
        if (ticket !== null) this.signIn(ticket);
      } catch (error) {
        this.dispatchEvent(new CustomEvent('paythread-error', { detail: error }));
      }
    }

    private async ticket(): Promise<string | null> {
      if (this.getTicket !== null) return await this.getTicket();
      const url = this.getAttribute('ticket-url');
      if (url === null) return null;
      const answer = await fetch(url, { method: 'POST', headers: { Accept: 'application/json' } });
      if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
      return ((await answer.json()) as { ticket: string }).ticket;
    }
  }

  customElements.define(NAME, PaythreadPanel);
})();
