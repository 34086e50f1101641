import { beforeEach, describe, expect, it } from 'vitest';

import type { JournalEvent, Link } from '../api/types';
import { HeldService } from '../testing/held_service';
import { aLink, anEvent, aProgress } from '../testing/samples';
import { LinkList } from './links.svelte';

const page = (data: Link[], asOf: number) => ({ data, next_cursor: null, as_of: asOf });
const opened = (position: number, link = 'lnk_1'): JournalEvent =>
  anEvent('link.opened', position, { device: 'mobile' }, { link });

let service: HeldService;
let list: LinkList;
let news: string[];

beforeEach(() => {
  service = new HeldService();
  news = [];
  list = new LinkList(service.client, {
    me: () => 'usr_1',
    onNews: (view, what) => news.push(`${view.link.id} ${what}`),
  });
});

const rows = () => list.rows.map((view) => `${view.link.id} ${view.link.progress.step}`);

describe('the live list', () => {
  it('is the snapshot and the entries after it, also those that came before it did', async () => {
    void list.load();
    list.onEvent(opened(5));
    list.onEvent(anEvent('checkout.submitted', 7, {}, { attempt: 'att_1' }));
    const link = aLink({ progress: aProgress({ step: 'opened' }) });
    await service.answer('/v1/links?', page([link], 6));
    expect(rows()).toEqual(['lnk_1 submitted']);
    list.onEvent(anEvent('payment.paid', 8, {}, { attempt: 'att_1' }));
    expect(rows()).toEqual(['lnk_1 paid']);
  });

  it('asks for its own links first', () => {
    void list.load();
    expect(service.asked[0]?.path).toBe('/v1/links?agent=me&limit=50');
  });

  it('takes in a link it has never heard of', async () => {
    void list.load();
    await service.answer('/v1/links?', page([], 10));
    list.onEvent(anEvent('link.created', 11, {}, { link: 'lnk_2' }));
    list.onEvent(opened(12, 'lnk_2'));
    await service.answer('/v1/links/lnk_2', aLink({ id: 'lnk_2' }));
    expect(rows()).toEqual(['lnk_2 opened']);
    expect(service.asked).toEqual([]);
  });

  it('lets a link go that is given to a colleague', async () => {
    void list.load();
    await service.answer('/v1/links?', page([aLink({ agent: 'usr_1' })], 10));
    expect(rows()).toHaveLength(1);
    list.onEvent(anEvent('link.updated', 11, { agent: 'usr_2' }, { agent: 'usr_2' }));
    expect(rows()).toEqual([]);
  });

  it("leaves a colleague's link out of one's own list", async () => {
    void list.load();
    await service.answer('/v1/links?', page([], 10));
    list.onEvent(opened(11, 'lnk_2'));
    await service.answer('/v1/links/lnk_2', aLink({ id: 'lnk_2', agent: 'usr_2' }));
    expect(rows()).toEqual([]);
  });

  it('looks again where an entry does not say everything', async () => {
    void list.load();
    await service.answer('/v1/links?', page([aLink()], 10));
    list.onEvent(anEvent('link.updated', 11));
    await service.answer('/v1/links/lnk_1', aLink({ amount: 777 }));
    expect(list.get('lnk_1')).toMatchObject({ stale: false, upTo: 11, link: { amount: 777 } });
  });

  it('takes a new snapshot only where the stream began after the one it has', async () => {
    void list.load();
    await service.answer('/v1/links?', page([aLink()], 10));
    list.onCovered({ topics: ['mine'], from: 10, reset: false });
    list.onCovered({ topics: ['customer:cus_1'], from: 99, reset: false });
    expect(service.asked).toEqual([]);
    list.onCovered({ topics: ['mine'], from: 11, reset: false });
    expect(service.asked).toHaveLength(1);
  });

  it('starts over when the stream was reset, even to lower positions', async () => {
    void list.load();
    await service.answer('/v1/links?', page([aLink()], 10));
    list.onCovered({ topics: ['mine'], from: 2, reset: true });
    await service.answer('/v1/links?', page([aLink()], 2));
    list.onEvent(opened(3));
    expect(rows()).toEqual(['lnk_1 opened']);
  });

  it('shows only what fits the filter, as it changes', async () => {
    list.show({ scope: 'mine', status: 'active', q: '' });
    await service.answer('/v1/links?', page([aLink()], 10));
    expect(rows()).toHaveLength(1);
    list.onEvent(anEvent('payment.paid', 11));
    expect(rows()).toEqual([]);
  });

  it('forgets a late answer to a filter that was left', async () => {
    list.show({ scope: 'mine', status: '', q: 'old' });
    list.show({ scope: 'mine', status: '', q: 'new' });
    await service.answer('/v1/links?agent=me&q=old', page([aLink({ id: 'lnk_old' })], 10));
    await service.answer('/v1/links?agent=me&q=new', page([aLink({ id: 'lnk_new' })], 10));
    expect(rows()).toEqual(['lnk_new created']);
  });

  it('tells of what needs a person, once, and of what was paid', async () => {
    void list.load();
    await service.answer('/v1/links?', page([aLink()], 0));
    list.onEvent(anEvent('checkout.stalled', 1));
    list.onEvent(anEvent('checkout.stalled', 2));
    list.onEvent(anEvent('payment.paid', 3));
    expect(news).toEqual(['lnk_1 stalled', 'lnk_1 paid']);
  });

  it('keeps what it shows when a later snapshot fails, and says so when the first does', async () => {
    void list.load();
    await service.answer('/v1/links?', { code: 'x' }, 500);
    expect(list.status).toBe('failed');
    void list.load();
    await service.answer('/v1/links?', page([aLink()], 0));
    void list.load();
    await service.answer('/v1/links?', { code: 'x' }, 500);
    expect([list.status, list.rows.length]).toEqual(['ready', 1]);
  });

  it('knows who is on the page', async () => {
    void list.load();
    await service.answer('/v1/links?', page([aLink()], 0));
    list.onPresence({ link: 'lnk_1', present: true, device: 'mobile', activity: 'typing' });
    expect([list.onPage, list.get('lnk_1')?.activity]).toEqual([1, 'typing']);
    list.onSilence();
    expect([list.onPage, list.get('lnk_1')?.activity]).toEqual([1, null]);
  });
});

describe('a busy floor', () => {
  const LINKS = 1_000;
  const EVENTS = 5_000;

  it('draws once what came in together, and ends in the right list', async () => {
    const held: (() => void)[] = [];
    const told: string[] = [];
    list = new LinkList(service.client, {
      me: () => 'usr_1',
      onNews: (view, what) => told.push(`${view.link.id} ${what}`),
      schedule: (show) => held.push(show),
    });
    void list.load();
    const links = Array.from({ length: LINKS }, (_, n) => aLink({ id: `lnk_${n}` }));
    await service.answer('/v1/links?', page(links, 10));
    const before = list.rows;
    for (let n = 0; n < EVENTS; n += 1) {
      const type = ['link.opened', 'checkout.submitted', 'payment.declined', 'payment.paid'][n % 4];
      const link = `lnk_${(n * 7) % LINKS}`;
      const data = { device: 'mobile', decline_code: 'insufficient_funds' };
      const occurred_at = new Date(Date.UTC(2026, 10, 23, 9) + n * 1_000).toISOString();
      list.onEvent(anEvent(type ?? '', 11 + n, data, { link, occurred_at, attempt: `att_${n}` }));
    }
    expect([held.length, list.rows]).toEqual([1, before]);
    held[0]?.();
    const expected = Object.fromEntries(links.map((link) => [link.id, [] as number[]]));
    for (let n = 0; n < EVENTS; n += 1) expected[`lnk_${(n * 7) % LINKS}`]?.push(n % 4);
    const steps = Object.fromEntries(list.rows.map(({ link }) => [link.id, link.status]));
    for (const [id, status] of Object.entries(steps)) {
      expect([id, status === 'paid']).toEqual([id, expected[id]?.includes(3)]);
    }
    const urgency = list.rows.map((view) => (view.attention === null ? 1 : 0));
    expect(urgency).toEqual([...urgency].sort());
    expect(list.rows.length).toBe(50);
    await list.loadMore();
    expect(list.rows.length).toBe(100);
    expect(service.asked).toEqual([]);
  });

  it('asks for a few unknown links at a time, and for the list where there are many', async () => {
    void list.load();
    await service.answer('/v1/links?', page([], 10));
    for (let n = 0; n < 50; n += 1) list.onEvent(opened(11 + n, `lnk_new_${n}`));
    expect(service.asked.length).toBe(4);
    await service.answer('/v1/links/lnk_new_0', aLink({ id: 'lnk_new_0' }));
    expect(service.asked.length).toBe(4);
    for (let n = 50; n < 200; n += 1) list.onEvent(opened(11 + n, `lnk_new_${n}`));
    expect(service.asked.filter(({ path }) => path.startsWith('/v1/links?')).length).toBe(1);
  });
});
