/** The words of the message texts' screen. */

import { spokenAs } from '../lib/language';

const ENGLISH = {
  title: 'Message texts',
  lead: 'Your own words in the place of ours, by channel and language. What has none here goes out in our words, in each of the pay page’s languages.',
  whoMay: 'Admins change them.',
  make: 'New text',
  edit: 'Edit',
  editNamed: (what: string) => `Edit ${what}`,
  empty: 'No texts of your own: links go out in our words.',
  standard: 'Payment link',
  name: 'For',
  nameHint: 'Small letters, such as reminder',
  own: 'Another name …',
  ownName: 'Name',
  channel: 'Channel',
  language: 'Language',
  subject: 'Subject',
  text: 'Text',
  insert: 'Insert:',
  placeholders: {
    merchant: 'Your name',
    amount: 'Amount',
    description: 'What for',
    agent: 'Agent',
    url: 'Link',
  } as Partial<Record<string, string>>,
  samples: {
    amount: '£49.99',
    description: 'Water bill',
    agent: 'Amina',
    url: 'https://pay.example/p/xxxxxxxxxxxxxxxxxxxxxxxxxx',
  } as Partial<Record<string, string>>,
  preview: 'As a customer reads it',
  segments: (count: number, units: number) =>
    count === 1 ? `1 segment (${units} characters)` : `${count} segments (${units} characters)`,
  needUrl: 'The text must hold {url}, where the payment link stands.',
  needName: 'Up to 24 small letters, digits and underscores, a letter first.',
  save: 'Save',
  saved: 'Saved. The next message says it.',
  remove: 'Back to our words',
  removed: 'Our own words go out again.',
  cancel: 'Cancel',
} as const;

export const templateTexts = spokenAs('templates', ENGLISH);
