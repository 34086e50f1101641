import { describe, expect, it } from 'vitest';

import { parseFrame } from './frames';

describe('a frame from the service', () => {
  it('is read by its op', () => {
    expect(parseFrame('{"op":"ready","position":130,"epoch":"e"}')).toEqual({
      op: 'ready',
      position: 130,
      epoch: 'e',
      reset: false,
    });
    expect(parseFrame('{"op":"ready","position":1,"epoch":"e","reset":true}')).toMatchObject({
      reset: true,
    });
    expect(parseFrame('{"op":"heartbeat","position":140}')).toEqual({
      op: 'heartbeat',
      position: 140,
    });
    expect(parseFrame('{"op":"presence","link":"lnk_1","present":true}')).toEqual({
      op: 'presence',
      link: 'lnk_1',
      present: true,
      device: null,
      activity: null,
    });
  });

  it('says what the customer does, in words that are known here', () => {
    const said = (activity: unknown) =>
      parseFrame(JSON.stringify({ op: 'presence', link: 'lnk_1', present: true, activity }));
    for (const known of ['typing', 'active', 'idle']) {
      expect(said(known)).toMatchObject({ activity: known });
    }
    for (const unknown of ['dancing', 7, null]) {
      expect(said(unknown)).toMatchObject({ activity: null });
    }
  });

  it('names who else looks at a link', () => {
    const agents = [{ id: 'usr_1', name: 'Robin Reyes' }];
    const text = JSON.stringify({ op: 'watchers', link: 'lnk_1', agents: [...agents, null, {}] });
    expect(parseFrame(text)).toEqual({ op: 'watchers', link: 'lnk_1', agents });
    expect(parseFrame('{"op":"watchers","link":"lnk_1"}')).toBe(null);
  });

  it('that is an event always has data', () => {
    const frame = parseFrame('{"op":"event","event":{"position":1,"type":"link.sent"}}');
    expect(frame).toMatchObject({ op: 'event', event: { position: 1, data: {} } });
  });

  it.each(['', '[]', 'null', '{"op":"news"}', '{"op":"ready"}', '{"op":"event","event":{}}', '{'])(
    'that makes no sense is ignored: %s',
    (text) => {
      expect(parseFrame(text)).toBe(null);
    },
  );
});
