/** Español. */
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
import { failures, labels, presence, settings, times } from './labels';
import { money } from './money';
import { reports } from './reports';
import { reviews } from './reviews';
import { scripts } from './scripts';

export const words: Words = {
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
  labels,
  money,
  presence,
  reports,
  reviews,
  scripts,
  settings,
  times,
};
