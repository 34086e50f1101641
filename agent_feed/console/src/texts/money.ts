/** What the console says about changing a link and about money that was paid. */
import { spokenAs } from '../lib/language';
import { capital } from '../lib/words';
import type { RefundReason, RefundStatus } from '../api/money';

const REASONS: Record<RefundReason, string> = {
  requested_by_customer: 'The customer asked for it',
  duplicate: 'Paid twice',
  fraudulent: 'Fraud',
  other: 'Another reason',
};

const FLAGS: Partial<Record<string, string>> = {
  amount_mismatch:
    'The payment provider took or holds another amount than was asked. Compare with its dashboard.',
  overpaid: 'More was taken than is due. The customer may be owed the difference.',
  psp_review: 'The payment provider wants a person to look, in its dashboard or here.',
  paid_late:
    'Money came after a decline, or after the link had ended. Check that it is still owed.',
  second_live: 'A second try came back to life beside another. The customer may pay twice.',
  second_reference: 'The payment provider knows two charges of one try. One may have to go back.',
};

const REFUND_STATES: Record<RefundStatus, string> = {
  awaiting_approval: 'waits for a second person',
  pending: 'on its way',
  succeeded: 'went through',
  failed: 'failed',
  rejected: 'turned down',
};

const DISPUTE_STATES: Partial<Record<string, string>> = {
  open: 'open',
  won: 'won: the money stays',
  lost: 'lost: the money is gone',
};

const ENGLISH = {
  title: 'Payment',
  choose: 'Which payment',
  loading: 'Loading the payment…',
  keep: 'Back',

  change: {
    open: 'Change',
    title: 'Change this link',
    text: 'The same link, for the customer too: an open page shows the change at once.',
    amount: 'Amount',
    description: 'Description',
    confirm: 'Save the change',
    done: 'The link is changed.',
    same: 'Nothing is different yet.',
  },
  extend: {
    open: 'Extend',
    title: 'How long should the link be good?',
    now: (when: string) => `It now ends ${when}.`,
    options: { 3600: '1 hour from now', 86400: '24 hours from now', 604800: '7 days from now' },
    until: (when: string) => `until ${when}`,
    confirm: 'Extend it',
    done: (when: string) => `The link is good until ${when}.`,
  },
  paying: 'The customer is paying just now. This can be done once their try has ended.',

  refund: {
    open: 'Refund',
    title: 'Refund this payment',
    left: (amount: string) => `${amount} can go back.`,
    amount: 'Amount to refund',
    reason: 'Reason',
    chooseReason: 'Choose a reason',
    reasons: REASONS,
    noReason: 'Say why the money goes back.',
    tooMuch: (amount: string) => `At most ${amount} can go back.`,
    whole: 'All of it',
    confirm: (amount: string) => `Refund ${amount}`,
    confirmNone: 'Refund',
    text: 'The money goes back to the card that paid. This cannot be undone.',
    done: {
      awaiting_approval: 'Asked for. A second person has to agree before the money goes back.',
      pending: 'The refund is on its way.',
      succeeded: 'The refund went through.',
      failed: 'The payment provider did not refund it. Nothing moved.',
      rejected: 'The refund was turned down.',
    } satisfies Record<RefundStatus, string>,
    whoMay: 'A supervisor or an admin can give money back.',
    states: REFUND_STATES,
  },

  held: {
    text: (amount: string) => `${amount} is held on the card and not taken yet.`,
    review: 'A supervisor looks at it first, under Approvals.',
    reviewLink: 'Open Approvals',
    capture: 'Take the money',
    captureTitle: 'Take what is held?',
    captureText: 'What is not taken is let go. This cannot be undone.',
    amount: 'Amount to take',
    tooMuch: (amount: string) => `At most ${amount} is held.`,
    confirm: (amount: string) => `Take ${amount}`,
    confirmNone: 'Take it',
    captured: 'The money is taken.',
    release: 'Let it go',
    releaseTitle: 'Let the money go?',
    releaseText:
      'The hold on the card ends and nothing is charged. The link takes no payment any more.',
    confirmRelease: 'Yes, let it go',
    released: 'The money was let go.',
  },

  ledger: {
    label: 'Movements of money',
    when: 'When',
    what: 'What',
    amount: 'Amount',
    captured: 'Paid',
    held: 'Held',
    refund: 'Refund',
    dispute: 'Dispute',
    card: (brand: string, last4: string) => `${capital(brand)} •••• ${last4}`,
    by: (who: string) => `by ${who}`,
    software: 'your software',
    disputes: DISPUTE_STATES,
    kept: 'Kept',
    none: 'No money has moved yet.',
    ownRequest: 'You asked for it, so somebody else decides.',
    waits: 'A supervisor or an admin who did not ask for it decides.',
  },

  flags: {
    title: 'Please look',
    meaning: (code: string) => FLAGS[code] ?? `Flagged: ${code.replaceAll('_', ' ')}.`,
    open: 'Looked at it',
    dialogTitle: 'Clear this flag?',
    note: 'What you found',
    noteHint: 'optional; kept with the payment',
    confirm: 'Clear it',
    done: 'The flag is cleared.',
    whoMay: 'A supervisor or an admin clears it.',
  },
} as const;

export const moneyTexts = spokenAs('money', ENGLISH);
