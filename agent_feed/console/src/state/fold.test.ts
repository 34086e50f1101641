import { describe, expect, it } from 'vitest';

import { aLink, aMessage, anEvent, aProgress, at } from '../testing/samples';
import { byUrgency, fold, isOpen, type LinkView, refreshed, viewOf, withPresence } from './fold';

function after(...types: (string | [string, Record<string, unknown>, string?])[]): LinkView {
  return types.reduce<LinkView>(
    (view, each, index) => {
      const [type, data, attempt] = typeof each === 'string' ? [each, {}] : each;
      return fold(view, anEvent(type, index + 1, data, { attempt: attempt ?? null }));
    },
    viewOf(aLink(), 0),
  );
}

const declined = {
  code: 'insufficient_funds',
  customer_message: 'Your bank said no.',
  agent_hint: 'Ask for another card.',
  retryable: true,
};

describe('folding events into a link', () => {
  it('walks the whole way to paid', () => {
    const steps = [
      ['message.sent', { message: 'msg_1', channel: 'sms' }],
      ['message.delivered', { message: 'msg_1', channel: 'sms' }],
      ['link.opened', { device: 'mobile' }],
      ['checkout.card_entry_started', { field: 'number' }],
      ['checkout.submitted', {}, 'att_1'],
      ['payment.fraud_check_started', {}, 'att_1'],
      ['payment.challenge_started', {}, 'att_1'],
      ['payment.processing', {}, 'att_1'],
      ['payment.paid', {}, 'att_1'],
    ] as [string, Record<string, unknown>, string?][];
    const seen = steps.map((_, index) => after(...steps.slice(0, index + 1)).link.progress.step);
    expect(seen).toEqual([
      'sent',
      'delivered',
      'opened',
      'card_entry',
      'submitted',
      'fraud_check',
      'challenge',
      'processing',
      'paid',
    ]);
    const { link } = after(...steps);
    expect([link.status, link.amount_paid, link.progress.attempts]).toEqual(['paid', 4999, 1]);
    expect(isOpen(link)).toBe(false);
  });

  it('takes each entry once and none that the snapshot already holds', () => {
    const once = after(['checkout.submitted', {}, 'att_1']);
    const again = fold(once, anEvent('checkout.submitted', 1, {}, { attempt: 'att_9' }));
    expect(again).toBe(once);
    expect(fold(viewOf(aLink(), 7), anEvent('payment.paid', 7)).link.status).toBe('active');
  });

  it('ignores what happens to other links', () => {
    const view = viewOf(aLink(), 0);
    expect(fold(view, anEvent('payment.paid', 1, {}, { link: 'lnk_2' }))).toBe(view);
  });

  it('counts an attempt once, however often it is reported', () => {
    const view = after(
      ['checkout.submitted', {}, 'att_1'],
      ['checkout.submitted', {}, 'att_1'],
      ['payment.declined', declined, 'att_1'],
      ['checkout.submitted', {}, 'att_2'],
    );
    expect(view.link.progress.attempts).toBe(2);
  });

  it('keeps the reason of a decline until the customer tries again', () => {
    const view = after('checkout.submitted', ['payment.declined', declined]);
    expect(view.attention).toBe('declined');
    expect(view.link.progress.problem).toEqual({
      code: 'insufficient_funds',
      customer_message: 'Your bank said no.',
      agent_hint: 'Ask for another card.',
    });
    const again = fold(view, anEvent('checkout.card_entry_started', 9, { field: 'number' }));
    expect([again.attention, again.link.progress.problem]).toEqual([null, null]);
    expect(again.link.progress.step).toBe('card_entry');
  });

  it('does not go back to typing while an attempt is live', () => {
    const view = after('checkout.submitted', ['checkout.field_completed', { field: 'cvc' }]);
    expect(view.link.progress.step).toBe('submitted');
  });

  it('does not go back when a message is reported late', () => {
    const view = after('link.opened', ['message.delivered', { message: 'msg_1' }]);
    expect(view.link.progress.step).toBe('opened');
    expect(view.link.messages[0]?.status).toBe('delivered');
  });

  it('never moves a delivery backwards', () => {
    const view = after(
      ['message.read', { message: 'msg_1' }],
      ['message.delivered', { message: 'msg_1' }],
      ['message.sent', { message: 'msg_1' }],
    );
    expect(view.link.messages[0]?.status).toBe('read');
  });

  it('asks for a look when nothing could be delivered, until something is', () => {
    const failed = after([
      'message.failed',
      { message: 'msg_1', problem: { code: 'unreachable', detail: 'No such number' } },
    ]);
    expect(failed.attention).toBe('undelivered');
    expect(failed.link.messages[0]?.problem?.detail).toBe('No such number');
    expect(fold(failed, anEvent('link.opened', 5)).attention).toBe(null);
  });

  it('is stale where an entry does not say everything', () => {
    expect(after(['message.queued', { message: 'msg_new' }]).stale).toBe(true);
    expect(after('link.updated').stale).toBe(true);
    expect(after('payment.partially_paid').stale).toBe(true);
    expect(after('link.opened').stale).toBe(false);
  });

  it('is open for the rest once a part is paid', () => {
    const { link } = after('checkout.submitted', 'payment.partially_paid');
    expect([link.status, link.progress.step]).toEqual(['partially_paid', 'opened']);
  });

  it('is closed by a newer link', () => {
    const { link } = after('link.superseded');
    expect([link.status, link.progress.step]).toEqual(['cancelled', 'cancelled']);
  });

  it('shows the latest of what any of many payers did, and moves no status for one', () => {
    const many = viewOf(aLink({ usage: 'multi' }), 0);
    const kinds = ['link.opened', 'checkout.submitted', 'payment.paid', 'link.opened'];
    const views = kinds.map((_, count) =>
      kinds.slice(0, count + 1).reduce((view, type, at) => fold(view, anEvent(type, at + 1)), many),
    );
    expect(views.map((view) => view.link.progress.step)).toEqual([
      'opened',
      'submitted',
      'paid',
      'opened',
    ]);
    expect(new Set(views.map((view) => view.link.status))).toEqual(new Set(['active']));
    expect(views.map((view) => view.stale)).toEqual([false, false, true, true]);
  });

  it('does not count a scanner as activity', () => {
    const view = after('link.fetched');
    expect(view.activeAt).toBe(viewOf(aLink(), 0).activeAt);
    expect(view.link.progress.step).toBe('created');
  });

  it('knows who is on the page, from entries and from presence alike', () => {
    const joined = after(['checkout.joined', { device: 'mobile', locale: 'fa' }]);
    expect(joined.link.progress).toMatchObject({ present: true, device: 'mobile', locale: 'fa' });
    expect(fold(joined, anEvent('checkout.left', 5)).link.progress.present).toBe(false);
    const seen = { present: true, device: 'desktop', activity: null };
    const present = withPresence(viewOf(aLink(), 3), seen);
    expect(present.link.progress).toMatchObject({ present: true, device: 'desktop' });
    expect(present.upTo).toBe(3);
  });

  it('shares less when the customer says so, which is no leaving', () => {
    const there = fold(viewOf(aLink(), 0), anEvent('checkout.joined', 1));
    const less = fold(
      there,
      anEvent('checkout.sharing_changed', 2, { sharing: 'coarse', present: false }),
    );
    expect([less.link.progress.sharing, less.link.progress.present]).toEqual(['coarse', false]);
    const all = fold(less, anEvent('checkout.sharing_changed', 3, { sharing: 'full' }));
    expect(all.link.progress.sharing).toBe('full');
    const many = fold(
      viewOf(aLink({ usage: 'multi' }), 0),
      anEvent('checkout.sharing_changed', 1, { sharing: 'coarse' }),
    );
    expect(many.link.progress.sharing).toBeUndefined();
  });

  it('knows what the customer does until they leave', () => {
    const typing = { present: true, device: 'mobile', activity: 'typing' } as const;
    const seen = withPresence(viewOf(aLink(), 3), typing);
    expect(fold(seen, anEvent('checkout.field_completed', 4)).activity).toBe('typing');
    expect(fold(seen, anEvent('checkout.left', 4)).activity).toBe(null);
    expect(withPresence(seen, { ...typing, activity: null }).activity).toBe(null);
    expect(withPresence(seen, { ...typing, present: false }).activity).toBe(null);
    expect(refreshed(seen, viewOf(aLink(), 5)).activity).toBe('typing');
  });

  it('puts a call for help above a stall, and clears a stall when the customer goes on', () => {
    expect(after('checkout.help_requested', 'checkout.stalled').attention).toBe('help');
    expect(after('checkout.stalled').attention).toBe('stalled');
    expect(after('checkout.stalled', 'checkout.field_completed').attention).toBe(null);
  });

  it('names the field that a customer is stuck at, until it is complete', () => {
    const stuck = after('link.opened', [
      'checkout.field_invalid',
      { field: 'cvc', code: 'incomplete_cvc' },
    ]);
    expect(stuck.link.progress.problem?.code).toBe('incomplete_cvc');
    expect(stuck.link.progress.problem?.agent_hint).toContain('the security code');
    const fixed = fold(stuck, anEvent('checkout.field_completed', 9, { field: 'cvc' }));
    expect(fixed.link.progress.problem).toBe(null);
  });

  it('keeps a call for help while typing goes on, until a field is complete', () => {
    const typing = after('link.opened', 'checkout.card_entry_started', 'checkout.help_requested');
    const more = fold(typing, anEvent('checkout.card_entry_started', 8, { field: 'cvc' }));
    expect(more.attention).toBe('help');
    expect(fold(more, anEvent('checkout.field_completed', 9)).attention).toBe(null);
  });

  it('asks for nothing once the link is closed', () => {
    for (const end of ['link.expired', 'link.cancelled', 'payment.paid']) {
      expect(after('checkout.help_requested', end).attention, end).toBe(null);
    }
  });

  it('asks for a new link while the customer waits for one, and only of a link that ran out', () => {
    const asked = after('link.expired', 'link.renewal_requested');
    expect(asked.attention).toBe('renewal');
    expect(fold(asked, anEvent('link.superseded', 9)).attention).toBe(null);
    const problem = { code: 'renewal_requested', customer_message: '', agent_hint: '' };
    const of = (over: Parameters<typeof aLink>[0]) =>
      viewOf(aLink({ ...over, progress: aProgress({ step: 'expired', problem }) }), 0).attention;
    expect(of({ status: 'expired' })).toBe('renewal');
    expect(of({ status: 'expired', superseded_by: 'lnk_2' })).toBe(null);
  });

  it('takes what the customer writes on the page for a call for help', () => {
    expect(after('link.opened', 'message.received').attention).toBe('help');
  });

  it('survives an event type and data it has never heard of', () => {
    const view = after(['link.teleported', { x: [1] }], ['message.failed', { message: 7 }]);
    expect(view.upTo).toBe(2);
  });

  it('starts a step when it is reached', () => {
    expect(after('link.fetched', 'link.opened').link.progress.since).toBe(at(2));
  });
});

describe('a snapshot', () => {
  it('asks for attention by itself', () => {
    const problem = { code: 'stalled', customer_message: '', agent_hint: '' };
    const of = (over: Parameters<typeof aLink>[0]) => viewOf(aLink(over), 0).attention;
    expect(of({ progress: aProgress({ step: 'declined' }) })).toBe('declined');
    expect(of({ progress: aProgress({ problem }) })).toBe('stalled');
    expect(of({ progress: aProgress({ problem: { ...problem, code: 'help_requested' } }) })).toBe(
      'help',
    );
    expect(of({ messages: [aMessage({ status: 'failed' })] })).toBe('undelivered');
    expect(of({ status: 'expired', progress: aProgress({ step: 'declined' }) })).toBe(null);
    expect(of({})).toBe(null);
  });

  it('does not replace what has been folded beyond it', () => {
    const folded = viewOf(aLink({ description: 'folded' }), 9);
    const snapshot = viewOf(aLink({ description: 'snapshot' }), 8);
    expect(refreshed(folded, snapshot)).toBe(folded);
    expect(refreshed(undefined, snapshot)).toBe(snapshot);
    expect(refreshed(viewOf(aLink(), 8), snapshot)).toEqual(snapshot);
  });
});

describe('a fresh snapshot of a link that was stalled', () => {
  const stalled = fold(viewOf(aLink(), 0), anEvent('checkout.stalled', 5));

  it('stays stalled on the same step, with its activity', () => {
    const again = refreshed(stalled, viewOf(aLink(), 6));
    expect([again.attention, again.activeAt, again.upTo]).toEqual(['stalled', at(5), 6]);
  });

  it('is stalled no more on another step', () => {
    const moved = aLink({ progress: aProgress({ step: 'submitted' }) });
    expect(refreshed(stalled, viewOf(moved, 6)).attention).toBe(null);
  });
});

describe('the order of the list', () => {
  it('puts who needs a person first, then the newest activity', () => {
    const of = (id: string, over: Partial<LinkView>): LinkView => ({
      ...viewOf(aLink({ id }), 0),
      ...over,
    });
    const sorted = [
      of('lnk_old', { activeAt: at(1) }),
      of('lnk_new', { activeAt: at(9) }),
      of('lnk_declined', { attention: 'declined', activeAt: at(3) }),
      of('lnk_help', { attention: 'help', activeAt: at(2) }),
      of('lnk_stalled', { attention: 'stalled', activeAt: at(4) }),
    ].sort(byUrgency);
    expect(sorted.map((view) => view.link.id)).toEqual([
      'lnk_help',
      'lnk_stalled',
      'lnk_declined',
      'lnk_new',
      'lnk_old',
    ]);
  });
});
