/** An answer of the service that a screen shows: asked for, shown, asked for again. */
import { NoAnswer, Refusal } from '../api/problem';

export class Loaded<T> {
  value = $state.raw<T | null>(null);
  failure = $state.raw<Refusal | NoAnswer | null>(null);
  isLoading = $state(false);

  private asked = 0;
  private stop: AbortController | null = null;

  constructor(private readonly ask: (signal: AbortSignal) => Promise<T>) {}

  /** Asks (again). What was shown stays until the answer; an answer to an older question is let go. */
  async load(): Promise<void> {
    this.stop?.abort();
    this.stop = new AbortController();
    this.asked += 1;
    const question = this.asked;
    this.isLoading = true;
    try {
      const answer = await this.ask(this.stop.signal);
      if (question !== this.asked) return;
      this.value = answer;
      this.failure = null;
    } catch (failure) {
      if (question !== this.asked) return;
      if (!(failure instanceof Refusal || failure instanceof NoAnswer)) throw failure;
      this.failure = failure;
    } finally {
      if (question === this.asked) this.isLoading = false;
    }
  }

  /** The screen is closed. */
  close(): void {
    this.asked += 1;
    this.stop?.abort();
  }
}
