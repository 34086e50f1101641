import { describe, expect, it } from 'vitest';

import { reportPath } from '../api/reports';
import {
  addressOf,
  askedOf,
  canDrill,
  dayIn,
  daysBefore,
  daysOf,
  drilled,
  everyDay,
  inPart,
  kindOf,
  viewOf,
} from './reports';

const NOON = Date.parse('2026-11-23T12:00:00Z');

describe('the address of a report', () => {
  it('names everything that is chosen, and is read back the same', () => {
    const view = viewOf(
      'payments?range=own&from=2026-10-24&to=2026-10-26&zone=Europe/London&by=reason&agent=usr_1',
      'UTC',
    );
    expect(view).toMatchObject({ part: 'payments', range: 'own', group: 'reason' });
    expect(viewOf(decodeURIComponent(addressOf(view).slice('#/reports/'.length)), 'UTC')).toEqual(
      view,
    );
  });

  it('falls back to what can be shown', () => {
    expect(viewOf(null, 'Asia/Kathmandu')).toMatchObject({
      part: 'funnel',
      range: '7d',
      zone: 'Asia/Kathmandu',
      group: 'channel',
    });
    expect(viewOf('moon?range=own&from=2026-02-30&zone=Nowhere&by=x', 'UTC')).toMatchObject({
      part: 'funnel',
      range: '7d',
      zone: 'UTC',
      group: 'channel',
    });
  });

  it('keeps a zone with a plus sign, and what nobody knows', () => {
    const view = viewOf('funnel?zone=Etc/GMT+5&channel=', 'UTC');
    expect([view.zone, view.only]).toEqual(['Etc/GMT+5', { channel: '' }]);
    expect(reportPath('funnel', askedOf(view, daysOf(view, NOON)))).toMatch(/&channel=$/);
  });
});

describe('the days', () => {
  it('are those of the zone', () => {
    const late = Date.parse('2026-11-22T20:00:00Z');
    expect(dayIn('Asia/Kathmandu', late)).toBe('2026-11-23');
    expect(dayIn('America/New_York', late)).toBe('2026-11-22');
  });

  it('stay whole over a change of the clocks', () => {
    const view = viewOf('funnel?range=own&from=2026-10-24&to=2026-10-26', 'Europe/London');
    expect(everyDay(daysOf(view, NOON))).toEqual(['2026-10-24', '2026-10-25', '2026-10-26']);
    expect(daysBefore(view, NOON)).toEqual({ from: '2026-10-21', to: '2026-10-23' });
  });

  it('of a month so far are compared with the same of the month before', () => {
    const month = viewOf('funnel?range=month', 'UTC');
    expect(daysBefore(month, NOON)).toEqual({ from: '2026-10-01', to: '2026-10-23' });
    const march = Date.parse('2026-03-30T12:00:00Z');
    expect(daysBefore(month, march)).toEqual({ from: '2026-02-01', to: '2026-02-28' });
  });
});

describe('columns', () => {
  it('are known by their names', () => {
    const kinds = [
      'group',
      'created',
      'conversion',
      'seconds_p90_to_paid',
      'response_rate',
      'score',
    ];
    expect(kinds.map((each) => kindOf(each).kind)).toEqual([
      'name',
      'count',
      'share',
      'seconds',
      'share',
      'score',
    ]);
    expect(kindOf('amount_paid_GBP')).toEqual({ kind: 'money', currency: 'GBP' });
    expect(kindOf('cost_estimated_micros_EUR')).toEqual({ kind: 'micros', currency: 'EUR' });
    expect(kindOf('score_5')).toEqual({ kind: 'count' });
  });
});

describe('a press on a row', () => {
  it('leads from a channel to its funnel by agent, and keeps the days', () => {
    const view = drilled(viewOf('channels?range=today', 'UTC'), 'sms');
    expect(view).toMatchObject({
      part: 'funnel',
      range: 'today',
      group: 'agent',
      only: { channel: 'sms' },
    });
  });

  it('leads from a day to that day', () => {
    const view = drilled(viewOf('payments', 'UTC'), '2026-11-22');
    expect(view).toMatchObject({ range: 'own', from: '2026-11-22', to: '2026-11-22' });
  });

  it('leaves the filters behind that another report does not have', () => {
    const view = drilled(viewOf('funnel?by=device&agent=usr_1', 'UTC'), 'mobile');
    expect(view.only).toEqual({ agent: 'usr_1', device: 'mobile' });
    expect(inPart(view, 'payments').only).toEqual({ agent: 'usr_1' });
    expect(canDrill(viewOf('payments?by=reason', 'UTC'))).toBe(false);
  });
});
