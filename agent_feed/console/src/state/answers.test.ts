import { beforeEach, describe, expect, it } from 'vitest';

import type { ThreadMessage } from '../api/conversations';
import { NoAnswer, Refusal } from '../api/problem';
import { aSaid } from '../testing/threads';
import { Answers } from './answers.svelte';

/** A tab's storage. */
class Tab implements Storage {
  [name: string]: unknown;
  get length() {
    return Object.keys(this).length;
  }
  clear() {
    for (const each of Object.keys(this)) this.removeItem(each);
  }
  getItem(key: string) {
    return (this[key] as string | undefined) ?? null;
  }
  key(index: number) {
    return Object.keys(this)[index] ?? null;
  }
  removeItem(key: string) {
    Reflect.deleteProperty(this, key);
  }
  setItem(key: string, value: string) {
    this[key] = value;
  }
}

let tab = new Tab();
let sent: { text: string; after?: string; key: string }[] = [];
let failures: unknown[] = [];

function answersOf(user: string): Answers {
  const made = new Answers(
    (_thread, body, key): Promise<ThreadMessage> => {
      sent.push({ ...body, key });
      const failure = failures.shift();
      if (failure instanceof Error) return Promise.reject(failure);
      return Promise.resolve(aSaid({ id: `msg_${sent.length}`, direction: 'out' }));
    },
    () => tab,
  );
  made.open(user);
  return made;
}

beforeEach(() => {
  tab = new Tab();
  sent = [];
  failures = [];
});

describe('what an agent writes', () => {
  it('is there after a reload, for them alone, until they sign out', () => {
    const before = answersOf('usr_1');
    before.setDraft('cnv_1', 'Good mor');
    const after = answersOf('usr_1');
    expect([after.draft('cnv_1'), after.draft('cnv_2')]).toEqual(['Good mor', '']);
    expect(answersOf('usr_2').draft('cnv_1')).toBe('');
    after.forget();
    expect([answersOf('usr_1').draft('cnv_1'), tab.length]).toEqual(['', 0]);
  });

  it('is kept nowhere but in memory where it may hold a card number', () => {
    const answers = answersOf('usr_1');
    answers.setDraft('cnv_1', 'Is it 4242 4242-4242 4242?');
    expect(answers.draft('cnv_1')).toContain('4242');
    expect(JSON.stringify(tab)).not.toContain('4242');
  });

  it('goes out once and leaves the box empty', async () => {
    const answers = answersOf('usr_1');
    answers.setDraft('cnv_1', ' Hello ');
    const both = [answers.answer('cnv_1', 'msg_0'), answers.answer('cnv_1', 'msg_0')];
    expect([answers.draft('cnv_1'), answers.of('cnv_1').length]).toEqual(['', 1]);
    const [message, second] = await Promise.all(both);
    expect([message?.id, second]).toEqual(['msg_1', null]);
    expect(sent).toMatchObject([{ text: 'Hello', after: 'msg_0' }]);
    expect(answers.of('cnv_1')).toEqual([]);
  });

  it('goes again under its key when no answer came, also after a reload', async () => {
    failures = [new NoAnswer('offline'), new NoAnswer('offline')];
    const answers = answersOf('usr_1');
    answers.setDraft('cnv_1', 'Hello');
    expect(await answers.answer('cnv_1', null)).toBeNull();
    const later = answersOf('usr_1');
    const [waiting] = later.of('cnv_1');
    expect(waiting).toMatchObject({ fate: 'unknown', text: 'Hello' });
    await later.again('cnv_1', waiting?.key ?? '', 'msg_9');
    expect(new Set(sent.map((each) => each.key)).size).toBe(1);
    expect(later.of('cnv_1')).toEqual([]);
  });

  it('says why it was refused, and can be worded anew', async () => {
    failures = [new Refusal(409, 'reply_window_closed', '', 'The window closed.', [], null)];
    const answers = answersOf('usr_1');
    answers.setDraft('cnv_1', 'Hello');
    await answers.answer('cnv_1', null);
    const [refused] = answers.of('cnv_1');
    expect(refused).toMatchObject({ fate: 'refused', code: 'reply_window_closed' });
    answers.setDraft('cnv_1', 'And more');
    answers.takeBack('cnv_1', refused?.key ?? '');
    expect([answers.draft('cnv_1'), answers.of('cnv_1')]).toEqual(['Hello\nAnd more', []]);
  });

  it('goes in the order in which it was written', async () => {
    failures = [new NoAnswer('offline')];
    const answers = answersOf('usr_1');
    answers.setDraft('cnv_1', 'one');
    const first = answers.answer('cnv_1', null);
    answers.setDraft('cnv_1', 'two');
    await Promise.all([first, answers.answer('cnv_1', null)]);
    expect(sent.map((each) => each.text)).toEqual(['one', 'one', 'two']);
  });
});
