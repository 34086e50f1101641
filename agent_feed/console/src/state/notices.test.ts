import { beforeEach, describe, expect, it } from 'vitest';

import { Notices } from './notices';

let told: string[];
let isLooking: boolean;
const wants = { sound: true, desktop: true };
const paid = { link: 'lnk_1', text: 'Casey: Paid', isGood: true };

function notices(wanted = wants): Notices {
  return new Notices(wanted, {
    isLooking: () => isLooking,
    badge: (count) => told.push(`badge ${count}`),
    sound: (news) => told.push(news),
    desktop: ({ text }) => told.push(text),
  });
}

beforeEach(() => {
  told = [];
  isLooking = false;
});

describe('a change while nobody looks', () => {
  it('is told once by each way that is wanted', () => {
    notices().tell(paid);
    expect(told).toEqual(['badge 1', 'good', 'Casey: Paid']);
  });

  it('is counted in the title even where no sound and notice are wanted', () => {
    notices({ sound: false, desktop: false }).tell(paid);
    expect(told).toEqual(['badge 1']);
  });

  it('is nothing to tell to whoever looks at the page', () => {
    isLooking = true;
    notices().tell(paid);
    expect(told).toEqual([]);
  });

  it('is forgotten when the person is back', () => {
    const held = notices({ sound: false, desktop: false });
    held.tell(paid);
    held.tell({ ...paid, link: 'lnk_2' });
    held.seen();
    held.seen();
    expect(told).toEqual(['badge 1', 'badge 2', 'badge 0']);
  });
});
