/** What is asked of the journal, from what is typed: days in one's own zone become moments. */
import type { EvidenceSearch } from '../api/journal';

export const NOTHING_ASKED: EvidenceSearch = {
  from: '',
  to: '',
  types: '',
  actor: '',
  about: '',
  origin: '',
};

/** The first moment of a day as the browser's zone has it ("2026-11-23"), or '' for no day. */
export function startOfDay(day: string): string {
  return momentOf(day, 0);
}

/** The first moment after a day. */
export function endOfDay(day: string): string {
  return momentOf(day, 1);
}

function momentOf(day: string, later: number): string {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (parts === null) return '';
  const [year, month, date] = parts.slice(1).map(Number) as [number, number, number];
  // By the calendar, not by hours: a day may have 23 or 25 of them.
  return new Date(year, month - 1, date + later).toISOString();
}
