/** The line to the host's page: one window, one origin, both ways. Everything from elsewhere is dropped unread. */
import {
  type HostMessage,
  hostOrigin,
  type PanelMessage,
  readHostMessage,
  written,
} from './protocol';

export class Bridge {
  private constructor(
    private readonly host: Window,
    /** Exact, and on the service's list. */
    readonly origin: string,
  ) {}

  /** The line of this page, or null where no page of the list has it in a frame. */
  static open(page: Window): Bridge | null {
    if (page.parent === page) return null;
    const told = page.document.querySelector<HTMLMetaElement>('meta[name="paythread-hosts"]');
    const allowed = (told?.content ?? '').split(' ').filter((each) => each !== '');
    const asked = new URLSearchParams(page.location.search).get('host');
    const origin = hostOrigin(asked, page.location.ancestorOrigins, allowed);
    return origin === null ? null : new Bridge(page.parent, origin);
  }

  /** Goes to the host's origin alone: the browser drops it where another page has taken its place. */
  say(message: PanelMessage): void {
    this.host.postMessage(written(message), this.origin);
  }

  /** Returns what to call to hear no more. */
  listen(hear: (message: HostMessage) => void): () => void {
    const take = (event: MessageEvent<unknown>) => {
      if (event.source !== this.host || event.origin !== this.origin) return;
      const message = readHostMessage(event.data);
      if (message !== null) hear(message);
    };
    addEventListener('message', take);
    return () => {
      removeEventListener('message', take);
    };
  }
}
