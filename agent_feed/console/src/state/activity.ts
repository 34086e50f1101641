/** Whether somebody is there: pointer, touch or key within the last minute. What a screen asks by itself is no activity. */

const AWAY_AFTER_MS = 60_000;
const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;

export class Activity {
  private last: number;

  constructor(private readonly now: () => number = () => Date.now()) {
    this.last = now();
  }

  /** Returns what to call to watch no longer. */
  watch(target: Pick<EventTarget, 'addEventListener' | 'removeEventListener'>): () => void {
    const seen = () => {
      this.last = this.now();
    };
    for (const sign of SIGNS) target.addEventListener(sign, seen, { passive: true });
    return () => {
      for (const sign of SIGNS) target.removeEventListener(sign, seen);
    };
  }

  get isAway(): boolean {
    return this.now() - this.last > AWAY_AFTER_MS;
  }
}
