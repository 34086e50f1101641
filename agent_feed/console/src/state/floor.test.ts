import { describe, expect, it } from 'vitest';

import type { FloorLink, FloorSnapshot } from '../api/floor';
import { anEvent, at, NOON } from '../testing/samples';
import { FloorBooks, middle, type Tally } from './floor';

function floorLink(over: Partial<FloorLink> = {}): FloorLink {
  return {
    id: 'lnk_1',
    status: 'active',
    agent: 'usr_1',
    usage: 'single',
    reference: 'INV-7',
    step: 'created',
    since: NOON,
    present: false,
    device: null,
    channel: null,
    attempts: 0,
    problem: null,
    need: null,
    amount: 4999,
    currency: 'GBP',
    created_at: NOON,
    ...over,
  };
}

function snapshot(over: Partial<FloorSnapshot> = {}): FloorSnapshot {
  return {
    as_of: 0,
    from: '2026-11-22T00:00:00Z',
    to: '2026-11-23T00:00:00Z',
    timezone: 'UTC',
    links: [],
    day: [],
    online: [],
    names: {},
    more: false,
    ...over,
  };
}

function all(books: FloorBooks): Tally {
  const found = books.tallies(() => 'all').get('all');
  if (found === undefined) throw new Error('nothing in the books');
  return found;
}

describe('a payment walks through the floor', () => {
  it('is in one step at a time, and leaves for the day’s money', () => {
    const books = FloorBooks.of(snapshot());
    const seen: (string | undefined)[] = [];
    const walk = [
      anEvent('link.created', 1, { amount: 4999, currency: 'GBP' }, { agent: 'usr_1' }),
      anEvent('message.sent', 2, {}, { channel: 'sms' }),
      anEvent('message.delivered', 3, {}, { channel: 'sms' }),
      anEvent('link.opened', 4),
      anEvent('checkout.card_entry_started', 5),
      anEvent('checkout.submitted', 6, {}, { attempt: 'att_1' }),
      anEvent('payment.challenge_started', 7),
    ];
    for (const event of walk) {
      books.take(event);
      const { open, steps } = all(books);
      expect(open).toBe(1);
      seen.push(Object.entries(steps).find(([, count]) => count === 1)?.[0]);
    }
    expect(seen).toEqual([
      'created',
      'sent',
      'delivered',
      'opened',
      'card_entry',
      'submitted',
      'challenge',
    ]);
    books.take(anEvent('payment.paid', 8, { amount: 4999, currency: 'GBP' }));
    expect(all(books)).toMatchObject({
      open: 0,
      linksMade: 1,
      linksPaid: 1,
      payments: 1,
      amounts: { GBP: 4999 },
    });
    expect(Object.values(all(books).steps).every((count) => count === 0)).toBe(true);
  });

  it('counts nothing twice that the snapshot had already', () => {
    const late = anEvent('payment.paid', 9, { amount: 500, currency: 'GBP' });
    const part = {
      agent: null,
      channel: null,
      links_made: 1,
      links_paid: 1,
      payments: 1,
      declined: 0,
      amounts: { GBP: 500 },
      seconds: [30],
    };
    const books = FloorBooks.of(snapshot({ as_of: 9, day: [part] }), [late]);
    expect(all(books)).toMatchObject({ payments: 1, amounts: { GBP: 500 } });
  });

  it('keeps currencies apart, and yesterday’s late news out of today', () => {
    const books = FloorBooks.of(snapshot());
    books.take(anEvent('payment.paid', 1, { amount: 5, currency: 'GBP' }));
    books.take(anEvent('payment.paid', 2, { amount: 7, currency: 'JPY' }));
    const before = { occurred_at: '2026-11-21T23:59:59Z' };
    books.take(anEvent('payment.paid', 3, { amount: 9, currency: 'GBP' }, before));
    expect(all(books).amounts).toEqual({ GBP: 5, JPY: 7 });
  });
});

describe('what needs somebody', () => {
  it('is told longest first, and goes when the customer moves on', () => {
    const books = FloorBooks.of(
      snapshot({
        links: [
          floorLink({ id: 'lnk_a', step: 'opened', since: at(60), need: 'stalled' }),
          floorLink({ id: 'lnk_b', step: 'opened', since: at(10), need: 'help' }),
        ],
      }),
    );
    const ids = () => books.needs(() => true).map((each) => each.view.link.id);
    expect(ids()).toEqual(['lnk_b', 'lnk_a']);
    books.take(anEvent('checkout.submitted', 5, {}, { link: 'lnk_b', attempt: 'att_1' }));
    expect(ids()).toEqual(['lnk_a']);
    expect(all(books).needs).toMatchObject({ help: 0, stalled: 1 });
  });

  it('is a second decline, not a first', () => {
    const books = FloorBooks.of(snapshot({ links: [floorLink({ step: 'opened' })] }));
    books.take(anEvent('checkout.submitted', 1, {}, { attempt: 'att_1' }));
    books.take(anEvent('payment.declined', 2));
    expect(all(books).needs.declined).toBe(0);
    books.take(anEvent('checkout.submitted', 3, {}, { attempt: 'att_2' }));
    books.take(anEvent('payment.declined', 4));
    expect(all(books).needs.declined).toBe(1);
    expect(all(books).declined).toBe(2);
  });

  it('is a message that did not arrive, until one does', () => {
    const books = FloorBooks.of(snapshot({ links: [floorLink()] }));
    books.take(anEvent('message.failed', 1));
    expect(all(books).needs.undelivered).toBe(1);
    books.take(anEvent('message.sent', 2));
    expect(all(books).needs.undelivered).toBe(0);
  });
});

describe('whose work it is', () => {
  it('moves a link that is handed over from one agent to the other', () => {
    const books = FloorBooks.of(snapshot({ links: [floorLink()] }));
    const told = { agent: 'usr_2', agent_before: 'usr_1' };
    books.take(anEvent('link.updated', 1, told, { agent: 'usr_1' }));
    books.take(anEvent('link.updated', 2, told, { agent: 'usr_2' }));
    expect(books.linksOf('usr_1')).toEqual([]);
    expect(books.linksOf('usr_2').map((view) => view.link.id)).toEqual(['lnk_1']);
    const open = books.tallies((agent) => agent);
    expect([open.get('usr_1')?.open, open.get('usr_2')?.open]).toEqual([0, 1]);
  });

  it('adds up by channel and leaves out what a filter does', () => {
    const books = FloorBooks.of(
      snapshot({
        links: [
          floorLink({ id: 'lnk_a', channel: 'sms' }),
          floorLink({ id: 'lnk_b', channel: 'email', agent: 'usr_2' }),
        ],
      }),
    );
    const ofOne = books.tallies((agent, channel) => (agent === 'usr_2' ? channel : undefined));
    expect([...ofOne.keys()]).toEqual(['email']);
  });
});

describe('the books', () => {
  it('doubt when something happens to a link they do not have', () => {
    const books = FloorBooks.of(snapshot());
    books.take(anEvent('link.opened', 1));
    expect(books.doubt).toBe(true);
  });

  it('show who comes to a page and who leaves', () => {
    const books = FloorBooks.of(snapshot({ links: [floorLink()] }));
    books.onPresence({ link: 'lnk_1', present: true, device: 'mobile', activity: 'typing' });
    expect(all(books).present).toBe(1);
    books.take(anEvent('checkout.left', 1));
    expect(all(books).present).toBe(0);
  });

  it('know the middle as the service does', () => {
    expect([middle([]), middle([7]), middle([1, 2, 9]), middle([10, 20])]).toEqual([
      null,
      7,
      2,
      15,
    ]);
  });

  it('take an event in without a look at all the others', () => {
    const links = Array.from({ length: 5_000 }, (_, n) =>
      floorLink({ id: `lnk_${n}`, agent: `usr_${n % 100}` }),
    );
    const books = FloorBooks.of(snapshot({ links }));
    const started = performance.now();
    for (let n = 1; n <= 20_000; n += 1) {
      const type = n % 2 === 0 ? 'checkout.joined' : 'checkout.left';
      books.take(anEvent(type, n, {}, { link: `lnk_${n % 5_000}` }));
    }
    // 100 a second would be 200 seconds' worth.
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(all(books).open).toBe(5_000);
  });
});
