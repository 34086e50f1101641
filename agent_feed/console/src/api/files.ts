/** Files that the service writes: to be saved, not read here. */
import { NoAnswer, refusalFrom } from './problem';

const TIMEOUT_MS = 60_000;

/** The file as the service writes it. Throws `NoAnswer` or `Refusal`. */
export async function readFile(path: string, type: string): Promise<Blob> {
  const response = await fetch(path, {
    headers: { Accept: type },
    credentials: 'same-origin',
    cache: 'no-store',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch(() => {
    throw new NoAnswer('offline');
  });
  if (!response.ok) throw refusalFrom(response.status, undefined, null);
  return response.blob();
}
