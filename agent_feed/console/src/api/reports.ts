/** Reports: the same cells as JSON and as CSV. */
import { query } from './client';
import { readFile } from './files';
import type { Http } from './http';

export type Cell = string | number | null;
export type Row = Readonly<Record<string, Cell>>;

export interface Comment {
  at: string;
  link: string | null;
  agent: string | null;
  channel: string | null;
  score: number;
  comment: string;
}

export interface Report {
  report: string;
  from: string;
  to: string;
  timezone: string;
  columns: readonly string[];
  data: readonly Row[];
  totals: Row;
  names?: Readonly<Record<string, string>>;
  comments?: readonly Comment[];
}

export type Asked = Readonly<Record<string, string | undefined>>;

export function readReport(
  http: Http,
  name: string,
  asked: Asked,
  signal: AbortSignal,
): Promise<Report> {
  return http.json(reportPath(name, asked), { signal, timeoutMs: 30_000 });
}

/** An empty value is asked for too: it stands for what nobody knows. */
export function reportPath(name: string, asked: Asked): string {
  const known = query({ ...asked });
  const empty = Object.keys(asked).filter((each) => asked[each] === '');
  const rest = empty.map((each) => `${known === '' ? '?' : '&'}${each}=`).join('');
  return `/v1/reports/${name}${known}${rest}`;
}

/** The file, as the service writes it: safe to open in a spreadsheet. */
export function readCsv(name: string, asked: Asked): Promise<Blob> {
  return readFile(reportPath(name, asked), 'text/csv');
}
