/**
 * What an agent writes in threads: a draft each, and what is on its way.
 *
 * Both outlive the screen and a reload, in the browser's tab alone, and go when the agent signs out. Each answer keeps
 * its Idempotency-Key until its fate is known, so that whatever happens meanwhile it is sent once.
 */
import type { ThreadMessage } from '../api/conversations';
import { Refusal } from '../api/problem';
import { failureText } from '../texts/failures';
import { isFateUnknown } from './submission';

export interface Outgoing {
  key: string;
  text: string;
  /** The newest message that was seen when it was written. */
  after: string | null;
  at: string;
  fate: 'sending' | 'unknown' | 'refused';
  /** Why it was not sent, once that is known. */
  code: string | null;
  why: string | null;
}

interface Kept {
  drafts: Record<string, string>;
  outgoing: Record<string, Outgoing[]>;
}

type Send = (
  thread: string,
  body: { text: string; after?: string },
  key: string,
) => Promise<ThreadMessage>;

const PLACE = 'paythread.answers.';
const RETRY_MS = 700;
const NONE: readonly Outgoing[] = [];

export class Answers {
  private drafts = $state.raw<Readonly<Record<string, string>>>({});
  private outgoing = $state.raw<Readonly<Record<string, readonly Outgoing[]>>>({});
  private user: string | null = null;
  /** Answers of one thread go one after another, in the order in which they were written. */
  private readonly turns = new Map<string, Promise<unknown>>();

  constructor(
    private readonly send: Send,
    private readonly storage: () => Storage | null = () => sessionStorage,
  ) {}

  /** Takes up what this person left here. */
  open(user: string): void {
    if (this.user === user) return;
    this.user = user;
    const kept = this.kept();
    this.drafts = kept.drafts;
    const left = Object.entries(kept.outgoing).map(
      ([thread, each]) =>
        [
          thread,
          // The page went away before the answer came.
          each.map((one) => (one.fate === 'sending' ? { ...one, fate: 'unknown' as const } : one)),
        ] as const,
    );
    this.outgoing = Object.fromEntries(left);
  }

  /** Somebody signs out: nothing of theirs stays. */
  forget(): void {
    for (const place of Object.keys(this.place() ?? {})) {
      if (place.startsWith(PLACE)) this.place()?.removeItem(place);
    }
    this.user = null;
    this.drafts = {};
    this.outgoing = {};
  }

  draft(thread: string): string {
    return this.drafts[thread] ?? '';
  }

  setDraft(thread: string, text: string): void {
    this.drafts = text === '' ? without(this.drafts, thread) : { ...this.drafts, [thread]: text };
    this.keep();
  }

  of(thread: string): readonly Outgoing[] {
    return this.outgoing[thread] ?? NONE;
  }

  /** Sends the draft, which is empty from now on. Resolves to the message, or null where it did not go out. */
  async answer(thread: string, after: string | null): Promise<ThreadMessage | null> {
    const text = this.draft(thread).trim();
    if (text === '') return null;
    const one: Outgoing = {
      key: crypto.randomUUID(),
      text,
      after,
      at: new Date().toISOString(),
      fate: 'sending',
      code: null,
      why: null,
    };
    this.setDraft(thread, '');
    this.put(thread, [...this.of(thread), one]);
    return await this.inTurn(thread, one);
  }

  /** Once more: under the same key where it may have gone out, else as another request. */
  async again(thread: string, key: string, after: string | null): Promise<ThreadMessage | null> {
    const one = this.of(thread).find((each) => each.key === key);
    if (one === undefined || one.fate === 'sending') return null;
    const anew: Outgoing =
      one.fate === 'unknown'
        ? { ...one, fate: 'sending' }
        : { ...one, fate: 'sending', key: crypto.randomUUID(), after, code: null, why: null };
    this.replace(thread, key, anew);
    return await this.inTurn(thread, anew);
  }

  /** Back into the writing box, to be worded anew. */
  takeBack(thread: string, key: string): void {
    const one = this.of(thread).find((each) => each.key === key);
    if (one?.fate !== 'refused') return;
    this.put(
      thread,
      this.of(thread).filter((each) => each.key !== key),
    );
    const draft = this.draft(thread);
    this.setDraft(thread, draft === '' ? one.text : `${one.text}\n${draft}`);
  }

  private inTurn(thread: string, one: Outgoing): Promise<ThreadMessage | null> {
    const before = this.turns.get(thread) ?? Promise.resolve();
    const mine = before.then(() => this.deliver(thread, one));
    this.turns.set(thread, mine);
    return mine;
  }

  private async deliver(thread: string, one: Outgoing): Promise<ThreadMessage | null> {
    const body = { text: one.text, ...(one.after === null ? {} : { after: one.after }) };
    for (let retries = 0; ; retries += 1) {
      try {
        const message = await this.send(thread, body, one.key);
        this.put(
          thread,
          this.of(thread).filter((each) => each.key !== one.key),
        );
        return message;
      } catch (failure) {
        const isUnknown = isFateUnknown(failure);
        if (isUnknown && retries === 0) {
          await new Promise((resume) => setTimeout(resume, RETRY_MS));
          continue;
        }
        this.replace(thread, one.key, {
          ...one,
          fate: isUnknown ? 'unknown' : 'refused',
          code: failure instanceof Refusal ? failure.code : null,
          why: isUnknown ? null : failureText(failure),
        });
        return null;
      }
    }
  }

  private replace(thread: string, key: string, one: Outgoing): void {
    this.put(
      thread,
      this.of(thread).map((each) => (each.key === key ? one : each)),
    );
  }

  private put(thread: string, each: readonly Outgoing[]): void {
    this.outgoing =
      each.length === 0 ? without(this.outgoing, thread) : { ...this.outgoing, [thread]: each };
    this.keep();
  }

  private keep(): void {
    if (this.user === null) return;
    const safe = Object.entries(this.drafts).filter(([, text]) => !holdsCard(text));
    const sent = Object.entries(this.outgoing).map(
      ([thread, each]) => [thread, each.filter((one) => !holdsCard(one.text))] as const,
    );
    const kept = { drafts: Object.fromEntries(safe), outgoing: Object.fromEntries(sent) };
    try {
      this.place()?.setItem(PLACE + this.user, JSON.stringify(kept));
    } catch {
      // Full or not allowed: it is still in memory.
    }
  }

  private kept(): Kept {
    const nothing = { drafts: {}, outgoing: {} };
    try {
      const found = this.place()?.getItem(PLACE + (this.user ?? ''));
      return found ? { ...nothing, ...(JSON.parse(found) as Partial<Kept>) } : nothing;
    } catch {
      return nothing;
    }
  }

  private place(): Storage | null {
    try {
      return this.storage();
    } catch {
      return null;
    }
  }
}

function without<T>(all: Readonly<Record<string, T>>, thread: string): Record<string, T> {
  return Object.fromEntries(Object.entries(all).filter(([each]) => each !== thread));
}

/** Digits enough for a card: such a draft is kept in memory alone. */
function holdsCard(text: string): boolean {
  return /(?:\d[\s.\-/]*){13,}/.test(text);
}
