import { describe, expect, it } from 'vitest';

import { aSaid, aThread, threadEvent } from '../testing/threads';
import {
  foldMessages,
  foldThread,
  inOrder,
  waitsForAnswer,
  withMessage,
  withPage,
} from './thread_fold';

describe('a thread in the list', () => {
  it('shows the words that just came, as unread', () => {
    const { value, stale } = foldThread(
      aThread(),
      threadEvent('message.received', 5, { message: 'msg_5', text: 'Is it\npaid?' }),
    );
    expect(value.last_message).toMatchObject({ id: 'msg_5', direction: 'in', text: 'Is it paid?' });
    expect([value.unread, stale, waitsForAnswer(value)]).toEqual([1, false, true]);
  });

  it('counts nothing twice that its snapshot has already', () => {
    const thread = aThread({ unread: 2 });
    const event = threadEvent('message.received', 1, { message: 'msg_1', text: 'Hello' });
    expect(foldThread(thread, event)).toEqual({ value: thread, stale: false });
  });

  it('is open again when the customer writes, but not when a machine does', () => {
    const closed = aThread({ status: 'closed' });
    const says = (data: object) =>
      foldThread(closed, threadEvent('message.received', 5, { message: 'msg_5', ...data })).value;
    expect([says({}).status, says({ automatic: true }).status]).toEqual(['open', 'closed']);
  });

  it('waits for nobody once it was answered', () => {
    const asked = foldThread(
      aThread(),
      threadEvent('message.received', 5, { message: 'msg_5' }),
    ).value;
    const told = foldThread(asked, threadEvent('message.sent', 6, { message: 'msg_6' })).value;
    expect([waitsForAnswer(asked), waitsForAnswer(told)]).toEqual([true, false]);
  });

  it.each(['assigned', 'transferred', 'taken', 'offered', 'opened'])(
    'is asked for again once it was %s',
    (kind) => {
      expect(foldThread(aThread(), threadEvent(`conversation.${kind}`, 5)).stale).toBe(true);
    },
  );

  it('is asked for again when the customer’s words open the network’s window', () => {
    const thread = aThread({ window: { open: false, closes_at: null } });
    const event = threadEvent('message.received', 5, { message: 'msg_5' });
    expect(foldThread(thread, event).stale).toBe(true);
  });
});

describe('the messages of a thread', () => {
  const event = threadEvent('message.received', 5, {
    message: 'msg_5',
    text: 'Hello',
    from: 'sam@example.com',
    card_number_masked: true,
    unverified: true,
  });

  it('gain what the customer wrote, once', () => {
    const once = foldMessages([], event).value;
    expect(foldMessages(once, event).value).toBe(once);
    expect(once).toMatchObject([
      { id: 'msg_5', text: 'Hello', card_number_masked: true, unverified: true },
    ]);
  });

  it('keep their order whichever comes first', () => {
    const late = foldMessages([aSaid({ id: 'msg_9' })], event).value;
    expect(late.map((each) => each.id)).toEqual(['msg_5', 'msg_9']);
  });

  it('never go back in how far they came', () => {
    let messages: ReturnType<typeof foldMessages>['value'] = [
      aSaid({ id: 'msg_1', direction: 'out', status: 'queued' }),
    ];
    for (const kind of ['delivered', 'sent', 'read', 'delivered']) {
      messages = foldMessages(
        messages,
        threadEvent(`message.${kind}`, 2, { message: 'msg_1' }),
      ).value;
    }
    expect(messages[0]?.status).toBe('read');
  });

  it('say why one failed', () => {
    const problem = { code: 'unreachable', detail: 'Try another channel.' };
    const { value } = foldMessages(
      [aSaid({ id: 'msg_1', direction: 'out', status: 'sent' })],
      threadEvent('message.failed', 2, { message: 'msg_1', problem }),
    );
    expect(value[0]).toMatchObject({ status: 'failed', problem });
  });

  it('are asked for again when a colleague wrote', () => {
    expect(foldMessages([], threadEvent('message.queued', 2, { message: 'msg_1' })).stale).toBe(
      true,
    );
  });

  it('keep what came while a page was on its way', () => {
    const shown = [
      aSaid({ id: 'msg_1', direction: 'out', status: 'delivered' }),
      aSaid({ id: 'msg_3' }),
    ];
    const page = [
      aSaid({ id: 'msg_2' }),
      aSaid({ id: 'msg_1', direction: 'out', status: 'sent', text: 'whole' }),
    ];
    expect(withPage(shown, page)).toMatchObject([
      { id: 'msg_1', status: 'delivered', text: 'whole' },
      { id: 'msg_2' },
      { id: 'msg_3' },
    ]);
  });

  it('are each there once', () => {
    const one = aSaid({ id: 'msg_1' });
    expect(withMessage([one], { ...one, text: 'anew' })).toMatchObject([{ text: 'anew' }]);
  });
});

describe('the order of the list', () => {
  it('has the unread and open first, and keeps the one that is being read in its place', () => {
    const threads = [
      aThread({ id: 'cnv_1', last_message_at: '2026-11-22T12:00:03Z' }),
      aThread({ id: 'cnv_2', last_message_at: '2026-11-22T12:00:01Z', unread: 1 }),
      aThread({ id: 'cnv_3', last_message_at: '2026-11-22T12:00:02Z' }),
      aThread({
        id: 'cnv_4',
        last_message_at: '2026-11-22T12:00:04Z',
        unread: 1,
        status: 'closed',
      }),
    ];
    const ids = (open: string | null) => inOrder(threads, open).map((each) => each.id);
    expect(ids(null)).toEqual(['cnv_2', 'cnv_4', 'cnv_1', 'cnv_3']);
    expect(ids('cnv_3')).toEqual(['cnv_3', 'cnv_2', 'cnv_4', 'cnv_1']);
  });
});
