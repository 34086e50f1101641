/** Which situation a link is in, and the words for it: the merchant's own, or the console's. */
import type { Client } from '../api/client';
import { readScripts, type Script, type Situation } from '../api/guidance';
import type { Link } from '../api/types';
import { scriptTexts } from '../texts/scripts';
import type { Attention } from './fold';

/** A bank's question is answered in seconds; after this it may not have been seen. */
const BANK_WAITS_MS = 20_000;
/** Own words are changed rarely, and agents need not load the page again to see it. */
const FRESH_MS = 300_000;

const BY_DECLINE: Partial<Record<string, Situation>> = {
  insufficient_funds: 'declined_funds',
  limit_exceeded: 'declined_funds',
  incorrect_cvc: 'wrong_code',
  authentication_failed: 'bank_app',
  authentication_required: 'bank_app',
};

/** Null where nothing stands in the way. */
export function situationOf(
  link: Link,
  attention: Attention | null,
  nowMs: number,
): Situation | null {
  const { step, problem, since } = link.progress;
  switch (attention) {
    case 'help':
      return 'help';
    case 'renewal':
      return 'expired';
    case 'stalled':
      return step === 'challenge' ? 'bank_app' : 'stalled';
    case 'undelivered':
      return 'not_arrived';
    case 'declined':
      return BY_DECLINE[problem?.code ?? ''] ?? 'declined';
    case null:
      break;
  }
  if (link.status === 'expired') return link.superseded_by ? null : 'expired';
  if (step === 'challenge' && nowMs - Date.parse(since) > BANK_WAITS_MS) return 'bank_app';
  if (problem?.code === 'message_failed') return 'not_arrived';
  const isTyping = step === 'opened' || step === 'card_entry';
  return problem !== null && isTyping ? 'stuck_field' : null;
}

export class Guidance {
  private own = $state.raw<ReadonlyMap<string, string>>(new Map());
  private readAtMs = -Infinity;

  constructor(private readonly house: { readonly client: Client }) {}

  wordsFor(situation: Situation): string {
    return this.own.get(situation) ?? scriptTexts.builtIn[situation];
  }

  /** Reads the merchant's words, if that is long ago. Without an answer the words that are known hold. */
  async freshen(nowMs: number): Promise<void> {
    if (nowMs - this.readAtMs < FRESH_MS) return;
    this.readAtMs = nowMs;
    try {
      this.learn(await readScripts(this.house.client));
    } catch {
      this.readAtMs = -Infinity;
    }
  }

  learn(scripts: readonly Script[]): void {
    this.own = new Map(
      scripts.flatMap(({ situation, text }) => (text === null ? [] : [[situation, text]])),
    );
  }
}
