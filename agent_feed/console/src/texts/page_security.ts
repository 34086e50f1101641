/** The words of the pay page's security. */

import { spokenAs } from '../lib/language';

const ENGLISH = {
  title: 'Pay page security',
  lead: 'What runs on the pay page and why (PCI DSS 6.4.3), and whether customers still get exactly what our own code sends (11.6.1).',
  look: 'Look again',
  none: 'No payment account is set up, so there is no page to watch.',
  states: {
    unchecked: 'Not looked at yet',
    as_expected: 'As our own code sends it',
    accepted: 'As an admin accepted it',
    changed: 'Changed, and nobody has said that it is meant',
  } as const,
  modes: { fields: 'card fields on our page', redirect: 'on the provider’s own page' } as Partial<
    Record<string, string>
  >,
  checked: (when: string) => `Looked at ${when}.`,
  notReached: (when: string) => `The last try, ${when}, did not get an answer.`,
  changes: 'What is different',
  what: { added: 'Added', removed: 'Removed', changed: 'Changed' } as const,
  ours: 'Ours',
  found: 'Found',
  nothing: 'nothing',
  advice:
    'If you did not change a proxy, a tag manager or a header in front of the page, somebody else did. Stop taking payments there and look.',
  accept: 'This change is ours',
  acceptTitle: 'Accept this change?',
  acceptText:
    'From now on the page counts as it should be with exactly these differences. It is written down that you said so.',
  acceptAction: 'Accept',
  keep: 'Not now',
  accepted: 'Accepted. Any other difference is told again.',
  otherwise: 'The page was seen otherwise meanwhile. Look at what is different now.',
  scripts: (count: number) => (count === 1 ? '1 script' : `${count} scripts`),
  columns: { script: 'Script', reason: 'What for', loaded: 'Loaded', guarded: 'Held by' } as const,
  kinds: { own: 'ours', psp: 'payment provider’s' } as const,
  policy: 'Content security policy',
  reports: 'Stopped in customers’ browsers',
  reportsLead:
    'Browsers tell what the page’s policy kept from running. Extensions on a customer’s own machine are among it; the same address from many customers is not.',
  noReports: 'Nothing was stopped.',
  count: (count: number) => (count === 1 ? 'once' : `${count} times`),
  last: (when: string) => `last ${when}`,
  reportOnly: 'told only, not stopped',
} as const;

export const pageSecurityTexts = spokenAs('page_security', ENGLISH);
