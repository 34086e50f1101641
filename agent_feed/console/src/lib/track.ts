/** The steps of one link with their times, read from its events: what the vertical track shows. */
import type { JournalEvent, Link, Problem } from '../api/types';
import { channelOf, problemIn, textIn } from './data';

export const STAGES = [
  'created',
  'sent',
  'delivered',
  'opened',
  'card_entry',
  'submitted',
  'fraud_check',
  'challenge',
  'outcome',
] as const;
export type StageName = (typeof STAGES)[number];

export type StageState = 'done' | 'now' | 'todo' | 'problem' | 'skipped';

export const CARD_FIELDS = ['number', 'expiry', 'cvc'] as const;
export type CardField = (typeof CARD_FIELDS)[number];
export type FieldState = 'todo' | 'typing' | 'done' | 'invalid';

export type Outcome =
  | 'open'
  | 'processing'
  | 'authorised'
  | 'part_paid'
  | 'paid'
  | 'declined'
  | 'expired'
  | 'cancelled';

export interface Stage {
  name: StageName;
  state: StageState;
  at: string | null;
  channel: string | null;
  device: string | null;
}

export interface AttemptLine {
  id: string;
  at: string;
  outcome: 'running' | 'paid' | 'authorised' | 'declined';
  problem: Problem | null;
}

export interface Track {
  stages: Stage[];
  fields: Record<CardField, FieldState>;
  outcome: Outcome;
  verdict: string | null;
  challenge: 'succeeded' | 'failed' | null;
  attempts: AttemptLine[];
}

interface Mark {
  at: string;
  channel: string | null;
  device: string | null;
}

const FRESH_FIELDS: Record<CardField, FieldState> = { number: 'todo', expiry: 'todo', cvc: 'todo' };

/** What one pass over the events has gathered. Later rounds (another card) overwrite the earlier ones' marks. */
class Reading {
  marks = new Map<StageName, Mark>();
  fields = { ...FRESH_FIELDS };
  verdict: string | null = null;
  challenge: 'succeeded' | 'failed' | null = null;
  outcome: Outcome = 'open';
  attempts: AttemptLine[] = [];

  take(event: JournalEvent): void {
    const stage = STAGE_OF[event.type];
    if (stage !== undefined && ROUND.includes(stage)) this.beginRoundIfOver(event);
    if (stage !== undefined) this.mark(stage, event);
    this.takeField(event);
    this.takeAttempt(event);
    if (event.type === 'payment.fraud_check_completed') this.verdict = textIn(event, 'verdict');
    if (event.type === 'payment.challenge_completed') {
      this.challenge = textIn(event, 'result') === 'failed' ? 'failed' : 'succeeded';
    }
    this.outcome = OUTCOME_OF[event.type] ?? this.outcome;
  }

  private mark(stage: StageName, event: JournalEvent): void {
    // The first message sent is when it was sent; the outcome is the last one known.
    if (this.marks.has(stage) && stage !== 'outcome') return;
    const device = textIn(event, 'device');
    this.marks.set(stage, { at: event.occurred_at, channel: channelOf(event), device });
  }

  private beginRoundIfOver(event: JournalEvent): void {
    const isOver = this.outcome === 'declined' || this.outcome === 'part_paid';
    const isOther = event.type === 'checkout.submitted' && this.marks.has('submitted');
    if (!isOver && !isOther) return;
    for (const stage of ROUND) if (isOver || stage !== 'card_entry') this.marks.delete(stage);
    this.marks.delete('outcome');
    if (isOver) this.fields = { ...FRESH_FIELDS };
    this.verdict = null;
    this.challenge = null;
    this.outcome = 'open';
  }

  private takeField(event: JournalEvent): void {
    const field = textIn(event, 'field');
    if (field === null || !isCardField(field)) return;
    if (event.type === 'checkout.field_completed') this.fields[field] = 'done';
    if (event.type === 'checkout.field_invalid') this.fields[field] = 'invalid';
    if (event.type === 'checkout.card_entry_started' && this.fields[field] === 'todo') {
      this.fields[field] = 'typing';
    }
  }

  private takeAttempt(event: JournalEvent): void {
    const id = event.attempt;
    if (id === null) return;
    let line = this.attempts.find((each) => each.id === id);
    if (line === undefined) {
      line = { id, at: event.occurred_at, outcome: 'running', problem: null };
      this.attempts.push(line);
    }
    if (event.type === 'payment.paid' || event.type === 'payment.partially_paid') {
      line.outcome = 'paid';
    }
    if (event.type === 'payment.authorised') line.outcome = 'authorised';
    if (event.type === 'payment.declined') {
      line.outcome = 'declined';
      line.problem = problemIn(event);
    }
  }
}

function isCardField(field: string): field is CardField {
  return (CARD_FIELDS as readonly string[]).includes(field);
}

/** The stages that a try with another card goes through again. */
const ROUND: readonly StageName[] = ['card_entry', 'submitted', 'fraud_check', 'challenge'];

const STAGE_OF: Partial<Record<string, StageName>> = {
  'link.created': 'created',
  'link.sent': 'sent',
  'message.sent': 'sent',
  'message.delivered': 'delivered',
  'message.read': 'delivered',
  'link.opened': 'opened',
  'checkout.card_entry_started': 'card_entry',
  'checkout.field_completed': 'card_entry',
  'checkout.field_invalid': 'card_entry',
  'checkout.submitted': 'submitted',
  'payment.fraud_check_started': 'fraud_check',
  'payment.fraud_check_completed': 'fraud_check',
  'payment.challenge_started': 'challenge',
  'payment.challenge_completed': 'challenge',
  'payment.processing': 'outcome',
  'payment.authorised': 'outcome',
  'payment.declined': 'outcome',
  'payment.paid': 'outcome',
  'payment.partially_paid': 'outcome',
  'payment.paid_late': 'outcome',
  'link.expired': 'outcome',
  'link.cancelled': 'outcome',
  'link.superseded': 'outcome',
};

const OUTCOME_OF: Partial<Record<string, Outcome>> = {
  'payment.processing': 'processing',
  'payment.authorised': 'authorised',
  'payment.partially_paid': 'part_paid',
  'payment.declined': 'declined',
  'payment.paid': 'paid',
  'payment.paid_late': 'paid',
  'link.expired': 'expired',
  'link.cancelled': 'cancelled',
  'link.superseded': 'cancelled',
};

/** `events` are the link's own, oldest first. */
export function trackOf(link: Link, events: readonly JournalEvent[]): Track {
  const reading = new Reading();
  reading.marks.set('created', { at: link.created_at, channel: null, device: null });
  for (const event of events) reading.take(event);
  const reached = STAGES.map((name) => reading.marks.has(name)).lastIndexOf(true);
  const stages = STAGES.map((name, index): Stage => {
    const mark = reading.marks.get(name);
    return {
      name,
      state: stateOf(name, index, reached, mark !== undefined, reading.outcome, link),
      at: mark?.at ?? null,
      channel: mark?.channel ?? null,
      device: mark?.device ?? null,
    };
  });
  const { fields, outcome, verdict, challenge, attempts } = reading;
  return { stages, fields, outcome, verdict, challenge, attempts };
}

function stateOf(
  name: StageName,
  index: number,
  reached: number,
  isMarked: boolean,
  outcome: Outcome,
  link: Link,
): StageState {
  if (index < reached) return isMarked ? 'done' : 'skipped';
  if (index === reached) return stateOfLast(name, outcome);
  // A link that is shown or read out is never sent: that is no step still to come.
  const isSending = name === 'sent' || name === 'delivered';
  if (isSending && link.messages.length === 0) return 'skipped';
  const isClosed = outcome === 'expired' || outcome === 'cancelled';
  return isClosed ? 'skipped' : 'todo';
}

function stateOfLast(name: StageName, outcome: Outcome): StageState {
  if (name !== 'outcome') return 'now';
  if (outcome === 'paid' || outcome === 'part_paid' || outcome === 'authorised') return 'done';
  return outcome === 'processing' ? 'now' : 'problem';
}

/** How far along a link is, from 0 to 6, for the compact track of the list. */
export function pipsOf(step: string): number {
  return PIPS[step] ?? 0;
}

export const PIP_COUNT = 6;

const PIPS: Partial<Record<string, number>> = {
  created: 0,
  sent: 1,
  delivered: 1,
  opened: 2,
  card_entry: 3,
  submitted: 4,
  fraud_check: 5,
  challenge: 5,
  processing: 5,
  declined: 5,
  paid: 6,
};
