/** What the screen of approvals says. */
import { spokenAs } from '../lib/language';
import type { Case } from '../state/cases';
import { capital } from '../lib/words';

type Kind = Case['kind'];

const ENGLISH = {
  intro: 'Money and links that wait for a second person. What you decide is kept with your name.',
  sections: {
    payment: 'Payments held for review',
    refund: 'Refunds',
    link: 'Links above the limit',
  } satisfies Record<Kind, string>,
  emptyTitle: 'Nothing waits',
  emptyText:
    'Payments that the fraud check holds, and refunds and links above your limits, will appear here by themselves.',
  count: (count: number, hasMore: boolean) => (hasMore ? `${count}+` : String(count)),
  countLabel: (count: number) => (count === 1 ? '1 waits' : `${count} wait`),
  more: 'There is more. Older ones follow as these are decided.',
  noCustomer: 'No customer named',
  facts: {
    agent: 'Agent',
    asker: 'Asked by',
    reason: 'Reason',
    card: 'Card',
    score: 'Score',
    waits: 'Waits since',
    decideBy: 'Let go',
    reference: 'Reference',
  },
  software: 'your software',
  card: (brand: string, last4: string, country: string) =>
    `${capital(brand)} •••• ${last4}${country === '' ? '' : `, from ${country}`}`,
  score: (score: number) => `${score} of 100`,
  why: 'Why it is held',
  openLink: 'Open the link',
  approve: {
    payment: 'Take the money',
    refund: 'Approve refund',
    link: 'Approve link',
  } satisfies Record<Kind, string>,
  reject: { payment: 'Let it go', refund: 'Turn down', link: 'Reject link' } satisfies Record<
    Kind,
    string
  >,
  approveTitle: (kind: Kind, amount: string) =>
    ({
      payment: `Take ${amount}?`,
      refund: `Give ${amount} back?`,
      link: `Let this link over ${amount} go out?`,
    })[kind],
  approveText: {
    payment: 'The customer’s card is charged what is held.',
    refund: 'The money goes back to the card that paid. This cannot be undone.',
    link: 'Its messages are sent, and it can be paid.',
  } satisfies Record<Kind, string>,
  rejectTitle: (kind: Kind, amount: string) =>
    ({
      payment: `Let ${amount} go?`,
      refund: `Turn down the refund of ${amount}?`,
      link: `Reject this link over ${amount}?`,
    })[kind],
  rejectText: {
    payment: 'Nothing is charged. The customer was told that the payment is being checked.',
    refund: 'Nothing goes back. Whoever asked can ask again.',
    link: 'The link is cancelled. Nothing was sent.',
  } satisfies Record<Kind, string>,
  note: 'Reason',
  noteHint: 'kept in the history',
  noteMissing: 'Say why, for whoever asked.',
  approved: {
    payment: 'The money is taken.',
    refund: 'The refund is approved.',
    link: 'The link goes out.',
  } satisfies Record<Kind, string>,
  rejected: {
    payment: 'The money was let go.',
    refund: 'The refund was turned down.',
    link: 'The link is rejected.',
  } satisfies Record<Kind, string>,
  own: {
    payment: 'It is your own link, so somebody else has to approve. You may say no.',
    refund: 'You asked for this refund, so somebody else decides.',
    link: 'It is your own link, so somebody else decides.',
  } satisfies Record<Kind, string>,
} as const;

export const reviewTexts = spokenAs('reviews', ENGLISH);
