/** ភាសាខ្មែរ។ */
import type { Words } from '../catalogue';
import { common } from './common';
import { conversations } from './conversations';
import { customers } from './customers';
import { embed } from './embed';
import { events } from './events';
import { feel } from './feel';
import { finding } from './finding';
import { floor } from './floor';
import { guidance } from './guidance';
import {
  accounts,
  brand,
  canned_replies,
  journal,
  page_security,
  retention,
  templates,
  webhooks,
} from './house';
import { failures, labels, presence, settings, times } from './labels';
import { limits } from './limits';
import { money } from './money';
import { passkeys, people, roles, teams } from './people';
import { reports } from './reports';
import { reviews } from './reviews';
import { scripts } from './scripts';

export const words: Words = {
  accounts,
  brand,
  canned_replies,
  common,
  conversations,
  customers,
  embed,
  events,
  failures,
  feel,
  finding,
  floor,
  guidance,
  journal,
  labels,
  limits,
  money,
  page_security,
  passkeys,
  people,
  presence,
  reports,
  retention,
  reviews,
  roles,
  scripts,
  settings,
  teams,
  templates,
  times,
  webhooks,
};
