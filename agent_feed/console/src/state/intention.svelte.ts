/** One thing that somebody wants done: sent once however often the button is pressed, under one Idempotency-Key. */
import { isFateUnknown } from './submission';

export class Intention {
  isBusy = $state(false);
  private key: string = crypto.randomUUID();

  /** What came of it, or null where it is on its way already. Rejects as the API does. */
  async run<T>(send: (idempotencyKey: string) => Promise<T>): Promise<T | null> {
    if (this.isBusy) return null;
    this.isBusy = true;
    try {
      const answer = await send(this.key);
      this.key = crypto.randomUUID();
      return answer;
    } catch (failure) {
      // Where nobody knows what became of it, the next press asks for the same thing again.
      if (!isFateUnknown(failure)) this.key = crypto.randomUUID();
      throw failure;
    } finally {
      this.isBusy = false;
    }
  }
}
