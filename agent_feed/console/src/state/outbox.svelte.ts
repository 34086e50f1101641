/** Sending a link again: each intent (channel and address) has one key until its fate is known. */
import { failureText, texts } from '../texts';
import type { App } from './app.svelte';
import type { LinkFocus } from './focus.svelte';
import { isFateUnknown } from './submission';

export class Outbox {
  private busy = $state.raw<ReadonlySet<string>>(new Set());
  private readonly keys = new Map<string, string>();

  constructor(
    private readonly app: App,
    private readonly focus: LinkFocus,
  ) {}

  isBusy(channel: string, to: string): boolean {
    return this.busy.has(intentOf(channel, to));
  }

  /** Sends, unless the same is on its way. True where it was taken. */
  async send(channel: string, to: string): Promise<boolean> {
    const intent = intentOf(channel, to);
    if (this.busy.has(intent)) return false;
    const key = this.keys.get(intent) ?? crypto.randomUUID();
    this.keys.set(intent, key);
    this.busy = new Set([...this.busy, intent]);
    try {
      const message = await this.app.client.sendMessage(this.focus.id, { channel, to }, key);
      this.keys.delete(intent);
      this.focus.addMessage(message);
      this.app.say(texts.link.resent);
      return true;
    } catch (failure) {
      // Without an answer the same key goes again: it cannot arrive twice.
      if (!isFateUnknown(failure)) this.keys.delete(intent);
      this.app.say(failureText(failure), true);
      return false;
    } finally {
      this.busy = new Set([...this.busy].filter((each) => each !== intent));
    }
  }
}

function intentOf(channel: string, to: string): string {
  return `${channel} ${to}`;
}
