/**
 * The fate of one composed form, so that it is sent once.
 *
 * One Idempotency-Key goes with one form until its fate is known. While it is unknown (no answer, or a fault on the other
 * side) the same body goes again with the same key, and nothing else may. A refusal settles it: nothing was
 * created, and the corrected form is another request with another key.
 */
import { NoAnswer, Refusal } from '../api/problem';

export type Fate = 'unsent' | 'sending' | 'unknown' | 'created';

export interface Submission<Body> {
  readonly fate: Fate;
  readonly key: string;
  /** What was sent under the key; set from the first press until the fate is known. */
  readonly body: Body | null;
}

export function unsent<Body>(key: string): Submission<Body> {
  return { fate: 'unsent', key, body: null };
}

/** A press of the button; null where it must not be sent (it is on its way, or was created). */
export function pressed<Body>(before: Submission<Body>, body: Body): Submission<Body> | null {
  if (before.fate === 'sending' || before.fate === 'created') return null;
  const frozen = before.fate === 'unknown' ? before.body : null;
  return { ...before, fate: 'sending', body: frozen ?? body };
}

export function created<Body>(before: Submission<Body>): Submission<Body> {
  return { ...before, fate: 'created' };
}

/** After a failure: unknown under the same key, or settled under the fresh one. */
export function failed<Body>(
  before: Submission<Body>,
  failure: unknown,
  freshKey: string,
): Submission<Body> {
  return isFateUnknown(failure) ? { ...before, fate: 'unknown' } : unsent(freshKey);
}

export function isFateUnknown(failure: unknown): boolean {
  if (failure instanceof NoAnswer) return true;
  return failure instanceof Refusal && failure.status !== 429 && failure.isPassing;
}
