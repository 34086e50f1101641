import { describe, expect, it } from 'vitest';

import type { JournalEvent } from '../api/types';
import { aLink, anEvent, at } from '../testing/samples';
import { pipsOf, STAGES, trackOf } from './track';

type Told = [string, Record<string, unknown>?, string?];

function events(...told: Told[]): JournalEvent[] {
  return told.map(([type, data, attempt], index) =>
    anEvent(type, index + 1, data ?? {}, { attempt: attempt ?? null }),
  );
}

const WAY: Told[] = [
  ['link.created'],
  ['message.sent', { channel: 'sms' }],
  ['message.delivered', { channel: 'sms' }],
  ['link.fetched', { by: 'bot' }],
  ['link.opened', { device: 'mobile' }],
  ['checkout.card_entry_started', { field: 'number' }],
  ['checkout.field_completed', { field: 'number' }],
];

const states = (link = aLink(), list: JournalEvent[] = []) =>
  Object.fromEntries(trackOf(link, list).stages.map((stage) => [stage.name, stage.state]));

describe('the track of a link', () => {
  it('starts at created with everything still to come', () => {
    expect(states(aLink(), events(['link.created']))).toEqual({
      created: 'now',
      sent: 'todo',
      delivered: 'todo',
      opened: 'todo',
      card_entry: 'todo',
      submitted: 'todo',
      fraud_check: 'todo',
      challenge: 'todo',
      outcome: 'todo',
    });
  });

  it('ticks what is done, with time, channel and device', () => {
    const track = trackOf(aLink(), events(...WAY));
    const of = (name: string) => track.stages.find((stage) => stage.name === name);
    expect(of('sent')).toMatchObject({ state: 'done', at: at(2), channel: 'sms' });
    expect(of('opened')).toMatchObject({ state: 'done', at: at(5), device: 'mobile' });
    expect(of('card_entry')).toMatchObject({ state: 'now', at: at(6) });
    expect(track.fields).toEqual({ number: 'done', expiry: 'todo', cvc: 'todo' });
  });

  it('follows each card field: typed, refused, complete', () => {
    const entry = (...more: Told[]) => trackOf(aLink(), events(...WAY, ...more)).fields.expiry;
    expect(entry(['checkout.card_entry_started', { field: 'expiry' }])).toBe('typing');
    expect(entry(['checkout.field_invalid', { field: 'expiry' }])).toBe('invalid');
    expect(
      entry(
        ['checkout.field_invalid', { field: 'expiry' }],
        ['checkout.field_completed', { field: 'expiry' }],
      ),
    ).toBe('done');
    expect(entry(['checkout.field_completed', { field: 'shoe_size' }])).toBe('todo');
  });

  it('skips sending for a link that is shown, and a challenge nobody asked for', () => {
    const link = aLink({ messages: [] });
    expect(states(link)).toMatchObject({ sent: 'skipped', delivered: 'skipped', opened: 'todo' });
    const paid = states(
      link,
      events(['link.opened'], ['checkout.submitted', {}, 'att_1'], ['payment.paid', {}, 'att_1']),
    );
    expect(paid).toMatchObject({ sent: 'skipped', challenge: 'skipped', outcome: 'done' });
  });

  it('ends in a decline, and starts the round again with another card', () => {
    const first: Told[] = [
      ...WAY,
      ['checkout.submitted', {}, 'att_1'],
      ['payment.fraud_check_completed', { verdict: 'allow' }, 'att_1'],
      ['payment.declined', { code: 'x', customer_message: 'No.', agent_hint: 'Ask.' }, 'att_1'],
    ];
    const over = trackOf(aLink(), events(...first));
    expect([over.outcome, over.stages.at(-1)?.state]).toEqual(['declined', 'problem']);
    expect(over.verdict).toBe('allow');

    const again = trackOf(
      aLink(),
      events(...first, ['checkout.card_entry_started', { field: 'number' }]),
    );
    expect(again.outcome).toBe('open');
    expect(again.verdict).toBe(null);
    expect(again.fields).toEqual({ number: 'typing', expiry: 'todo', cvc: 'todo' });
    const by = Object.fromEntries(again.stages.map((stage) => [stage.name, stage.state]));
    expect(by).toMatchObject({ card_entry: 'now', submitted: 'todo', outcome: 'todo' });
    expect(again.attempts).toEqual([
      {
        id: 'att_1',
        at: at(8),
        outcome: 'declined',
        problem: { code: 'x', customer_message: 'No.', agent_hint: 'Ask.' },
      },
    ]);
  });

  it('begins a new round too when the customer pays again without retyping', () => {
    const track = trackOf(
      aLink(),
      events(
        ...WAY,
        ['checkout.submitted', {}, 'att_1'],
        ['payment.declined', {}, 'att_1'],
        ['checkout.submitted', {}, 'att_2'],
      ),
    );
    expect(track.stages.find((stage) => stage.name === 'submitted')).toMatchObject({
      state: 'now',
      at: at(10),
    });
    expect(track.attempts.map((each) => each.outcome)).toEqual(['declined', 'running']);
  });

  it('shows a failed bank challenge', () => {
    const track = trackOf(
      aLink(),
      events(
        ['payment.challenge_started', {}, 'a'],
        ['payment.challenge_completed', { result: 'failed' }, 'a'],
      ),
    );
    expect(track.challenge).toBe('failed');
  });

  it('leaves nothing to come once the link is closed', () => {
    for (const [type, outcome] of [
      ['link.expired', 'expired'],
      ['link.cancelled', 'cancelled'],
      ['link.superseded', 'cancelled'],
    ] as const) {
      const track = trackOf(aLink(), events(['link.opened'], [type]));
      expect(track.outcome).toBe(outcome);
      expect(track.stages.filter((stage) => stage.state === 'todo')).toEqual([]);
    }
  });

  it('goes through another round for the rest, once a part is paid', () => {
    const part = events(
      ['checkout.card_entry_started', { field: 'number' }],
      ['checkout.field_completed', { field: 'number' }],
      ['checkout.submitted', {}, 'a'],
      ['payment.partially_paid', { amount: 1000 }, 'a'],
    );
    const paid = trackOf(aLink(), part);
    expect([paid.outcome, paid.attempts.map((each) => each.outcome)]).toEqual([
      'part_paid',
      ['paid'],
    ]);
    const next = anEvent('checkout.card_entry_started', 99, { field: 'number' });
    const again = trackOf(aLink(), [...part, next]);
    expect([again.outcome, again.fields.number]).toEqual(['open', 'typing']);
    expect(again.stages.find((stage) => stage.name === 'submitted')?.state).toBe('todo');
  });

  it('knows each stage once', () => {
    expect(new Set(STAGES).size).toBe(STAGES.length);
  });
});

describe('the compact track', () => {
  it('fills up to paid and knows a step it has not heard of as none', () => {
    expect(['created', 'opened', 'card_entry', 'paid', 'teleported'].map(pipsOf)).toEqual([
      0, 2, 3, 6, 0,
    ]);
  });
});
