/** What the composer says about who pays, how they are reached, and what they will read. */

import { spokenAs } from '../lib/language';
const ENGLISH = {
  find: 'Find a customer',
  findHint: 'name, phone, email, number',
  results: 'Customers found',
  none: 'Nobody found. Fill in their details below.',
  failed: 'The search did not answer. Fill in their details below.',
  found: (count: number) => (count === 1 ? '1 customer found' : `${count} customers found`),
  unnamed: 'Name not known',
  prefers: (channel: string) => `prefers ${channel}`,
  stoppedShort: (channels: string) => `stopped ${channels}`,
  consent: {
    stopped: 'The customer has stopped these messages: it will be refused.',
    granted: 'The customer agreed to these messages.',
    failed: 'The last one did not arrive.',
    preferred: 'Preferred.',
  },

  language: 'Language',
  languageHint: 'of the message and the page',
  automatic: 'As the customer’s device says',

  preview: {
    open: 'Preview the message',
    close: 'Hide the preview',
    nothing: 'Choose a channel and an amount to see what will be sent.',
    failed: 'The preview could not be made.',
    subject: 'Subject',
    segments: (count: number, units: number) =>
      count === 1 ? `1 SMS, ${units} characters` : `${count} SMS segments, ${units} characters`,
    unicode: 'with characters that halve what fits into one',
  },

  templates: {
    label: 'Templates',
    hint: (number: number) => `Alt + ${number}`,
    save: 'Save as template',
    name: 'Name of the template',
    saveIt: 'Save',
    forget: (name: string) => `Forget the template ${name}`,
    empty: 'Fill in a description first, so that the template has something to keep.',
    full: 'There are eight already. Forget one first.',
    saved: 'Saved in this browser.',
    used: (name: string) => `Filled in from ${name}.`,
  },
} as const;

export const findingTexts = spokenAs('finding', ENGLISH);

/** What messages and the page can be read in. */
export const LANGUAGES = [
  'en',
  'es',
  'fr',
  'de',
  'pt',
  'pl',
  'ar',
  'fa',
  'zh',
  'zh-Hant',
  'km',
  'hi',
] as const;
