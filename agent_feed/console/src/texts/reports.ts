/** Everything that the reports say. */
import type { Cell } from '../api/reports';
import { formatAmount } from '../lib/money';
import { type Filter, type Group, kindOf, type Part, type Range } from '../state/reports';
import { channelTitle, languageLabel } from './labels';

const LOCALE = 'en-GB';

const PARTS: Record<Part, string> = {
  funnel: 'Funnel',
  channels: 'Channels',
  agents: 'Agents',
  payments: 'Payments',
  satisfaction: 'Satisfaction',
};

const EXPLAINED: Record<Part, string> = {
  funnel:
    'Of the links made in this time, how many came how far up to now. Whoever took a later step took those before it.',
  channels:
    'Messages by when each thing happened to them. Links made in this time, by the channel that they first went by.',
  agents: 'Links made in this time; money, declines and answers by when they happened.',
  payments: 'What was tried, paid, declined and given back, by when it happened.',
  satisfaction:
    'After paying, customers are asked how it was, from 1 (very bad) to 5 (very good). Satisfied are those who answer 4 or 5.',
};

const RANGES: Record<Range, string> = {
  today: 'Today',
  yesterday: 'Yesterday',
  '7d': 'Last 7 days',
  '30d': 'Last 30 days',
  month: 'This month',
  own: 'Own dates',
};

const GROUPS: Record<Group, string> = {
  day: 'Day',
  channel: 'Channel',
  agent: 'Agent',
  device: 'Device',
  language: 'Language',
  psp: 'Payment provider',
  reason: 'Decline reason',
  currency: 'Currency',
};

const FILTERS: Record<Filter, string> = {
  agent: 'Agent',
  channel: 'Channel',
  device: 'Device',
  language: 'Language',
  psp: 'Payment provider',
};

const STEPS: Partial<Record<string, string>> = {
  created: 'Created',
  delivered: 'Delivered',
  opened: 'Opened',
  card_entry: 'Card entry',
  submitted: 'Submitted',
  paid: 'Paid',
};

const COLUMNS: Partial<Record<string, string>> = {
  ...STEPS,
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
};

const REASONS: Partial<Record<string, string>> = {
  insufficient_funds: 'Not enough money',
  expired_card: 'Card expired',
  incorrect_cvc: 'Wrong security code',
  authentication_failed: 'Bank challenge failed',
  authentication_required: 'Bank challenge needed',
  not_completed: 'Not completed',
  blocked: 'Blocked by our rules',
  general: 'Refused by the bank, no reason given',
};

const UNKNOWN = 'Not known';

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Of a column by its name in the answer. */
function columnLabel(column: string, part: Part): string {
  if (column === 'paid' && part !== 'funnel') return 'Payments';
  const known = COLUMNS[column];
  if (known !== undefined) return known;
  const currency = column.slice(-3);
  if (column.startsWith('amount_paid_')) return `Paid, ${currency}`;
  if (column.startsWith('amount_refunded_')) return `Refunded, ${currency}`;
  if (column.startsWith('cost_estimated_')) return `Cost, ${currency} (estimate)`;
  if (column.startsWith('cost_')) return `Cost, ${currency} (told by provider)`;
  const score = /^score_(\d)$/.exec(column)?.[1];
  if (score !== undefined) return `Score ${score}`;
  const step = /^seconds_(p90_)?to_(\w+)$/.exec(column);
  if (step !== null) {
    const name = STEPS[step[2] ?? ''] ?? capital((step[2] ?? '').replaceAll('_', ' '));
    return step[1] === undefined ? `Time to ${lower(name)}` : `Time to ${lower(name)}, 9 of 10`;
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
const days = new Intl.DateTimeFormat(LOCALE, {
  timeZone: 'UTC',
  weekday: 'short',
  day: 'numeric',
  month: 'short',
});
const shortDays = new Intl.DateTimeFormat(LOCALE, {
  timeZone: 'UTC',
  day: 'numeric',
  month: 'short',
});

/** "0:42" would be read as a time of day. */
function spanLabel(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} h ${minutes % 60} min`;
  return `${Math.floor(hours / 24)} days ${hours % 24} h`;
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
  if (value === '') return by === 'agent' ? 'No agent' : UNKNOWN;
  switch (by) {
    case 'agent':
      return names[value] ?? 'A colleague';
    case 'channel':
      return channelTitle(value);
    case 'day':
      return days.format(Date.parse(`${value}T00:00Z`));
    case 'device':
      return value === 'desktop' ? 'Computer' : value === 'mobile' ? 'Phone' : capital(value);
    case 'language':
      return languageLabel(value);
    case 'psp':
      return capital(value);
    case 'reason':
      return REASONS[value] ?? capital(value.replaceAll('_', ' '));
    default:
      return value;
  }
}

/** How a total compares with the period before: in words, since an arrow alone says nothing to some. */
function changeLabel(column: string, now: Cell | undefined, before: Cell | undefined): string {
  if (typeof before !== 'number') return 'none before';
  const shown = cellLabel(column, before);
  if (typeof now !== 'number') return `${shown} before`;
  if (now === before) return 'as before';
  if (kindOf(column).kind === 'share') {
    const points = Math.round((now - before) * 1000) / 10;
    return `${points > 0 ? 'up' : 'down'} ${Math.abs(points)} points, ${shown} before`;
  }
  if (before === 0) return '0 before';
  const percent = Math.round((Math.abs(now - before) / before) * 100);
  return `${now > before ? 'up' : 'down'} ${percent} %, ${shown} before`;
}

export const reportTexts = {
  title: 'Reports',
  nav: 'Reports',
  parts: PARTS,
  explained: EXPLAINED,
  ranges: RANGES,
  groups: GROUPS,
  filters: FILTERS,
  columnLabel,
  cellLabel,
  nameLabel,
  changeLabel,
  spanLabel,
  shortDay: (day: string) => shortDays.format(Date.parse(`${day}T00:00Z`)),
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
  tableName: (part: Part) => `${PARTS[part]}, as a table`,
  chartName: (what: string, by: string) => `${what} by ${lower(by)}`,
  chartNote: 'The table below has the same numbers.',
  cards: 'At a glance',
  period: (from: string, to: string, zone: string) =>
    from === to
      ? `${days.format(Date.parse(`${from}T00:00Z`))}, ${zone}`
      : `${days.format(Date.parse(`${from}T00:00Z`))} to ${days.format(Date.parse(`${to}T00:00Z`))}, ${zone}`,
  comparedWith: (from: string, to: string) =>
    from === to
      ? `compared with ${shortDays.format(Date.parse(`${from}T00:00Z`))}`
      : `compared with ${shortDays.format(Date.parse(`${from}T00:00Z`))} to ${shortDays.format(Date.parse(`${to}T00:00Z`))}`,
  funnelName: 'From link to payment',
  ofBefore: (share: number) => `${shares.format(share)} of the step before`,
  lost: (count: number) => `${counts.format(count)} stopped here`,
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
