/** The areas of what the console says: a language's catalogue has these, or some of them. */
import type { In } from '../lib/language';
import type { times } from '../lib/times';
import type { accountTexts } from './accounts';
import type { brandTexts } from './brand';
import type { cannedTexts } from './canned_replies';
import type { talking } from './conversations';
import type { who } from './customers';
import type { embedTexts } from './embed';
import type { failures } from './failures';
import type { feelTexts } from './feel';
import type { findingTexts } from './finding';
import type { floorTexts } from './floor';
import type { guidance } from './guidance';
import type { texts } from './index';
import type { journalTexts } from './journal';
import type { labels } from './labels';
import type { limitTexts } from './limits';
import type { moneyTexts } from './money';
import type { pageSecurityTexts } from './page_security';
import type { passkeyTexts } from './passkeys';
import type { peopleTexts } from './people';
import type { presence } from './presence';
import type { reportWords } from './reports';
import type { retentionTexts } from './retention';
import type { reviewTexts } from './reviews';
import type { roleTexts } from './roles';
import type { scriptTexts } from './scripts';
import type { events } from './sentences';
import type { settingsTexts } from './settings';
import type { teamTexts } from './teams';
import type { templateTexts } from './templates';
import type { webhookTexts } from './webhooks';

/** What every language says: the rooms of agents and supervisors. */
export interface DailyWords {
  common: In<typeof texts>;
  conversations: In<typeof talking>;
  customers: In<typeof who>;
  embed: In<typeof embedTexts>;
  events: In<typeof events>;
  failures: In<typeof failures>;
  feel: In<typeof feelTexts>;
  finding: In<typeof findingTexts>;
  floor: In<typeof floorTexts>;
  guidance: In<typeof guidance>;
  labels: In<typeof labels>;
  money: In<typeof moneyTexts>;
  presence: In<typeof presence>;
  reviews: In<typeof reviewTexts>;
  scripts: In<typeof scriptTexts>;
  times: In<typeof times>;
}

/** The rooms of who sets the house up and looks back on it. */
export interface HouseWords {
  accounts: In<typeof accountTexts>;
  brand: In<typeof brandTexts>;
  canned_replies: In<typeof cannedTexts>;
  journal: In<typeof journalTexts>;
  limits: In<typeof limitTexts>;
  page_security: In<typeof pageSecurityTexts>;
  passkeys: In<typeof passkeyTexts>;
  people: In<typeof peopleTexts>;
  reports: In<typeof reportWords>;
  retention: In<typeof retentionTexts>;
  roles: In<typeof roleTexts>;
  settings: In<typeof settingsTexts>;
  teams: In<typeof teamTexts>;
  templates: In<typeof templateTexts>;
  webhooks: In<typeof webhookTexts>;
}

export type Words = DailyWords & HouseWords;
