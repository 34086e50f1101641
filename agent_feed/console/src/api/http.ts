/**
 * One request to the service: bounded in time, with the CSRF token on unsafe methods, failures as types.
 *
 * A read that got no answer is tried once more. A write is never repeated here: whoever sends it holds its
 * Idempotency-Key and decides.
 */
import { NoAnswer, Refusal, refusalFrom } from './problem';

export interface HttpHooks {
  csrfToken: () => string | null;
  /** A token that the page itself holds: it goes along instead of the browser's cookies. */
  bearer?: () => string | null;
  /** The session is gone: called for each 401 but those of signing in. */
  onSessionOver: () => void;
  /** Something was offered that they may not do (any more). */
  onNotAllowed?: () => void;
  /** The service's clock, from each answer's Date header (milliseconds since the epoch). */
  onServerTime: (serverMs: number) => void;
  /** Nobody has touched the page for a while: what is read now keeps no session alive. */
  isAway?: () => boolean;
}

export interface Call {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  body?: unknown;
  idempotencyKey?: string;
  timeoutMs?: number;
  signal?: AbortSignal;
  /** Signing in answers 401 for a wrong password: that is no lost session. */
  mayBeSignedOut?: boolean;
}

const TIMEOUT_MS = 15_000;

export class Http {
  constructor(
    private readonly hooks: HttpHooks,
    private readonly send: typeof fetch = (input, init) => fetch(input, init),
  ) {}

  async json<T>(path: string, call: Call = {}): Promise<T> {
    const isRead = (call.method ?? 'GET') === 'GET';
    try {
      return await this.once<T>(path, call);
    } catch (failure) {
      if (!isRead || !(failure instanceof NoAnswer) || call.signal?.aborted) throw failure;
      return await this.once<T>(path, call);
    }
  }

  private async once<T>(path: string, call: Call): Promise<T> {
    const response = await this.answer(path, call);
    const serverMs = Date.parse(response.headers.get('date') ?? '');
    if (!Number.isNaN(serverMs)) this.hooks.onServerTime(serverMs);
    if (response.status === 204) return undefined as T;
    const body = await readBody(response);
    if (response.ok) {
      if (body === undefined) throw new NoAnswer('offline');
      return body as T;
    }
    const refusal = refusalFrom(response.status, body, response.headers.get('retry-after'));
    if (refusal.status === 401 && !call.mayBeSignedOut) this.hooks.onSessionOver();
    if (refusal.code === 'not_allowed') this.hooks.onNotAllowed?.();
    throw refusal;
  }

  private async answer(path: string, call: Call): Promise<Response> {
    const timeout = AbortSignal.timeout(call.timeoutMs ?? TIMEOUT_MS);
    const signal = call.signal ? AbortSignal.any([call.signal, timeout]) : timeout;
    try {
      return await this.send(path, {
        method: call.method ?? 'GET',
        headers: this.headers(call),
        body: call.body === undefined ? null : JSON.stringify(call.body),
        credentials: this.hooks.bearer === undefined ? 'same-origin' : 'omit',
        cache: 'no-store',
        redirect: 'error',
        signal,
      });
    } catch (error) {
      if (call.signal?.aborted) throw error;
      throw new NoAnswer(timeout.aborted ? 'timeout' : 'offline');
    }
  }

  private headers(call: Call): Record<string, string> {
    const headers: Record<string, string> = { Accept: 'application/json' };
    if (call.body !== undefined) headers['Content-Type'] = 'application/json';
    if (call.idempotencyKey !== undefined) headers['Idempotency-Key'] = call.idempotencyKey;
    const bearer = this.hooks.bearer?.() ?? null;
    if (bearer !== null) headers.Authorization = `Bearer ${bearer}`;
    if ((call.method ?? 'GET') === 'GET' && this.hooks.isAway?.()) headers['X-Unattended'] = '1';
    const token = this.hooks.csrfToken();
    if ((call.method ?? 'GET') !== 'GET' && token !== null) headers['X-CSRF-Token'] = token;
    return headers;
  }
}

async function readBody(response: Response): Promise<unknown> {
  try {
    const read: unknown = await response.json();
    return read;
  } catch {
    // Cut off or not JSON: a refusal keeps its status, a success without a body is no answer.
    return undefined;
  }
}

export function isSessionOver(failure: unknown): boolean {
  return failure instanceof Refusal && failure.status === 401;
}
