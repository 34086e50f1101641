/** What an agent can say in each situation, word for word, until a supervisor writes something better. */
import { spokenAs } from '../lib/language';
import type { Situation } from '../api/guidance';

const ENGLISH = {
  titles: {
    declined_funds: 'Declined: not enough money',
    declined: 'Declined for another reason',
    bank_app: 'The bank asks, and nothing happens',
    wrong_code: 'Wrong security code',
    stuck_field: 'Stuck on a field',
    not_arrived: 'The message did not arrive',
    stalled: 'The customer has stopped',
    help: 'The customer asks for help',
    expired: 'The link has expired',
  } satisfies Record<Situation, string>,

  builtIn: {
    declined_funds:
      '“The bank says there is not enough on this card just now. Would you like to try another card, or shall I split the amount?”',
    declined:
      '“The bank did not let this card through. It happens often, and nothing was taken. Do you have another card at hand?”',
    bank_app:
      '“Your bank wants to be sure that it is you. Please open your bank’s app, or look for a text message with a code. I will wait.”',
    wrong_code:
      '“The security code did not match. It is the three digits on the back of the card, four on the front of an American Express. Please don’t read it to me.”',
    stuck_field:
      '“The page is unsure about one of the fields. Please compare it with your card once more, without reading it to me.”',
    not_arrived:
      '“The message has not reached you. Let us check the address together, or I send it another way.”',
    stalled: '“I see that the page is open. Take your time. Is there anything I can explain?”',
    help: '“I am here and can see which step you are at. What does the page show you?”',
    expired:
      '“The link has run out, and nothing was taken. I am sending you a fresh one right now.”',
  } satisfies Record<Situation, string>,

  form: {
    title: 'What agents say',
    intro:
      'When a customer is in one of these situations, agents see these words beside the link. Write your own, or leave ours.',
    own: 'Your own words',
    ours: 'Our words',
    label: (title: string) => `Words for: ${title}`,
    save: 'Save',
    reset: 'Use ours again',
    saved: 'Agents see it from now on.',
    removed: 'Our words hold again.',
    empty: 'Write what to say, or use ours again.',
    count: (count: number, most: number) => `${count} of ${most}`,
    whoMay: 'Supervisors and admins change these.',
  },
} as const;

export const scriptTexts = spokenAs('scripts', ENGLISH);
