/**
 * What went wrong with a request, as one type.
 *
 *     ApiFailure
 *     ├── Refusal     the service answered with problem details (RFC 9457)
 *     └── NoAnswer    nothing usable came back: offline, timed out, or cut off; the fate is unknown
 */

export interface FieldError {
  pointer: string;
  detail: string;
}

export abstract class ApiFailure extends Error {}

export class Refusal extends ApiFailure {
  override readonly name = 'Refusal';
  constructor(
    readonly status: number,
    readonly code: string,
    readonly title: string,
    readonly detail: string,
    readonly errors: readonly FieldError[],
    readonly retryAfterSeconds: number | null,
  ) {
    super(detail || title || code);
  }

  /** True where the same request, sent again unchanged, may yet have another answer. */
  get isPassing(): boolean {
    return (
      this.status >= 500 ||
      this.status === 408 ||
      this.status === 425 ||
      this.status === 429 ||
      this.code === 'idempotency_key_busy'
    );
  }
}

export class NoAnswer extends ApiFailure {
  override readonly name = 'NoAnswer';
  constructor(readonly reason: 'offline' | 'timeout') {
    super(reason);
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function fieldErrors(value: unknown): FieldError[] {
  if (!Array.isArray(value)) return [];
  return value
    .filter((item): item is Record<string, unknown> => typeof item === 'object' && item !== null)
    .map((item) => ({ pointer: text(item.pointer), detail: text(item.detail) }));
}

/** Reads problem details; tolerates an answer that is not the service's own (a proxy's page, say). */
export function refusalFrom(status: number, body: unknown, retryAfter: string | null): Refusal {
  const fields = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const seconds = retryAfter !== null && /^\d+$/.test(retryAfter) ? Number(retryAfter) : null;
  return new Refusal(
    status,
    text(fields.code) || `http_${status}`,
    text(fields.title),
    text(fields.detail),
    fieldErrors(fields.errors),
    seconds,
  );
}
