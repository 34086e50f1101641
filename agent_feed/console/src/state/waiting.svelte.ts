/** What waits for a second person: one set of lists behind the count in the navigation and the screen. */
import type { Client } from '../api/client';
import { linksWaiting, paymentsWaiting, refundsWaiting } from '../api/reviews';
import type { FeedListener } from '../feed/feed';
import { type Case, caseOfLink, caseOfPayment, caseOfRefund, changesWaiting } from './cases';
import { Loaded } from './loaded.svelte';

interface Found {
  cases: readonly Case[];
  hasMore: boolean;
}

interface House {
  readonly client: Client;
  listen: (listener: FeedListener) => () => void;
}

/** The feed tells at once what it carries; for what it does not carry to this user, this often is enough. */
const EVERY_MS = 30_000;
/** A burst of events is one question. */
const AFTER_MS = 250;

export class Waiting {
  private readonly lists: Loaded<Found>;
  private soon: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly house: House) {
    this.lists = new Loaded(async (signal) => {
      const client = this.house.client;
      const [payments, refunds, links] = await Promise.all([
        paymentsWaiting(client, signal),
        refundsWaiting(client, signal),
        linksWaiting(client, signal),
      ]);
      return {
        cases: [
          ...payments.data.map(caseOfPayment),
          ...refunds.data.map(caseOfRefund),
          ...links.data.map(caseOfLink),
        ],
        hasMore: [payments, refunds, links].some((page) => page.next_cursor !== null),
      };
    });
  }

  /** Null until they were first read. */
  get cases(): readonly Case[] | null {
    return this.lists.value?.cases ?? null;
  }

  get count(): number {
    return this.cases?.length ?? 0;
  }

  get hasMore(): boolean {
    return this.lists.value?.hasMore ?? false;
  }

  get failure(): unknown {
    return this.lists.failure;
  }

  load(): Promise<void> {
    return this.lists.load();
  }

  /** Keeps them fresh. Returns what to call to stop. */
  watch(): () => void {
    void this.load();
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void this.load();
    }, EVERY_MS);
    const stop = this.house.listen({
      onEvent: (event) => {
        if (changesWaiting(event)) this.loadSoon();
      },
      onCovered: (coverage) => {
        if (coverage.reset) this.loadSoon();
      },
    });
    return () => {
      clearInterval(timer);
      clearTimeout(this.soon);
      stop();
      this.lists.close();
    };
  }

  private loadSoon(): void {
    clearTimeout(this.soon);
    this.soon = setTimeout(() => void this.load(), AFTER_MS);
  }
}
