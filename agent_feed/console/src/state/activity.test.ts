import { describe, expect, it } from 'vitest';

import { Activity } from './activity';

describe('whether somebody is there', () => {
  it('is over a minute after the last key, and begins again with the next', () => {
    let now = 0;
    const page = new EventTarget();
    const activity = new Activity(() => now);
    const stop = activity.watch(page);
    expect(activity.isAway).toBe(false);
    now = 60_001;
    expect(activity.isAway).toBe(true);
    page.dispatchEvent(new Event('keydown'));
    expect(activity.isAway).toBe(false);
    stop();
    now = 130_000;
    page.dispatchEvent(new Event('keydown'));
    expect(activity.isAway).toBe(true);
  });
});
