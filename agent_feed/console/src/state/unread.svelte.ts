/** How many threads have words that nobody has read: the agent's own, and those that nobody has. */
import { threads } from '../api/conversations';
import type { Http } from '../api/http';
import type { JournalEvent } from '../api/types';

/** Beyond it, more is said than can be counted at a glance. */
export const UNREAD_SHOWN_MAX = 99;
const ASK_AFTER_MS = 1_500;
/** What is not heard by the feed, such as a colleague who reads. */
const ASK_EVERY_MS = 60_000;

export class UnreadThreads {
  count = $state(0);

  private timer: ReturnType<typeof setTimeout> | undefined;
  private isAsking = false;

  constructor(private readonly http: Http) {}

  onEvent(event: JournalEvent): void {
    if (event.conversation === null) return;
    if (event.type === 'message.received' || event.type.startsWith('conversation.')) this.soon();
  }

  /** Something was read, or said. */
  soon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.ask(), ASK_AFTER_MS);
  }

  async ask(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.ask(), ASK_EVERY_MS);
    if (this.isAsking) return;
    this.isAsking = true;
    const filter = { status: 'open', unread: 'true', limit: UNREAD_SHOWN_MAX + 1 } as const;
    try {
      const [mine, nobodys] = await Promise.all([
        threads(this.http, { ...filter, agent: 'me' }),
        threads(this.http, { ...filter, agent: 'none' }),
      ]);
      const waiting = [...mine.data, ...nobodys.data].filter((each) => each.served_by === 'person');
      this.count = waiting.length;
    } catch {
      // The number that was shown stays until the next time.
    } finally {
      this.isAsking = false;
    }
  }

  stop(): void {
    clearTimeout(this.timer);
  }
}
