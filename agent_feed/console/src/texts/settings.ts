/** The words of the settings' shell. */
import { spokenAs } from '../lib/language';
import type { PartName } from '../state/settings_parts';

const ENGLISH = {
  title: 'Settings',
  nav: 'Parts of the settings',
  groups: { own: 'You', house: 'Your business' } as const,
  parts: {
    account: 'My account',
    sessions: 'Sessions',
    'canned-replies': 'Ready answers',
    guidance: 'What to say',
    people: 'People',
    teams: 'Teams',
    roles: 'Roles',
    keys: 'API keys',
    accounts: 'Accounts',
    brand: 'Brand',
    templates: 'Message texts',
    webhooks: 'Webhooks',
    'page-security': 'Pay page security',
    limits: 'Limits and approvals',
    retention: 'How long data is kept',
    journal: 'Journal',
  } satisfies Record<PartName, string>,
};

export const settingsTexts = spokenAs('settings', ENGLISH);
