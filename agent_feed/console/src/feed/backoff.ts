/** How long to wait before trying again: doubling, bounded, and spread so that a restart meets no stampede. */

const FIRST_MS = 500;
const LONGEST_MS = 20_000;

/** The wait after `failures` earlier ones in a row; `random` gives numbers from 0 up to 1. */
export function backoffMs(failures: number, random: () => number): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures, 10));
  return Math.round(full * (0.5 + 0.5 * random()));
}
