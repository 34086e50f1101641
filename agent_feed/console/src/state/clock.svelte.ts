/** The time as the service has it, ticking once a second. Nothing else in the console reads a clock. */

const TICK_MS = 1_000;
/** The Date header counts whole seconds: a smaller difference says nothing. */
const NOTICEABLE_MS = 2_000;

export class Clock {
  now = $state(Date.now());
  private aheadMs = 0;

  start(): () => void {
    const timer = setInterval(() => {
      this.now = Date.now() + this.aheadMs;
    }, TICK_MS);
    return () => {
      clearInterval(timer);
    };
  }

  /** An agent's computer that is minutes off must not show a customer as long gone. */
  learn(serverMs: number): void {
    const ahead = serverMs - Date.now();
    this.aheadMs = Math.abs(ahead) > NOTICEABLE_MS ? ahead : 0;
  }
}
