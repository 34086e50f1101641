/** How long each kind of data is kept, what is past that, and what the last run deleted. */
import type { Http } from './http';

export interface KindKept {
  kind: string;
  /** In English, as the merchant's auditors read it. */
  what: string;
  /** The setting with its rule, `retention.…_days`. */
  setting: string;
  days: number | null;
  /** Rows that the next run deletes. */
  past: number;
  oldest: string | null;
}

export interface RetentionRun {
  made_at: string;
  kinds: (KindKept & { deleted: number })[];
}

export interface RetentionReport {
  kinds: KindKept[];
  last_run: RetentionRun | null;
}

export function retentionReport(http: Http, signal: AbortSignal): Promise<RetentionReport> {
  return http.json('/v1/retention', { signal });
}
