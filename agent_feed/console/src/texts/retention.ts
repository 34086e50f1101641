/** The words of the screen on how long data is kept. */
import { spokenAs } from '../lib/language';

const ENGLISH = {
  title: 'How long data is kept',
  lead: 'What is past its day goes by itself. Money and the journal stay.',
  report: 'What is there to delete',
  kinds: {
    sessions: 'Sign-ins of people, once they have ended',
    visitors: 'Browsers that wrote in the web chat, and their keyed secrets',
    page_reports: 'What browsers stopped on the pay page',
    message_words:
      'Days of messages’ words and addresses in the journal; that they were sent is kept',
    message_bodies: 'Words and addresses of messages; that they were sent is kept',
    contact_words: 'Days of notes, survey comments and contacts; that they happened is kept',
    customers: 'Customers without contact, erased with their key; amounts are kept',
  } as Partial<Record<string, string>>,
  columns: { kind: 'Data', days: 'Kept for', past: 'Past its day', deleted: 'Deleted last time' },
  days: (count: number) => (count === 1 ? '1 day' : `${count} days`),
  forever: 'until erased',
  oldest: (when: string) => `oldest ${when}`,
  none: 'nothing',
  lastRun: (when: string) => `Last run ${when}.`,
  never: 'There has been no run yet: the first is within a day.',
};

export const retentionTexts = spokenAs('retention', ENGLISH);
