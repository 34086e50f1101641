/** What the embedded panel says. */

import { spokenAs } from '../lib/language';

const ENGLISH = {
  title: 'Payment links',
  newLink: 'New payment link',
  console: 'Open the console',
  back: 'Customer',
  customer: 'Customer',
  links: 'Open links',
  looking: 'Looking up the customer…',
  unknownTitle: 'Nobody we know yet',
  unknownText:
    'The first payment link makes this caller a customer; what comes next is kept with them.',
  noneTitle: 'No open links',
  noneText: 'Make one while you talk. You will see here, live, when it is opened and paid.',
  waitingTitle: 'Waiting for a customer',
  waitingText:
    'This panel opens by itself when your desk picks up a call, or make a link for anybody now.',
  notHostedTitle: 'This panel belongs inside another page',
  notHostedText:
    'It opens only inside the pages that your administrator has allowed. The console itself is here:',
  signingInTitle: 'Signing you in…',
  signingInText: 'Your desk signs you in here. If nothing happens, ask whoever looks after it.',
  refusedTitle: 'Your desk could not sign you in',
  refusedText: 'The sign-in it sent was too old, or was used already.',
  endedTitle: 'Your session has ended',
  endedText: 'What you typed is still here.',
  again: 'Sign in again',
  phone: 'Phone',
  email: 'Email',
  externalId: 'Your id',
} as const;

export const embedTexts = spokenAs('embed', ENGLISH);
