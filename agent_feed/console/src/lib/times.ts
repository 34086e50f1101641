/** Moments and spans in words. `nowMs` is always passed in: these functions read no clock. */

import { dateFormat, spokenAs } from './language';

const ENGLISH = {
  now: 'now',
  secondsAgo: (n: number) => `${n} s ago`,
  minutesAgo: (n: number) => `${n} min ago`,
  hoursAgo: (n: number) => `${n} h ago`,
  soon: 'in less than a minute',
  inMinutes: (n: number) => `in ${n} min`,
  inHours: (n: number) => `in ${n} h`,
  inDays: (n: number) => `in ${n} days`,
};

export const times = spokenAs('times', ENGLISH);

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const clockTime = dateFormat({
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});
const shortTime = dateFormat({ hour: '2-digit', minute: '2-digit' });
const dayAndMonth = dateFormat({ day: 'numeric', month: 'short' });
const fullDate = dateFormat({ dateStyle: 'full', timeStyle: 'medium' });

/** How long ago, coarse enough not to flicker: "now", "20 s ago", "5 min ago", "3 h ago", "14 Nov". */
export function ago(moment: string, nowMs: number): string {
  const then = Date.parse(moment);
  if (Number.isNaN(then)) return '';
  const span = nowMs - then;
  if (span < 10 * SECOND) return times.now;
  if (span < MINUTE) return times.secondsAgo(Math.floor(span / (10 * SECOND)) * 10);
  if (span < HOUR) return times.minutesAgo(Math.floor(span / MINUTE));
  if (span < DAY) return times.hoursAgo(Math.floor(span / HOUR));
  return dayAndMonth.format(then);
}

/** How long until: "in 5 min", "in 23 h", "in 7 days"; null once it is past. */
export function until(moment: string, nowMs: number): string | null {
  const span = Date.parse(moment) - nowMs;
  if (Number.isNaN(span) || span <= 0) return null;
  if (span < MINUTE) return times.soon;
  if (span < HOUR) return times.inMinutes(Math.floor(span / MINUTE));
  if (span < 2 * DAY) return times.inHours(Math.floor(span / HOUR));
  return times.inDays(Math.floor(span / DAY));
}

/** A running span: "0:42", "12:05", "1:02:03". */
export function running(moment: string, nowMs: number): string {
  const seconds = Math.max(0, Math.floor((nowMs - Date.parse(moment)) / SECOND));
  if (Number.isNaN(seconds)) return '';
  const pad = (n: number) => String(n).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${pad(seconds % 60)}`;
  return `${Math.floor(minutes / 60)}:${pad(minutes % 60)}:${pad(seconds % 60)}`;
}

function sameDay(a: Date, b: Date): boolean {
  return a.toDateString() === b.toDateString();
}

/** Time to the second, with the day where it is not today: "14:03:21", "21 Nov, 14:03:21". */
export function stamp(moment: string, nowMs: number): string {
  const then = new Date(moment);
  if (Number.isNaN(then.getTime())) return '';
  const time = clockTime.format(then);
  return sameDay(then, new Date(nowMs)) ? time : `${dayAndMonth.format(then)}, ${time}`;
}

/** Time to the minute, with the day where it is not today: "14:03", "24 Nov, 14:03". */
export function shortStamp(moment: string | number, nowMs: number): string {
  const then = new Date(moment);
  if (Number.isNaN(then.getTime())) return '';
  const time = shortTime.format(then);
  return sameDay(then, new Date(nowMs)) ? time : `${dayAndMonth.format(then)}, ${time}`;
}

/** Everything about a moment, for a tooltip. */
export function fullStamp(moment: string): string {
  const then = new Date(moment);
  return Number.isNaN(then.getTime()) ? '' : fullDate.format(then);
}
