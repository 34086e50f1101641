/** The words of the answers that are kept ready. */

import { spokenAs } from '../lib/language';

const ENGLISH = {
  title: 'Ready answers',
  lead: 'What your people say often, written once. Agents find them in a conversation by typing “/”, in the customer’s language where you have written it.',
  make: 'New answer',
  edit: 'Change',
  editNamed: (title: string) => `Change “${title}”`,
  empty: 'No ready answer yet. A good first one: how to pay by the link that was just sent.',
  name: 'Name',
  nameHint: 'agents find it by this',
  language: 'Language',
  text: (language: string) => `Text in ${language}`,
  addLanguage: 'Add a language',
  takeOut: (language: string) => `Take out ${language}`,
  insert: 'Put in',
  placeholders: {
    customer_name: 'customer’s name',
    agent_name: 'agent’s name',
    merchant_name: 'your name',
  } as const,
  save: 'Save',
  cancel: 'Cancel',
  saved: 'Saved.',
  remove: 'Delete',
  removed: 'The answer is gone.',
  needText: 'Write a text in at least one language.',
} as const;

export const cannedTexts = spokenAs('canned_replies', ENGLISH);

/** Those of the pay page, in its order. */
export const REPLY_LANGUAGES = [
  'en',
  'es',
  'fr',
  'de',
  'pt',
  'pl',
  'ar',
  'fa',
  'zh-Hans',
  'zh-Hant',
  'km',
  'hi',
] as const;
