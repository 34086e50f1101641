/** When to draw what has come in: with the next frame, but never so often that a busy floor is all drawing. */

/** Five times a second reads as live, and leaves four fifths of each second to the person. */
const PAUSE_MS = 200;
/** A tab that is not seen has no frames. */
const UNSEEN_MS = 1_000;

export function occasions(): (act: () => void) => void {
  let last = -Infinity;
  return (act) => {
    let isDone = false;
    const once = () => {
      if (isDone) return;
      isDone = true;
      clearTimeout(unseen);
      last = performance.now();
      act();
    };
    const unseen = setTimeout(once, UNSEEN_MS);
    const wait = last + PAUSE_MS - performance.now();
    if (wait <= 0) requestAnimationFrame(once);
    else setTimeout(() => requestAnimationFrame(once), wait);
  };
}
