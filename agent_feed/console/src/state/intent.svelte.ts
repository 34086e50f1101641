/** One act that a person means once, from the press to its fate: the same key goes with it until its fate is known. */
import { failureText, texts } from '../texts';
import { failed, isFateUnknown, pressed, type Submission, unsent } from './submission';

export class Intent<Body, Answer> {
  problem = $state<string | null>(null);
  private submission = $state.raw<Submission<Body>>(unsent(crypto.randomUUID()));

  constructor(private readonly act: (body: Body, key: string) => Promise<Answer>) {}

  get isBusy(): boolean {
    return this.submission.fate === 'sending';
  }

  /** What was pressed can be pressed again, and nothing else: it may have been done already. */
  get isUnknown(): boolean {
    return this.submission.fate === 'unknown';
  }

  get isFrozen(): boolean {
    return this.isBusy || this.isUnknown;
  }

  /** Does it, unless it is on its way. The answer, or null where `problem` says why there is none. */
  async press(body: Body): Promise<Answer | null> {
    const sending = pressed(this.submission, body);
    if (sending === null) return null;
    this.submission = sending;
    this.problem = null;
    try {
      const answer = await this.act(sending.body ?? body, sending.key);
      // Done: the next press means another.
      this.submission = unsent(crypto.randomUUID());
      return answer;
    } catch (failure) {
      this.submission = failed(sending, failure, crypto.randomUUID());
      this.problem = isFateUnknown(failure) ? texts.failures.unknownFate : failureText(failure);
      return null;
    }
  }

  /** Begins anew, unless what was pressed may have been done. */
  reset(): void {
    if (!this.isFrozen) this.problem = null;
  }
}
