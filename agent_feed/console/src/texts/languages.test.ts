import { describe, expect, it } from 'vitest';

import { times } from '../lib/times';
import { accountTexts } from './accounts';
import { brandTexts } from './brand';
import { cannedTexts } from './canned_replies';
import type { DailyWords, HouseWords } from './catalogue';
import { talking } from './conversations';
import { who } from './customers';
import { embedTexts } from './embed';
import { failures } from './failures';
import { feelTexts } from './feel';
import { findingTexts } from './finding';
import { floorTexts } from './floor';
import { guidance } from './guidance';
import { labels, texts } from './index';
import { journalTexts } from './journal';
import { limitTexts } from './limits';
import { moneyTexts } from './money';
import { pageSecurityTexts } from './page_security';
import { passkeyTexts } from './passkeys';
import { peopleTexts } from './people';
import { presence } from './presence';
import { reportWords } from './reports';
import { retentionTexts } from './retention';
import { reviewTexts } from './reviews';
import { roleTexts } from './roles';
import { scriptTexts } from './scripts';
import { events } from './sentences';
import { settingsTexts } from './settings';
import { teamTexts } from './teams';
import { templateTexts } from './templates';
import { webhookTexts } from './webhooks';

/** The rooms in which every language is spoken without a gap. */
const DAILY: Record<keyof DailyWords, object> = {
  common: texts,
  conversations: talking,
  customers: who,
  embed: embedTexts,
  events,
  failures,
  feel: feelTexts,
  finding: findingTexts,
  floor: floorTexts,
  guidance,
  labels,
  money: moneyTexts,
  presence,
  reviews: reviewTexts,
  scripts: scriptTexts,
  times,
};
/** The rooms of who sets the house up and looks back on it. */
const HOUSE: Record<keyof HouseWords, object> = {
  accounts: accountTexts,
  brand: brandTexts,
  canned_replies: cannedTexts,
  journal: journalTexts,
  limits: limitTexts,
  page_security: pageSecurityTexts,
  passkeys: passkeyTexts,
  people: peopleTexts,
  reports: reportWords,
  retention: retentionTexts,
  roles: roleTexts,
  settings: settingsTexts,
  teams: teamTexts,
  templates: templateTexts,
  webhooks: webhookTexts,
};
/** Said by other areas, or the same in every language. */
const SAID_ELSEWHERE = new Set([
  'common.product',
  'common.you',
  'common.statusLabels',
  'common.failures',
  'common.link.watchers',
]);

/** Names, which are the same in every language, and examples. */
const NAMES = [
  'accounts.providers.',
  'brand.hints',
  'limits.fields.message_prices.',
  'journal.aboutHint',
  'people.keys.networksExample',
];

/** Where the other language has nothing, or something of another kind. */
function gaps(english: object, other: unknown, path: string): string[] {
  return Object.entries(english).flatMap(([name, said]: [string, unknown]) => {
    const at = `${path}.${name}`;
    if (SAID_ELSEWHERE.has(at) || NAMES.some((each) => at.startsWith(each))) return [];
    const own = (other as Record<string, unknown> | undefined)?.[name];
    if (own === undefined) return [at];
    if (Array.isArray(said)) return Array.isArray(own) && own.length === said.length ? [] : [at];
    if (typeof said === 'object' && said !== null) return gaps(said, own, at);
    // A sentence may need its parts in one language and not in another.
    return typeof own === typeof said || path === 'events' ? [] : [at];
  });
}

const folders = import.meta.glob<{ words: DailyWords & HouseWords }>('./*/index.ts');

describe.each(Object.entries(folders))('%s', (_, load) => {
  it('says everything that agents and supervisors read', async () => {
    const { words } = await load();
    const missing = Object.entries(DAILY).flatMap(([area, english]) =>
      gaps(english, words[area as keyof DailyWords], area),
    );
    expect(missing).toEqual([]);
  });

  it('says everything that admins read', async () => {
    const { words } = await load();
    const missing = Object.entries(HOUSE).flatMap(([area, english]) =>
      gaps(english, words[area as keyof HouseWords], area),
    );
    expect(missing).toEqual([]);
  });
});
