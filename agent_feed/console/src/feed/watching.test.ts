import { describe, expect, it } from 'vitest';

import { LIVE, ready, run, START } from '../testing/streams';
import type { Effect, Input } from './reducer';

describe('looking at a link', () => {
  const look = (link: string | null): Input => ({ is: 'watch', link });
  const asked = (link: string | null): Effect => ({ do: 'send', frame: { op: 'watch', link } });

  it('asks who else does, and says when it is over', () => {
    const [, effects] = run([look('lnk_1'), look('lnk_1'), look('lnk_2'), look(null)], LIVE);
    expect(effects).toEqual([asked('lnk_1'), asked('lnk_2'), asked(null)]);
  });

  it('passes on who does', () => {
    const told = { link: 'lnk_1', agents: [{ id: 'usr_1', name: 'Robin Reyes' }] };
    const [state, effects] = run([{ is: 'frame', frame: { op: 'watchers', ...told } }], LIVE);
    expect(effects).toEqual([{ do: 'watchers', ...told }]);
    expect(state.position).toBe(10);
  });

  it('is said once the stream stands, and again on the next one', () => {
    const begun = run([START, look('lnk_1'), { is: 'opened' }, ready(10)]);
    expect(begun[1].at(-1)).toEqual(asked('lnk_1'));
    const resumed = run(
      [{ is: 'closed', code: 1006 }, { is: 'retry' }, { is: 'opened' }, ready(10)],
      begun[0],
    );
    expect(resumed[1].at(-1)).toEqual(asked('lnk_1'));
    const other = run([{ is: 'topics', topics: ['all'] }, { is: 'opened' }, ready(10)], begun[0]);
    expect(other[1].at(-1)).toEqual(asked('lnk_1'));
  });

  it('is not said twice on one stream that starts over', () => {
    const begun = run([look('lnk_1')], LIVE)[0];
    expect(run([ready(500, 'one', true)], begun)[1]).not.toContainEqual(asked('lnk_1'));
  });

  it('is given up with a service that does not know the question', () => {
    const [state, effects] = run(
      [
        look('lnk_1'),
        { is: 'closed', code: 4400 },
        { is: 'retry' },
        { is: 'opened' },
        ready(10),
        look('lnk_2'),
      ],
      LIVE,
    );
    expect(effects.filter((each) => each.do === 'send' && each.frame.op === 'watch')).toEqual([
      asked('lnk_1'),
    ]);
    expect(state.phase).toBe('live');
  });

  it('ends with the right to see the link', () => {
    const [state, effects] = run(
      [look('lnk_1'), { is: 'closed', code: 4403 }, { is: 'retry' }, { is: 'opened' }, ready(10)],
      LIVE,
    );
    expect(effects.filter((each) => each.do === 'send' && each.frame.op === 'watch')).toEqual([
      asked('lnk_1'),
    ]);
    expect(state.watching).toBe(null);
  });
});
