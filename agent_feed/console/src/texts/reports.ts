/** Everything that the reports say. */
import type { Cell } from '../api/reports';
import { dateFormat, locale, spokenAs } from '../lib/language';
import { capital } from '../lib/words';
import { formatAmount } from '../lib/money';
import { type Filter, type Group, kindOf, type Part, type Range } from '../state/reports';
import { channelTitle, languageLabel } from './labels';

const LOCALE = locale();

type Names = Partial<Record<string, string>>;

const ENGLISH = {
  parts: {
    funnel: 'Funnel',
    channels: 'Channels',
    agents: 'Agents',
    payments: 'Payments',
    satisfaction: 'Satisfaction',
  } satisfies Record<Part, string>,
  explained: {
    funnel:
      'Of the links made in this time, how many came how far up to now. Whoever took a later step took those before it.',
    channels:
      'Messages by when each thing happened to them. Links made in this time, by the channel that they first went by.',
    agents: 'Links made in this time; money, declines and answers by when they happened.',
    payments: 'What was tried, paid, declined and given back, by when it happened.',
    satisfaction:
      'After paying, customers are asked how it was, from 1 (very bad) to 5 (very good). Satisfied are those who answer 4 or 5.',
  } satisfies Record<Part, string>,
  ranges: {
    today: 'Today',
    yesterday: 'Yesterday',
    '7d': 'Last 7 days',
    '30d': 'Last 30 days',
    month: 'This month',
    own: 'Own dates',
  } satisfies Record<Range, string>,
  groups: {
    day: 'Day',
    channel: 'Channel',
    agent: 'Agent',
    device: 'Device',
    language: 'Language',
    psp: 'Payment provider',
    reason: 'Decline reason',
    currency: 'Currency',
  } satisfies Record<Group, string>,
  filters: {
    agent: 'Agent',
    channel: 'Channel',
    device: 'Device',
    language: 'Language',
    psp: 'Payment provider',
  } satisfies Record<Filter, string>,
  steps: {
    created: 'Created',
    delivered: 'Delivered',
    opened: 'Opened',
    card_entry: 'Card entry',
    submitted: 'Submitted',
    paid: 'Paid',
  },
  columns: {
    conversion: 'Conversion',
    seconds_in_all: 'Time to pay',
    seconds_p90_in_all: 'Time to pay, 9 of 10',
    queued: 'Queued',
    sent: 'Sent',
    read: 'Read',
    failed: 'Failed',
    received: 'Received',
    delivery_rate: 'Delivery rate',
    links: 'Links',
    links_opened: 'Links opened',
    links_paid: 'Links paid',
    answers: 'Answers',
    seconds_to_answer: 'Time to answer',
    seconds_p90_to_answer: 'Time to answer, 9 of 10',
    segments: 'SMS segments',
    seconds_to_paid: 'Time to pay',
    declined: 'Declined',
    stalled: 'Stalled',
    help_requested: 'Asked for help',
    refunds: 'Refunds begun',
    surveys: 'Survey answers',
    score: 'Score of 5',
    challenged: 'Bank challenges',
    decline_rate: 'Decline rate',
    share_of_declines: 'Share of declines',
    refunded: 'Refunds',
    response_rate: 'Response rate',
    share_satisfied: 'Satisfied',
    comments: 'Comments',
  },
  reasons: {
    insufficient_funds: 'Not enough money',
    expired_card: 'Card expired',
    incorrect_cvc: 'Wrong security code',
    authentication_failed: 'Bank challenge failed',
    authentication_required: 'Bank challenge needed',
    not_completed: 'Not completed',
    blocked: 'Blocked by our rules',
    general: 'Refused by the bank, no reason given',
  },
  unknown: 'Not known',
  noAgent: 'No agent',
  colleague: 'A colleague',
  devices: { desktop: 'Computer', mobile: 'Phone', tablet: 'Tablet' },
  paymentsColumn: 'Payments',
  paidIn: (currency: string) => `Paid, ${currency}`,
  refundedIn: (currency: string) => `Refunded, ${currency}`,
  costEstimated: (currency: string) => `Cost, ${currency} (estimate)`,
  costTold: (currency: string) => `Cost, ${currency} (told by provider)`,
  scoreColumn: (score: string) => `Score ${score}`,
  timeTo: (step: string) => `Time to ${lower(step)}`,
  timeToLate: (step: string) => `Time to ${lower(step)}, 9 of 10`,
  spans: {
    seconds: (n: number) => `${n} s`,
    minutes: (minutes: number, seconds: number) => `${minutes} min ${seconds} s`,
    hours: (hours: number, minutes: number) => `${hours} h ${minutes} min`,
    days: (days: number, hours: number) => `${days} days ${hours} h`,
  },
  change: {
    noneBefore: 'none before',
    before: (shown: string) => `${shown} before`,
    same: 'as before',
    points: (isUp: boolean, points: string, shown: string) =>
      `${isUp ? 'up' : 'down'} ${points} points, ${shown} before`,
    percent: (isUp: boolean, percent: string, shown: string) =>
      `${isUp ? 'up' : 'down'} ${percent} %, ${shown} before`,
  },
  title: 'Reports',
  nav: 'Reports',
  range: 'Time',
  from: 'From',
  to: 'To',
  zone: 'Time zone',
  rows: 'Rows',
  chart: 'Chart shows',
  all: 'All',
  refresh: 'Refresh',
  download: 'Download CSV',
  downloading: 'Preparing…',
  notDownloaded: 'The file could not be had. Try again.',
  only: (what: string, name: string) => `${what}: ${name}`,
  withdraw: (what: string) => `Show every ${lower(what)}`,
  totals: 'All',
  tableName: (part: string) => `${part}, as a table`,
  chartName: (what: string, by: string) => `${what} by ${lower(by)}`,
  chartNote: 'The table below has the same numbers.',
  cards: 'At a glance',
  day: (day: string, zone: string) => `${day}, ${zone}`,
  days: (from: string, to: string, zone: string) => `${from} to ${to}, ${zone}`,
  comparedWith: (from: string, to: string | null) =>
    to === null ? `compared with ${from}` : `compared with ${from} to ${to}`,
  funnelName: 'From link to payment',
  ofBefore: (share: string) => `${share} of the step before`,
  lost: (count: string) => `${count} stopped here`,
  stepTimes: 'Time in each step',
  stepTime: (median: string, late: string) => `half within ${median}, nine of ten within ${late}`,
  stepNone: 'not yet taken',
  drill: (name: string) => `Look at ${name} alone`,
  scoresByAgent: 'How satisfied each agent’s customers are',
  comments: 'What customers wrote',
  score: (score: number) => `${score} of 5`,
  openLink: 'Open the link',
  empty: {
    title: 'Nothing in this time',
    funnel:
      'A funnel counts the links that were made on these days. Make and send a link, and watch it arrive here; or look at more days.',
    channels:
      'Here you will see which messages arrive, what they cost, and how soon customers are answered. Send a link by SMS or email, or look at more days.',
    agents:
      'Here you will see what each agent’s work comes to: links, payments, and how soon they answer. Look at more days.',
    payments:
      'Every try to pay counts here, with the reason where it was declined. Nobody pressed Pay on these days; look at more of them.',
    satisfaction:
      'Once a customer has paid, the page asks how it was. Answers come in here; an admin can switch the question off in the settings.',
    more: 'Look at 30 days',
    unfiltered: 'Show everything',
  },
  estimate:
    'Costs marked as an estimate come from your own price list (settings, message_prices); the others the provider told.',
};

export const reportWords = spokenAs('reports', ENGLISH);
const words = reportWords;

/** Of a column by its name in the answer. */
function columnLabel(column: string, part: Part): string {
  if (column === 'paid' && part !== 'funnel') return words.paymentsColumn;
  const known = (words.columns as Names)[column] ?? (words.steps as Names)[column];
  if (known !== undefined) return known;
  const currency = column.slice(-3);
  if (column.startsWith('amount_paid_')) return words.paidIn(currency);
  if (column.startsWith('amount_refunded_')) return words.refundedIn(currency);
  if (column.startsWith('cost_estimated_')) return words.costEstimated(currency);
  if (column.startsWith('cost_')) return words.costTold(currency);
  const score = /^score_(\d)$/.exec(column)?.[1];
  if (score !== undefined) return words.scoreColumn(score);
  const step = /^seconds_(p90_)?to_(\w+)$/.exec(column);
  if (step !== null) {
    const name =
      (words.steps as Names)[step[2] ?? ''] ?? capital((step[2] ?? '').replaceAll('_', ' '));
    return step[1] === undefined ? words.timeTo(name) : words.timeToLate(name);
  }
  return capital(column.replaceAll('_', ' '));
}

function lower(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1);
}

const counts = new Intl.NumberFormat(LOCALE);
const shares = new Intl.NumberFormat(LOCALE, {
  style: 'percent',
  minimumFractionDigits: 0,
  maximumFractionDigits: 1,
});
const scores = new Intl.NumberFormat(LOCALE, {
  minimumFractionDigits: 1,
  maximumFractionDigits: 2,
});
const days = dateFormat({
  timeZone: 'UTC',
  weekday: 'short',
  day: 'numeric',
  month: 'short',
});
const shortDays = dateFormat({
  timeZone: 'UTC',
  day: 'numeric',
  month: 'short',
});

/** "0:42" would be read as a time of day. */
function spanLabel(seconds: number): string {
  if (seconds < 60) return words.spans.seconds(seconds);
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return words.spans.minutes(minutes, seconds % 60);
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return words.spans.hours(hours, minutes % 60);
  return words.spans.days(Math.floor(hours / 24), hours % 24);
}

function microsLabel(micros: number, currency: string): string {
  const whole = Math.floor(micros / 1_000_000);
  const rest = String(micros % 1_000_000)
    .padStart(6, '0')
    .replace(/0{1,4}$/, '');
  return `${counts.format(whole)}.${rest} ${currency}`;
}

/** A cell as people read it; what there is none of is a dash. */
function cellLabel(column: string, cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return '–';
  const what = kindOf(column);
  if (typeof cell === 'string') return cell;
  switch (what.kind) {
    case 'share':
      return shares.format(cell);
    case 'seconds':
      return spanLabel(cell);
    case 'score':
      return scores.format(cell);
    case 'money':
      return formatAmount(cell, what.currency);
    case 'micros':
      return microsLabel(cell, what.currency);
    default:
      return counts.format(cell);
  }
}

/** What a row or a filter stands for. */
function nameLabel(by: string, value: string, names: Readonly<Record<string, string>>): string {
  if (value === '') return by === 'agent' ? words.noAgent : words.unknown;
  switch (by) {
    case 'agent':
      return names[value] ?? words.colleague;
    case 'channel':
      return channelTitle(value);
    case 'day':
      return days.format(Date.parse(`${value}T00:00Z`));
    case 'device':
      return (words.devices as Names)[value] ?? capital(value);
    case 'language':
      return languageLabel(value);
    case 'psp':
      return capital(value);
    case 'reason':
      return (words.reasons as Names)[value] ?? capital(value.replaceAll('_', ' '));
    default:
      return value;
  }
}

/** How a total compares with the period before: in words, since an arrow alone says nothing to some. */
function changeLabel(column: string, now: Cell | undefined, before: Cell | undefined): string {
  if (typeof before !== 'number') return words.change.noneBefore;
  const shown = cellLabel(column, before);
  if (typeof now !== 'number') return words.change.before(shown);
  if (now === before) return words.change.same;
  if (kindOf(column).kind === 'share') {
    const points = Math.round((now - before) * 1000) / 10;
    return words.change.points(points > 0, String(Math.abs(points)), shown);
  }
  if (before === 0) return words.change.before(counts.format(0));
  const percent = Math.round((Math.abs(now - before) / before) * 100);
  return words.change.percent(now > before, String(percent), shown);
}

export const reportTexts = {
  ...words,
  columnLabel,
  cellLabel,
  nameLabel,
  changeLabel,
  spanLabel,
  shortDay,
  tableName: (part: Part) => words.tableName(words.parts[part]),
  period: (from: string, to: string, zone: string) =>
    from === to
      ? words.day(days.format(at(from)), zone)
      : words.days(days.format(at(from)), days.format(at(to)), zone),
  comparedWith: (from: string, to: string) =>
    words.comparedWith(shortDay(from), from === to ? null : shortDay(to)),
  ofBefore: (share: number) => words.ofBefore(shares.format(share)),
  lost: (count: number) => words.lost(counts.format(count)),
};

function shortDay(day: string): string {
  return shortDays.format(at(day));
}

function at(day: string): number {
  return Date.parse(`${day}T00:00Z`);
}
