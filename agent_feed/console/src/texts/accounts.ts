/** The words of the accounts at providers. */

import { spokenAs } from '../lib/language';

const ENGLISH = {
  title: 'Accounts',
  lead: 'Where payments and messages go out. A test asks the provider with your own credentials: nothing is sent, and no money moves.',
  kinds: { psp: 'Payments', channel: 'Messages' } as const,
  none: {
    psp: 'No payment provider is set up. The guide to going live says which settings the service needs.',
    channel: 'No channel is set up. Links can still be shown as a QR code or copied.',
  } as const,
  providers: {
    stripe: 'Stripe',
    adyen: 'Adyen',
    mollie: 'Mollie',
    twilio: 'Twilio',
    vonage: 'Vonage',
    smtp: 'Mail server (SMTP)',
    webchat: 'Web chat',
    whatsapp: 'Meta',
    messenger: 'Meta',
    instagram: 'Meta',
    telegram: 'Telegram',
  } as Partial<Record<string, string>>,
  from: (sender: string) => `from ${sender}`,
  off: 'switched off',
  reports: 'Reports arrive at',
  test: 'Test',
  testing: 'Testing …',
  testName: (what: string) => `Test ${what}`,
  well: (when: string) => `It answers as it should (${when}).`,
  ill: 'Something is to be mended:',
} as const;

export const accountTexts = spokenAs('accounts', ENGLISH);
