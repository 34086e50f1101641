import { beforeEach, describe, expect, it } from 'vitest';

import type { JournalEvent, Link } from '../api/types';
import { HeldService } from '../testing/held_service';
import { aLink, anEvent } from '../testing/samples';
import { LinkFocus } from './focus.svelte';
import { viewOf } from './fold';

const page = (data: JournalEvent[], asOf: number) => ({ data, next_cursor: null, as_of: asOf });
const CUSTOMER = { id: 'cus_1', name: 'Jane', email: null, phone: null };

let service: HeldService;
let topics: (readonly string[])[];
let focus: LinkFocus;

beforeEach(() => {
  service = new HeldService();
  topics = [];
  const hooks = {
    onTopics: (told: readonly string[]) => topics.push(told),
    onEvent: () => undefined,
  };
  focus = new LinkFocus('lnk_1', service.client, hooks, undefined);
});

async function loadWith(events: JournalEvent[], asOf: number, link: Link): Promise<void> {
  await service.answer('/v1/links/lnk_1/events', page(events, asOf));
  await service.answer('/v1/links/lnk_1', link);
}

const types = () => focus.events.map((event) => event.type);

describe('a link in focus', () => {
  it('is its snapshot and the events that came while it was on its way, each once', async () => {
    void focus.load();
    focus.onEvent(anEvent('link.opened', 2));
    focus.onEvent(anEvent('checkout.submitted', 3, {}, { attempt: 'att_1' }));
    await loadWith([anEvent('link.created', 1), anEvent('link.opened', 2)], 2, aLink());
    expect(types()).toEqual(['link.created', 'link.opened', 'checkout.submitted']);
    expect(focus.view?.link.progress).toMatchObject({ step: 'submitted', attempts: 1 });
    expect(focus.status).toBe('ready');
  });

  it('reads every page of its events', async () => {
    void focus.load();
    const first = { data: [anEvent('link.created', 1)], next_cursor: '1', as_of: 9 };
    await service.answer('/v1/links/lnk_1/events', first);
    await loadWith([anEvent('link.opened', 2)], 9, aLink());
    expect(types()).toEqual(['link.created', 'link.opened']);
  });

  it('asks to be kept live, with its customer', async () => {
    void focus.load();
    await loadWith([], 1, aLink());
    expect(topics).toEqual([['link:lnk_1', 'customer:cus_1']]);
  });

  it("keeps the customer's timeline live, without the single steps of a page", async () => {
    void focus.load();
    await loadWith([], 1, aLink());
    await service.answer('/v1/customers/cus_1/timeline', page([anEvent('message.received', 1)], 1));
    focus.onEvent(anEvent('interaction.recorded', 5, {}, { link: null }));
    focus.onEvent(anEvent('checkout.field_completed', 6));
    focus.onEvent(anEvent('note.added', 7, {}, { link: null, customer: 'cus_2' }));
    await service.answer('/v1/customers/cus_1', CUSTOMER);
    expect(focus.timeline.map((event) => event.type)).toEqual([
      'interaction.recorded',
      'message.received',
    ]);
    expect(focus.customer).toMatchObject({ name: 'Jane' });
  });

  it('is loaded again only where the stream began after its snapshot, or was reset', async () => {
    void focus.load();
    await loadWith([], 10, aLink({ customer: null }));
    focus.onCovered({ topics: ['mine'], from: 10, reset: false });
    expect(service.asked).toHaveLength(0);
    focus.onCovered({ topics: ['mine'], from: 11, reset: false });
    expect(service.asked).toHaveLength(1);
    focus.onCovered({ topics: ['mine'], from: 1, reset: true });
    expect(service.asked).toHaveLength(2);
  });

  it('that is not there is missing, one that cannot be loaded has failed', async () => {
    void focus.load();
    await service.answer('/v1/links/lnk_1/events', { code: 'not_found' }, 404);
    expect(focus.status).toBe('missing');
    const other = new LinkFocus(
      'lnk_2',
      service.client,
      { onTopics: () => undefined, onEvent: () => undefined },
      viewOf(aLink({ id: 'lnk_2' }), 1),
    );
    void other.load();
    await service.answer('/v1/links/lnk_2/events', { code: 'x' }, 503);
    expect([other.status, other.view?.link.id]).toEqual(['failed', 'lnk_2']);
  });

  it('knows who else looks at it, and what its customer does, while the feed is heard', async () => {
    void focus.load();
    await loadWith([], 1, aLink({ customer: null }));
    const robin = { id: 'usr_2', name: 'Robin Reyes' };
    const typing = { present: true, device: 'mobile', activity: 'typing' } as const;
    focus.onWatchers({ link: 'lnk_1', agents: [robin] });
    focus.onWatchers({ link: 'lnk_2', agents: [] });
    focus.onPresence({ link: 'lnk_1', ...typing });
    expect([focus.watchers, focus.view?.activity]).toEqual([[robin], 'typing']);
    focus.onSilence();
    expect([focus.watchers, focus.view?.activity]).toEqual([[], null]);
  });

  it('knows of a stall that happened before it was opened', async () => {
    void focus.load();
    await loadWith([anEvent('link.opened', 1), anEvent('checkout.stalled', 2)], 2, aLink());
    expect(focus.view?.attention).toBe('stalled');
  });
});
