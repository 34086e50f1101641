/** When to draw what has come in: with the next frame, but never so often that a busy floor is all drawing. */

/** Five times a second reads as live. */
const PAUSE_MIN_MS = 200;
const PAUSE_MAX_MS = 1_000;
/** So much of its time a slow machine keeps for the person: after a drawing that took long it pauses longer. */
const PAUSE_FACTOR = 5;
/** A tab that is not seen has no frames. */
const UNSEEN_MS = 1_500;

export function occasions(): (act: () => void) => void {
  let last = -Infinity;
  let pause = PAUSE_MIN_MS;
  return (act) => {
    let isDone = false;
    const once = () => {
      if (isDone) return;
      isDone = true;
      clearTimeout(unseen);
      last = performance.now();
      act();
      // By then what was changed is drawn.
      setTimeout(() => {
        const cost = performance.now() - last;
        pause = Math.min(Math.max(cost * PAUSE_FACTOR, PAUSE_MIN_MS), PAUSE_MAX_MS);
      });
    };
    const unseen = setTimeout(once, UNSEEN_MS);
    const wait = last + pause - performance.now();
    if (wait <= 0) requestAnimationFrame(once);
    else setTimeout(() => requestAnimationFrame(once), wait);
  };
}
