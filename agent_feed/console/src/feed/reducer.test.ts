import { describe, expect, it } from 'vitest';

import { arrives, event, heartbeat, LIVE, ready, run, START } from '../testing/streams';
import type { ServerFrame } from './frames';
import { healthOf, type Input, OFF, patienceMs, step } from './reducer';

describe('subscribing', () => {
  it('asks from now on at first, and says from where its topics are complete', () => {
    const [state, effects] = run([START, { is: 'opened' }, ready(10)]);
    expect(state.phase).toBe('live');
    expect(effects).toEqual([
      { do: 'open' },
      { do: 'send', frame: { op: 'subscribe', after: null, topics: ['mine'] } },
      { do: 'covered', topics: ['mine'], from: 10, reset: false },
    ]);
  });

  it('resumes after the last position it has, and asks for no snapshot then', () => {
    const [, effects] = run(
      [arrives(12), { is: 'closed', code: 1006 }, { is: 'retry' }, { is: 'opened' }, ready(20)],
      LIVE,
    );
    expect(effects).toContainEqual({
      do: 'send',
      frame: { op: 'subscribe', after: 12, topics: ['mine'] },
    });
    expect(effects.filter((effect) => effect.do === 'covered')).toEqual([]);
  });

  it('still delivers what lies between its position and the one the service is at', () => {
    const [state, effects] = run(
      [{ is: 'closed', code: 1012 }, { is: 'retry' }, { is: 'opened' }, ready(20), arrives(15)],
      LIVE,
    );
    expect(effects).toContainEqual({ do: 'deliver', event: event(15) });
    expect(state.position).toBe(15);
  });

  it('starts over from the new position when the service says reset', () => {
    const [state, effects] = run(
      [{ is: 'closed', code: 1006 }, { is: 'retry' }, { is: 'opened' }, ready(500, 'one', true)],
      LIVE,
    );
    expect(effects).toContainEqual({ do: 'covered', topics: ['mine'], from: 500, reset: true });
    expect(state.position).toBe(500);
  });

  it('starts over when the epoch is another, even with a lower position', () => {
    const [state, effects] = run(
      [{ is: 'closed', code: 1006 }, { is: 'retry' }, { is: 'opened' }, ready(3, 'two')],
      LIVE,
    );
    expect(effects).toContainEqual({ do: 'covered', topics: ['mine'], from: 3, reset: true });
    expect(run([arrives(4)], state)[1]).toEqual([{ do: 'deliver', event: event(4) }]);
  });
});

describe('events', () => {
  it('are delivered once, repeats dropped', () => {
    const [, effects] = run([arrives(11), arrives(11), arrives(10), arrives(12)], LIVE);
    expect(effects).toEqual([
      { do: 'deliver', event: event(11) },
      { do: 'deliver', event: event(12) },
    ]);
  });

  it('are not taken from a stream that has ended', () => {
    expect(run([{ is: 'closed', code: 1006 }, arrives(11)], LIVE)[1]).not.toContainEqual({
      do: 'deliver',
      event: event(11),
    });
  });

  it('leave presence apart: it moves no position', () => {
    const told = { link: 'lnk_1', present: true, device: 'mobile', activity: 'typing' } as const;
    const frame: ServerFrame = { op: 'presence', ...told };
    const [state, effects] = run([{ is: 'frame', frame }], LIVE);
    expect(effects).toEqual([{ do: 'presence', ...told }]);
    expect(state.position).toBe(10);
  });
});

describe('heartbeats', () => {
  it('are acknowledged, move the position on, and prove the stream healthy', () => {
    const [state, effects] = run([heartbeat(40)], { ...LIVE, failures: 3 });
    expect(effects).toEqual([{ do: 'send', frame: { op: 'ack', position: 40 } }]);
    expect([state.position, state.failures]).toEqual([40, 0]);
  });

  it('missing, the connection is dropped and tried again', () => {
    const [state, effects] = run([{ is: 'silence' }], LIVE);
    expect(state.phase).toBe('waiting');
    expect(effects[0]).toEqual({ do: 'close' });
    expect(patienceMs(LIVE)).toBeGreaterThan(30_000);
  });
});

describe('losing the connection', () => {
  it('waits longer each time, within bounds, and spread by chance', () => {
    let state = LIVE;
    const waits: number[] = [];
    for (let round = 0; round < 12; round += 1) {
      const [lost, effects] = run([{ is: 'closed', code: 1006 }], state);
      for (const effect of effects) if (effect.do === 'wait') waits.push(effect.ms);
      state = run([{ is: 'retry' }], lost)[0];
    }
    expect(waits.slice(0, 4)).toEqual([375, 750, 1500, 3000]);
    expect(Math.max(...waits)).toBe(15_000);
    expect(step(LIVE, { is: 'closed', code: 1006 }, () => 0)[1]).toContainEqual({
      do: 'wait',
      ms: 250,
    });
  });

  it('doubts the session when the handshake itself is refused', () => {
    expect(run([START, { is: 'closed', code: 1006 }])[1]).toContainEqual({ do: 'check_session' });
    expect(run([{ is: 'closed', code: 1006 }], LIVE)[1]).not.toContainEqual({
      do: 'check_session',
    });
  });

  it('ends when the session was revoked', () => {
    const [state, effects] = run([{ is: 'closed', code: 4409 }, { is: 'retry' }], LIVE);
    expect(state.phase).toBe('over');
    expect(effects).toEqual([{ do: 'over' }]);
  });

  it("falls back to the agent's own links when a topic is not allowed", () => {
    const wide = run([{ is: 'start', topics: ['all'] }, { is: 'opened' }])[0];
    expect(run([{ is: 'closed', code: 4403 }], wide)[0].topics).toEqual(['mine']);
  });

  it('after being too slow resumes from its position', () => {
    const [, effects] = run(
      [arrives(11), { is: 'closed', code: 4408 }, { is: 'retry' }, { is: 'opened' }],
      LIVE,
    );
    expect(effects).toContainEqual({
      do: 'send',
      frame: { op: 'subscribe', after: 11, topics: ['mine'] },
    });
  });

  it('is told as an interruption, a change of topics is not', () => {
    expect(healthOf(run([{ is: 'closed', code: 1006 }], LIVE)[0])).toBe('interrupted');
    expect(healthOf(run([{ is: 'topics', topics: ['all'] }], LIVE)[0])).toBe('live');
    expect(healthOf(run([START])[0])).toBe('connecting');
  });
});

describe('changing topics', () => {
  it('subscribes anew from the same position and covers only what was added', () => {
    const [, effects] = run(
      [{ is: 'topics', topics: ['mine', 'customer:cus_1'] }, { is: 'opened' }, ready(15)],
      LIVE,
    );
    expect(effects).toEqual([
      { do: 'close' },
      { do: 'open' },
      { do: 'send', frame: { op: 'subscribe', after: 10, topics: ['mine', 'customer:cus_1'] } },
      { do: 'covered', topics: ['customer:cus_1'], from: 10, reset: false },
    ]);
  });

  it('does nothing when they are the same', () => {
    expect(run([{ is: 'topics', topics: ['mine'] }], LIVE)[1]).toEqual([]);
  });

  it('covers a topic anew after it was dropped for a while', () => {
    const topics = ['mine', 'link:lnk_1'];
    const change = (to: string[]): Input[] => [
      { is: 'topics', topics: to },
      { is: 'opened' },
      ready(15),
    ];
    const [, effects] = run([...change(topics), ...change(['mine']), ...change(topics)], LIVE);
    expect(effects.filter((effect) => effect.do === 'covered')).toHaveLength(2);
  });
});

/** A small seeded generator, so that a failing run can be run again. */
function seeded(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A service that loses connections, repeats frames and moves on meanwhile, against one client. */
function simulate(seed: number): { seen: number[]; expected: number[] } {
  const random = seeded(seed);
  const start = Math.floor(random() * 50);
  let head = start;
  let state = OFF;
  let cursor = null as number | null;
  let connected = false as boolean;
  const seen: number[] = [];
  const coveredFrom: number[] = [];

  const take = (input: Input): void => {
    const [next, effects] = step(state, input, random);
    state = next;
    for (const effect of effects) {
      if (effect.do === 'close') connected = false;
      if (effect.do === 'deliver') seen.push(effect.event.position);
      if (effect.do === 'covered') coveredFrom.push(effect.from);
      if (effect.do === 'send' && effect.frame.op === 'subscribe') {
        cursor = effect.frame.after ?? head;
        connected = true;
        take(ready(head));
      }
    }
  };

  const flush = (upTo: number): void => {
    while (connected && cursor !== null && cursor < Math.min(upTo, head)) {
      cursor += 1;
      take(arrives(cursor));
      if (random() < 0.1) take(arrives(cursor));
    }
  };

  take(START);
  for (let turn = 0; turn < 300; turn += 1) {
    const dice = random();
    if (state.phase === 'waiting') take({ is: 'retry' });
    else if (state.phase === 'connecting' && dice < 0.8) take({ is: 'opened' });
    else if (dice < 0.1) {
      connected = false;
      take({ is: 'closed', code: dice < 0.05 ? 1006 : 4408 });
    } else if (dice < 0.15) take({ is: 'topics', topics: dice < 0.13 ? ['mine'] : ['mine', 'x'] });
    else if (dice < 0.5) head += 1;
    else if (dice < 0.9 && cursor !== null) flush(cursor + Math.ceil(random() * 3));
    else if (connected && cursor === head) take(heartbeat(head));
  }
  while (state.phase !== 'live')
    take(state.phase === 'waiting' ? { is: 'retry' } : { is: 'opened' });
  flush(head);
  const from = coveredFrom[0] ?? head;
  return { seen, expected: Array.from({ length: head - from }, (_, index) => from + index + 1) };
}

describe('over any number of reconnects', () => {
  it('there is no gap and no repeat', () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const { seen, expected } = simulate(seed);
      expect(seen, `seed ${seed}`).toEqual(expected);
    }
  });
});
