/** The words of the floor, and of stepping in. Another language is another catalogue of this shape. */
import { spokenAs } from '../lib/language';
import type { Need } from '../api/floor';

const count = (n: number, one: string, many: string) => (n === 1 ? `1 ${one}` : `${n} ${many}`);

const ENGLISH = {
  title: 'Floor',
  today: (zone: string) => `Today, by the clock of ${zone}`,
  updated: 'Live; the median is counted anew each minute.',
  stale: 'Not live. What is shown is as it was when the connection was lost.',
  more: 'There are more than 5,000 open links; the newest 5,000 are counted.',
  filters: 'Show',
  team: 'Team',
  allTeams: 'All teams',
  noTeam: 'No team',
  agent: 'Agent',
  allAgents: 'All agents',
  nobody: 'Nobody',
  channel: 'Channel',
  allChannels: 'All channels',
  noChannel: 'None or several',
  clear: 'Show everything',
  large: 'Large screen',
  largeHint: 'Press F or Esc to leave',
  pipeline: 'Links in each step now',
  steps: {
    created: 'Created',
    sent: 'Sent',
    delivered: 'Delivered',
    opened: 'Opened',
    card_entry: 'Typing card',
    checking: 'Processing',
    challenge: 'At the bank',
    declined: 'Declined',
    paid: 'Paid today',
  },
  links: (n: number) => count(n, 'link', 'links'),
  figures: 'Today so far',
  paid: 'Paid today',
  payments: (n: number) => count(n, 'payment', 'payments'),
  nothingPaid: 'Nothing yet',
  conversion: 'Conversion',
  ofMade: (paid: number, made: number) =>
    made === 0 ? 'no links made today' : `${paid} of ${count(made, 'link', 'links')} made today`,
  median: 'From sent to paid',
  medianHint: 'half are quicker',
  open: 'Open links',
  present: (n: number) => `${n} on the page now`,
  declines: 'Declines',
  declinesHint: 'tries today',
  unknown: '–',
  needs: 'Needs somebody now',
  needsCount: (n: number) => count(n, 'link needs somebody', 'links need somebody'),
  needLabels: {
    help: 'Asked for help',
    stalled: 'Stalled',
    declined: 'Declined again',
    undelivered: 'Not delivered',
  } satisfies Record<Need, string>,
  needsNone: 'Nobody is stuck.',
  needsNoneText: 'Who asks for help, stalls, is declined twice or gets no message shows here.',
  needsMore: (n: number) => `and ${n} more`,
  noReference: 'No reference',
  people: 'Agents',
  peopleHint: 'Choose one to see their links live.',
  peopleNone: 'Nobody has an open link, or made one today.',
  teams: 'Teams',
  channels: 'Channels',
  columns: {
    open: 'Open',
    present: 'On page',
    needs: 'Need help',
    made: 'Made',
    paid: 'Paid',
    conversion: 'Conversion',
    money: 'Money',
  },
  online: 'at their desk',
  offline: 'not seen lately',
  watch: (name: string) => `Watch ${name}`,
  work: (name: string) => `${name}: open links`,
  workNone: 'No open links just now.',
  workMore: (n: number) => `${n} more are not shown.`,
  stopWatching: 'Stop watching',
  openLink: 'Open',
  stepIn: 'Step in',
  alerts: 'Alerts',
  alertSince: (when: string) => `since ${when}`,
  alertLook: 'What to do',
  incidents: {
    decline_spike: {
      title: 'Many payments are declined',
      todo: 'Ask customers for another card. If one bank or one PSP stands out in the reports, tell the PSP.',
    },
    psp_down: {
      title: 'The payment provider does not answer',
      todo: 'Ask customers to wait, and not to try again and again. Look at the provider’s status page; route payments elsewhere if you can.',
    },
    message_failures: {
      title: 'Many messages do not arrive',
      todo: 'Send links by another channel, or show the QR code. Check the channel’s account in Settings.',
    },
    card_testing: {
      title: 'Somebody may be trying stolen cards',
      todo: 'Cancel the links concerned. Do not raise the fraud limits now; tell your PSP if it goes on.',
    },
    mailbox_failing: {
      title: 'The mailbox cannot be read',
      todo: 'Answers by email do not come in. Check its server and password in Settings.',
    },
  } as Partial<Record<string, { title: string; todo: string }>>,
  otherIncident: { title: 'Something needs a look', todo: 'See the journal for what happened.' },
  evidence: (data: Record<string, unknown>): string => {
    const n = (name: string) => (typeof data[name] === 'number' ? String(data[name]) : null);
    const minutes = n('minutes');
    const within = minutes === null ? '' : ` in ${minutes} min`;
    if (n('declined') !== null) return `${n('declined')} of ${n('tries')} tries${within}`;
    if (n('failed') !== null) return `${n('failed')} of ${n('messages')} messages${within}`;
    if (n('blocked') !== null) return `${n('blocked')} tries stopped${within}`;
    if (n('unanswered') !== null) return `${n('unanswered')} tries without an answer`;
    return '';
  },
  steer: {
    title: 'Step in',
    whisper: 'Whisper to the agent',
    whisperHint: 'Only they see it; the customer never does',
    whisperSend: 'Whisper',
    whispered: 'The agent sees it now.',
    whisperEmpty: 'Write what the agent should know.',
    takeOver: 'Take over',
    takenOver: 'The link is yours now.',
    giveTo: 'Give to',
    choose: 'Choose an agent',
    give: 'Give',
    given: (name: string) => `${name} has the link now.`,
    isMine: 'This link is yours.',
  },
  whispers: {
    title: 'Whispered to you',
    sent: 'Whispered to the agent',
    by: (name: string) => `${name}, only for you`,
    somebody: 'A supervisor',
    told: (customer: string | null, text: string) =>
      `Whispered to you about ${customer ?? 'a link'}: “${text}”`,
  },
} as const;

export const floorTexts = spokenAs('floor', ENGLISH);
